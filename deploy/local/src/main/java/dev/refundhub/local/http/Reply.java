package dev.refundhub.local.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpHeaders;
import java.util.Optional;

/** What was answered. */
public record Reply(int status, HttpHeaders headers, String body) {
    public Optional<String> header(String name) {
        return headers.firstValue(name);
    }

    /** The body; a {@link IllegalStateException} where it is no JSON. */
    public JsonNode json() {
        try {
            return Json.MAPPER.readTree(body);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("Not JSON, with status " + status + ": " + body, e);
        }
    }
}
