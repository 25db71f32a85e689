package dev.refundhub.connectors.exchange;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RetryAfterTest {

    private static final Instant NOW = Instant.parse("2026-03-31T23:00:00Z");

    @ParameterizedTest
    @CsvSource({
        "0,                               1",
        "1,                               1",
        "120,                             120",
        "3600,                            3600",
        "3601,                            3600",
        "999999999,                       3600",
        "'Tue, 31 Mar 2026 23:02:00 GMT', 120",
        "'Tue, 31 Mar 2026 22:00:00 GMT', 1",
        "'Tue, 31 Mar 2026 23:00:00 GMT', 1",
        "'Wed, 1 Apr 2026 23:00:00 GMT',  3600"
    })
    void secondsAndDatesCountBetweenASecondAndAnHour(String header, long seconds) {
        assertEquals(Duration.ofSeconds(seconds), RetryAfter.of(header, NOW));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "-1", "1.5", "soon", "9999999999", "2026-03-31T23:02:00Z", "Tue, 99 Mar 2026 23:02:00 GMT"})
    void whatIsNeitherSaysNothing(String header) {
        assertNull(RetryAfter.of(header, NOW));
        assertNull(RetryAfter.of(null, NOW));
    }
}
