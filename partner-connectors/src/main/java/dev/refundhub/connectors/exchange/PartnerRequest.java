package dev.refundhub.connectors.exchange;

import io.vertx.core.http.HttpMethod;
import java.util.Map;

/**
 * What to ask a partner. It prints as its first line: what else it holds may be secret.
 *
 * @param path below the account's address
 * @param body null where there is none
 */
public record PartnerRequest(HttpMethod method, String path, Map<String, String> headers, String body) {

    @Override
    public String toString() {
        return method + " " + path;
    }
}
