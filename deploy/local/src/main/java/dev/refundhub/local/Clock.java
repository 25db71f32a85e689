package dev.refundhub.local;

import java.time.Duration;
import java.util.Locale;

/** How long something has taken so far. */
final class Clock {
    private final long start = System.nanoTime();

    @Override
    public String toString() {
        long tenths = Duration.ofNanos(System.nanoTime() - start).toMillis() / 100;
        return String.format(Locale.ROOT, "%d.%d s", tenths / 10, tenths % 10);
    }
}
