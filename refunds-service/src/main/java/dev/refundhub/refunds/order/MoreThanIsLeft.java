package dev.refundhub.refunds.order;

import dev.refundhub.refunds.Refused;

/** A wish that what is left does not cover. Amounts are minor units or units. */
public class MoreThanIsLeft extends Refused {

    private final long wanted;
    private final long left;

    MoreThanIsLeft(long wanted, long left) {
        super("wanted " + wanted + ", left " + left);
        this.wanted = wanted;
        this.left = left;
    }

    public long wanted() {
        return wanted;
    }

    public long left() {
        return left;
    }
}
