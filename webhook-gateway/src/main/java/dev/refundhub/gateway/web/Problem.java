package dev.refundhub.gateway.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import jakarta.ws.rs.core.Response;
import java.util.List;

/**
 * An error as RFC 9457 says it.
 *
 * @param detail what the caller can do about it; may be null
 * @param violations what is wrong with the request; null for other errors
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record Problem(String type, String title, int status, String detail, List<String> violations) {

    static Response of(int status, String detail, List<String> violations) {
        Response.Status known = Response.Status.fromStatusCode(status);
        String title = known == null ? "Error" : known.getReasonPhrase();
        return Response.status(status)
                .type("application/problem+json")
                .entity(new Problem("about:blank", title, status, detail, violations))
                .build();
    }

    static Response of(int status, String detail) {
        return of(status, detail, null);
    }
}
