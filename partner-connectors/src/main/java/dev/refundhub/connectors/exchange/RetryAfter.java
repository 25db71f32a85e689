package dev.refundhub.connectors.exchange;

import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;

/** When a partner wants to be asked again: seconds or a date, never sooner than a second nor later than an hour. */
final class RetryAfter {

    private static final Duration SOONEST = Duration.ofSeconds(1);
    private static final Duration LATEST = Duration.ofHours(1);

    private RetryAfter() {}

    /** Null where nothing was told, or nothing that can be understood. */
    static Duration of(String header) {
        return of(header, Instant.now());
    }

    static Duration of(String header, Instant now) {
        if (header == null) {
            return null;
        }
        if (header.matches("\\d{1,9}")) {
            return within(Duration.ofSeconds(Integer.parseInt(header)));
        }
        try {
            ZonedDateTime at = ZonedDateTime.parse(header, DateTimeFormatter.RFC_1123_DATE_TIME);
            return within(Duration.between(now, at));
        } catch (DateTimeParseException neither) {
            return null;
        }
    }

    private static Duration within(Duration told) {
        return told.compareTo(SOONEST) < 0 ? SOONEST : told.compareTo(LATEST) > 0 ? LATEST : told;
    }
}
