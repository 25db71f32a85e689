package dev.refundhub.gateway.delivery;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/** When to try something again that failed, or to say again that it does: each time later, up to a limit, with jitter. */
final class BackOff {

    private final long shortest;
    private final long longest;
    private long pause;
    private long over;

    BackOff(Duration shortest, Duration longest) {
        this.shortest = shortest.toMillis();
        this.longest = longest.toMillis();
    }

    synchronized void worked() {
        pause = 0;
    }

    /** False if that is no news: what fails while it is waited anyway was begun before. */
    synchronized boolean failed() {
        if (!mayTry()) {
            return false;
        }
        pause = Math.max(shortest, Math.min(longest, pause * 2));
        long jittered = ThreadLocalRandom.current().nextLong(pause / 2, pause + 1);
        over = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(jittered);
        return true;
    }

    /** Whether the last time failed. */
    synchronized boolean inTrouble() {
        return pause > 0;
    }

    synchronized boolean mayTry() {
        return pause == 0 || System.nanoTime() - over >= 0;
    }
}
