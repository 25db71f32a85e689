package dev.refundhub.refunds.order;

import dev.refundhub.refunds.Refused;

/** A wish that what is left does not cover. */
public class MoreThanIsLeft extends Refused {

    private final Long left;

    /** Says what was wanted and what is left, for a person. */
    public MoreThanIsLeft(String detail, Long left) {
        super(detail);
        this.left = left;
    }

    MoreThanIsLeft(long wanted, long left) {
        this("wanted " + wanted + ", left " + left, left);
    }

    /** In minor units of the order's currency; null where units are what is missing. */
    public Long left() {
        return left;
    }
}
