package dev.refundhub.connectors.exchange;

import java.time.Duration;

/** Until when a request may be sent, by a clock that nobody can set. */
public record SendBy(long startedNanos, Duration within) {

    public static SendBy within(Duration within) {
        return new SendBy(System.nanoTime(), within);
    }

    boolean isOver() {
        return System.nanoTime() - startedNanos >= within.toNanos();
    }
}
