package dev.refundhub.local.simulator.violet;

import dev.refundhub.local.simulator.Knob;
import java.time.Duration;
import java.time.Instant;

/**
 * What an undecided refund becomes, and when; with neither reads nor a time, never by itself.
 *
 * @param reads how many more reads find it undecided; null: reading changes nothing
 * @param millis how long it stays undecided; null: time changes nothing
 */
record Settling(Integer reads, Long millis, VioletRefund.Status then) {

    /** What a knob says of it; null where the knob leaves nothing undecided. */
    static Settling of(Knob knob) {
        return switch (knob.behaviour()) {
            case PROCESSING, PARTIALLY_COMPLETED ->
                new Settling(
                        knob.reads(),
                        knob.millis(),
                        knob.then() == null ? VioletRefund.Status.COMPLETED : VioletRefund.Status.valueOf(knob.then()));
            default -> null;
        };
    }

    boolean isDue(Instant since, Instant now) {
        return (reads != null && reads <= 0)
                || (millis != null && Duration.between(since, now).toMillis() >= millis);
    }

    Settling read() {
        return reads == null ? this : new Settling(reads - 1, millis, then);
    }
}
