package dev.refundhub.refunds.refund;

import java.util.Arrays;

/** What became of a payment at a partner. When in doubt, it is unclear. */
public enum Outcome {
    ACCEPTED,
    COMPLETED,
    PARTLY,
    DECLINED,
    NOT_SENT,
    UNCLEAR;

    /** A word that nobody here knows is unclear, never a success. */
    static Outcome of(String word) {
        return Arrays.stream(values())
                .filter(o -> o.name().equals(word))
                .findFirst()
                .orElse(UNCLEAR);
    }
}
