package dev.refundhub.local.simulator;

import java.util.Map;

/** What goes back to the caller: a status, headers of its own, a body of JSON or nothing. */
public record Answer(int status, Map<String, String> headers, String body) {

    /** 200 with this value as JSON. */
    public static Answer ok(Object value) {
        return of(200, value);
    }

    /** This status with this value as JSON. */
    public static Answer of(int status, Object value) {
        return new Answer(status, Map.of("Content-Type", "application/json"), Json.text(value));
    }

    static Answer tooMany(int seconds) {
        return new Answer(429, Map.of("Retry-After", Integer.toString(seconds)), "");
    }

    static Answer garbage() {
        return new Answer(200, Map.of("Content-Type", "application/json"), "<html><body>Bad Gateway</body></html>");
    }
}
