package dev.refundhub.connectors.exchange;

import java.time.Duration;

/**
 * How hard one account may be leaned upon.
 *
 * @param deadline for a whole exchange, connecting included
 * @param breakAfter so many calls in a row that got no answer, or one that says that the partner is broken, are enough
 * @param breakFor then nobody calls for so long; after it one call finds out
 */
public record Limits(Duration deadline, int callsAtOnce, int callsPerSecond, int breakAfter, Duration breakFor) {

    /** More at once than in a second would only stand and wait. */
    public Limits {
        callsAtOnce = Math.min(callsAtOnce, callsPerSecond);
    }
}
