package dev.refundhub.connectors.exchange;

import java.time.Duration;
import java.util.OptionalLong;

/** So many calls per second: each takes the next free moment, unless that is too late for it. */
final class Pace {

    private static final long SECOND = Duration.ofSeconds(1).toNanos();
    /** Who was silent for a while may catch up this much. */
    private static final long SLACK = SECOND / 4;

    private final long apart;
    private long next;

    Pace(int perSecond) {
        this.apart = SECOND / perSecond;
        this.next = System.nanoTime();
    }

    /** How long to wait, in milliseconds; empty where that is longer than given, and then no moment is taken. */
    synchronized OptionalLong moment(long now, Duration longest) {
        long moment = next - now < -SLACK ? now - SLACK : next;
        long wait = Math.max(0, moment - now);
        if (wait >= longest.toNanos()) {
            return OptionalLong.empty();
        }
        next = moment + apart;
        return OptionalLong.of((wait + 999_999) / 1_000_000);
    }
}
