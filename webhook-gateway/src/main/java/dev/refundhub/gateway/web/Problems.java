package dev.refundhub.gateway.web;

import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.ForbiddenException;
import io.quarkus.security.UnauthorizedException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** The one place where what went wrong with an operator's request becomes an answer. */
class Problems {

    private static final Logger LOG = Logger.getLogger(Problems.class);

    @ServerExceptionMapper
    Response of(Violations e) {
        return Problem.of(400, "The request does not hold together.", e.violations());
    }

    @ServerExceptionMapper({UnauthorizedException.class, AuthenticationFailedException.class})
    Response unauthorized() {
        return Response.fromResponse(Problem.of(401, "A valid bearer token is needed."))
                .header(HttpHeaders.WWW_AUTHENTICATE, "Bearer")
                .build();
    }

    @ServerExceptionMapper
    Response of(ForbiddenException e) {
        return Problem.of(403, "This token may not do that.");
    }

    @ServerExceptionMapper
    Response of(WebApplicationException e) {
        return Problem.of(e.getResponse().getStatus(), null);
    }

    /** What is left can only be what this needs: PostgreSQL, or the issuer of tokens. */
    @ServerExceptionMapper
    Response of(RuntimeException e) {
        LOG.error("an operator's request failed", e);
        return Response.fromResponse(
                        Problem.of(503, "Something this needs is away or too slow; try again, or ask for less."))
                .header(HttpHeaders.RETRY_AFTER, 5)
                .build();
    }
}
