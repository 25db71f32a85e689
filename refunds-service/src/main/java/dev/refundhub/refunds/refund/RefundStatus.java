package dev.refundhub.refunds.refund;

import java.util.EnumSet;
import java.util.Set;

/** The life of a refund. {@link #next()} is all of it: what is not listed cannot happen. */
public enum RefundStatus {
    REQUESTED,
    WAITING,
    PROCESSING,
    ISSUED,
    DENIED,
    CANCELLED;

    Set<RefundStatus> next() {
        return switch (this) {
            case REQUESTED -> EnumSet.of(WAITING, PROCESSING, ISSUED, DENIED, CANCELLED);
            case WAITING -> EnumSet.of(PROCESSING, ISSUED, DENIED, CANCELLED);
            case PROCESSING -> EnumSet.of(ISSUED, DENIED);
            case ISSUED, DENIED, CANCELLED -> EnumSet.noneOf(RefundStatus.class);
        };
    }

    /** What is final stays final. */
    boolean isFinal() {
        return next().isEmpty();
    }
}
