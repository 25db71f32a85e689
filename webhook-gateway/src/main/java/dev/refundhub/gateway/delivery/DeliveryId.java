package dev.refundhub.gateway.delivery;

import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;

/** UUIDv7: 48 bits of time, then chance; in PostgreSQL's order the ids of a day lie together. */
final class DeliveryId {

    private DeliveryId() {}

    static UUID at(Instant moment) {
        ThreadLocalRandom chance = ThreadLocalRandom.current();
        return new UUID(
                moment.toEpochMilli() << 16 | 0x7000 | chance.nextInt(0x1000),
                chance.nextLong() >>> 2 | 0x8000_0000_0000_0000L);
    }

    /** Not above any id of this moment or later, above any earlier one. */
    static UUID lowestAt(Instant moment) {
        return new UUID(moment.toEpochMilli() << 16, 0);
    }

    /** The next one in PostgreSQL's order. */
    static UUID after(UUID id) {
        long low = id.getLeastSignificantBits() + 1;
        return new UUID(id.getMostSignificantBits() + (low == 0 ? 1 : 0), low);
    }
}
