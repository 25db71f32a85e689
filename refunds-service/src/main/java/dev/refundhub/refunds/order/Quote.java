package dev.refundhub.refunds.order;

import java.util.List;

/**
 * What units of an order are worth, and whether what is left covers them.
 *
 * @param portions empty where a line is unknown
 * @param detail the figures behind a verdict other than {@link Verdict#COVERED}; null for that
 */
public record Quote(Verdict verdict, List<Portion> portions, String detail) {

    /** Whether a wish can be granted. */
    public enum Verdict {
        COVERED,
        /** The order has no such line: nothing can be said about its worth. */
        UNKNOWN_LINE,
        /** The units were taken by another refund. */
        UNITS_TAKEN,
        /** More was told than the units are worth. */
        OTHER_AMOUNT,
        /** The units are free, but there is not as much money left as they are worth, or they were never bought or paid. */
        TOO_LITTLE_LEFT
    }
}
