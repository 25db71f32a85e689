package dev.refundhub.refunds.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import jakarta.ws.rs.core.Response;
import java.math.BigDecimal;
import java.util.List;

/**
 * An error as RFC 9457 says it.
 *
 * @param detail what the caller can do about it; may be null
 * @param violations what is wrong with the request; null for other errors
 * @param left how much can still be refunded, in major units where the currency is known; null for other errors
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record Problem(String type, String title, int status, String detail, List<String> violations, BigDecimal left) {

    private static final String MEDIA_TYPE = "application/problem+json";

    static Response of(int status, String detail, List<String> violations) {
        return of(status, detail, violations, null);
    }

    static Response of(int status, String detail, List<String> violations, BigDecimal left) {
        Response.Status known = Response.Status.fromStatusCode(status);
        String title = known == null ? "Error" : known.getReasonPhrase();
        return Response.status(status)
                .type(MEDIA_TYPE)
                .entity(new Problem("about:blank", title, status, detail, violations, left))
                .build();
    }

    static Response of(int status, String detail) {
        return of(status, detail, null);
    }
}
