package dev.refundhub.gateway.delivery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class DeliveryIdTest {

    private static final Instant MOMENT = Instant.parse("2026-11-21T22:30:00.123Z");

    @Test
    void anIdIsAVersion7UuidOfItsMoment() {
        UUID id = DeliveryId.at(MOMENT);

        assertEquals(7, id.version());
        assertEquals(2, id.variant());
        assertEquals(MOMENT.toEpochMilli(), id.getMostSignificantBits() >>> 16);
        assertNotEquals(id, DeliveryId.at(MOMENT));
    }

    @Test
    void theIdsOfADayLieBetweenItsBounds() {
        String id = DeliveryId.at(MOMENT).toString();

        assertTrue(DeliveryId.lowestAt(MOMENT).toString().compareTo(id) <= 0);
        assertTrue(DeliveryId.lowestAt(MOMENT.plusMillis(1)).toString().compareTo(id) > 0);
    }
}
