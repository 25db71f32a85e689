package dev.refundhub.refunds.refund;

import java.time.Duration;
import java.util.List;

/** When what is unfinished is looked at again. */
final class Reminder {

    private static final List<Duration> PAYOUT =
            List.of(Duration.ofMinutes(10), Duration.ofHours(1), Duration.ofDays(1));
    static final Duration CONFIRMATION = Duration.ofDays(1);

    private Reminder() {}

    /** After 10 minutes, an hour, then daily. */
    static Duration payout(int told) {
        return PAYOUT.get(Math.min(told, PAYOUT.size() - 1));
    }
}
