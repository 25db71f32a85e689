package dev.refundhub.gateway.delivery;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class BackOffTest {

    private final BackOff backOff = new BackOff(Duration.ofMillis(400), Duration.ofMinutes(5));

    @Test
    void whatFailedIsTriedAgainLater() {
        assertTrue(backOff.mayTry());

        assertTrue(backOff.failed());

        assertFalse(backOff.mayTry());
        assertTrue(backOff.inTrouble());
        await().atMost(Duration.ofSeconds(5)).until(backOff::mayTry);
        assertTrue(backOff.inTrouble());
    }

    @Test
    void whatWorkedIsTriedAtOnce() {
        assertTrue(backOff.failed());

        backOff.worked();

        assertTrue(backOff.mayTry());
        assertFalse(backOff.inTrouble());
    }

    @Test
    void manyFailuresOfOneMomentCountOnce() {
        assertTrue(backOff.failed());

        for (int failure = 0; failure < 1_000; failure++) {
            assertFalse(backOff.failed());
        }

        await().atMost(Duration.ofSeconds(5)).until(backOff::mayTry);
    }
}
