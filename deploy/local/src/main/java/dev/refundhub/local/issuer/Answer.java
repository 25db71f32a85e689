package dev.refundhub.local.issuer;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** JSON made from the form that was sent; 400 where the form makes no sense, 401 where the client is not who it says. */
record Answer(Function<Map<String, String>, String> content) implements HttpHandler {
    /** Under these names a client that shows itself by HTTP Basic stands in the form, as if it had written them there. */
    static final String CLIENT = "client_id";

    static final String CLIENT_SECRET = "client_secret";

    /** A client that is not known, or whose secret is wrong. */
    static final class InvalidClient extends RuntimeException {}

    @Override
    public void handle(HttpExchange exchange) throws IOException {
        String form = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        try {
            Map<String, String> parsed = new HashMap<>(parse(form));
            parsed.putAll(client(exchange.getRequestHeaders().getFirst("Authorization")));
            send(exchange, 200, content.apply(parsed));
        } catch (InvalidClient e) {
            send(exchange, 401, "{\"error\":\"invalid_client\"}");
        } catch (IllegalArgumentException e) {
            send(exchange, 400, "{\"error\":\"invalid_request\"}");
        }
    }

    /** As RFC 6749 has it: both parts are encoded like parts of a form. */
    private static Map<String, String> client(String authorization) {
        if (authorization == null || !authorization.startsWith("Basic ")) {
            return Map.of();
        }
        byte[] decoded = Base64.getDecoder().decode(authorization.substring("Basic ".length()));
        String[] parts = new String(decoded, StandardCharsets.UTF_8).split(":", 2);
        return Map.of(CLIENT, decode(parts[0]), CLIENT_SECRET, parts.length == 1 ? "" : decode(parts[1]));
    }

    private static void send(HttpExchange exchange, int status, String json) throws IOException {
        byte[] body = json.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    private static Map<String, String> parse(String form) {
        return Stream.of(form.split("&"))
                .filter(pair -> pair.contains("="))
                .map(pair -> pair.split("=", 2))
                .collect(Collectors.toMap(pair -> decode(pair[0]), pair -> decode(pair[1]), (first, second) -> second));
    }

    private static String decode(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }
}
