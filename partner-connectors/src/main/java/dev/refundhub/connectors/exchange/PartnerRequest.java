package dev.refundhub.connectors.exchange;

import io.vertx.core.http.HttpMethod;
import java.util.Map;

/**
 * What to ask a partner.
 *
 * @param path below the account's address
 * @param body null where there is none
 */
public record PartnerRequest(HttpMethod method, String path, Map<String, String> headers, String body) {}
