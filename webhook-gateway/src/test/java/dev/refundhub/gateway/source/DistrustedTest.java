package dev.refundhub.gateway.source;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.refundhub.gateway.source.Distrusted.Refused;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DistrustedTest {

    private static final Judgement WRONG = new Judgement(Map.of("hmac", Finding.WRONG));
    private static final Judgement MISSING = new Judgement(Map.of("hmac", Finding.MISSING));
    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

    private final Distrusted distrusted = new Distrusted();

    @Test
    void requestsOfAMinuteThatFailAlikeAreCountedTogether() {
        distrusted.add("shop", WRONG, NOON);
        distrusted.add("shop", WRONG, NOON.plusSeconds(59));
        distrusted.add("shop", MISSING, NOON.plusSeconds(60));
        distrusted.add("other", WRONG, NOON);

        assertEquals(
                List.of(new Refused(NOON.plusSeconds(60), 1, MISSING.failed()), new Refused(NOON, 2, WRONG.failed())),
                distrusted.of("shop", NOON.plusSeconds(61)));
    }

    @Test
    void afterAnHourTheyAreForgotten() {
        distrusted.add("shop", WRONG, NOON);

        assertEquals(1, distrusted.of("shop", NOON.plusSeconds(3600)).size());
        assertEquals(0, distrusted.of("shop", NOON.plusSeconds(3660)).size());
    }
}
