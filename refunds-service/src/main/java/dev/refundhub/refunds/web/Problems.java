package dev.refundhub.refunds.web;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import dev.refundhub.refunds.Trouble;
import dev.refundhub.refunds.order.BadOrder;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.ForbiddenException;
import io.quarkus.security.UnauthorizedException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.util.List;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** The one place where what went wrong becomes an answer. */
class Problems {

    private static final Logger LOG = Logger.getLogger(Problems.class);

    @ServerExceptionMapper
    Response of(Violations e) {
        return Problem.of(400, "The request does not hold together.", e.violations());
    }

    @ServerExceptionMapper
    Response of(BadOrder e) {
        return Problem.of(400, "The order does not hold together.", e.violations());
    }

    @ServerExceptionMapper
    Response of(Conflict e) {
        return Problem.of(409, e.getMessage());
    }

    @ServerExceptionMapper
    Response of(TooMuch e) {
        return Problem.of(422, e.getMessage(), null, e.left());
    }

    @ServerExceptionMapper
    Response of(Unprocessable e) {
        return Problem.of(422, e.getMessage());
    }

    @ServerExceptionMapper
    Response of(IfMatch.Outdated e) {
        return Problem.of(412, e.getMessage());
    }

    @ServerExceptionMapper
    Response of(InFlight e) {
        return Response.fromResponse(Problem.of(409, e.getMessage()))
                .header(HttpHeaders.RETRY_AFTER, 1)
                .build();
    }

    @ServerExceptionMapper({UnauthorizedException.class, AuthenticationFailedException.class})
    Response unauthorized() {
        Response problem = Problem.of(401, "A valid bearer token is needed.");
        return Response.fromResponse(problem)
                .header(HttpHeaders.WWW_AUTHENTICATE, "Bearer")
                .build();
    }

    @ServerExceptionMapper
    Response of(ForbiddenException e) {
        return Problem.of(403, "This token may not do that.");
    }

    /** Says where the body is wrong, never what it holds. (The second is named because Quarkus has a mapper for it.) */
    @ServerExceptionMapper({JsonProcessingException.class, MismatchedInputException.class})
    Response of(JsonProcessingException e) {
        String place = e instanceof JsonMappingException mapping ? path(mapping) : "";
        String why = e instanceof Json.BadValue ? ": " + e.getOriginalMessage() : "";
        return Problem.of(400, "The body is not the JSON that is expected here.", List.of("body" + place + why));
    }

    private static String path(JsonMappingException e) {
        StringBuilder path = new StringBuilder();
        for (JsonMappingException.Reference step : e.getPath()) {
            path.append(step.getFieldName() == null ? "[" + step.getIndex() + "]" : "." + step.getFieldName());
        }
        return path.toString();
    }

    @ServerExceptionMapper
    Response of(WebApplicationException e) {
        int status = e.getResponse().getStatus();
        return e.getCause() instanceof JsonProcessingException json ? of(json) : Problem.of(status, null);
    }

    @ServerExceptionMapper
    Response of(RuntimeException e) {
        if (Trouble.lasts(e)) {
            LOG.error("unexpected", e);
            return Problem.of(500, "Not your fault; it was logged.");
        }
        LOG.warnf("answered 503: %s", e);
        return Response.fromResponse(Problem.of(503, "Something this needs is away; try again."))
                .header(HttpHeaders.RETRY_AFTER, 1)
                .build();
    }
}
