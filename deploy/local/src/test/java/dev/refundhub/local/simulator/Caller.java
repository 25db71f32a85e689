package dev.refundhub.local.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** Somebody who calls a simulator over HTTP, with the same headers every time. */
public record Caller(int port, Map<String, String> headers) {

    private static final HttpClient HTTP = HttpClient.newHttpClient();

    /** What came back. */
    public record Reply(int status, String body, Optional<String> retryAfter) {

        /** The body as JSON. */
        public JsonNode json() {
            return Json.parse(body);
        }
    }

    /** Sends a request and waits for the whole answer, at most ten seconds. */
    public Reply send(String method, String path, String body) throws IOException, InterruptedException {
        return send(method, path, body, Duration.ofSeconds(10));
    }

    /** Sends a request and waits so long. */
    public Reply send(String method, String path, String body, Duration patience)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .timeout(patience)
                .method(method, HttpRequest.BodyPublishers.ofString(body));
        headers.forEach(request::header);
        HttpResponse<String> response = HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
        return new Reply(
                response.statusCode(), response.body(), response.headers().firstValue("Retry-After"));
    }

    /** Reads. */
    public JsonNode get(String path) throws IOException, InterruptedException {
        return send("GET", path, "").json();
    }

    /** Sets knobs for the next calls. */
    public void turn(String knobs) throws IOException, InterruptedException {
        Reply reply = send("POST", "/_simulator/knobs", knobs);
        if (reply.status() != 200) {
            throw new IllegalArgumentException(reply.body());
        }
    }
}
