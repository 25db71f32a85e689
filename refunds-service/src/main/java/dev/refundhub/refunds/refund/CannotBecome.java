package dev.refundhub.refunds.refund;

import dev.refundhub.refunds.Refused;

/** What the life of a refund does not have, or not now. */
public class CannotBecome extends Refused {

    CannotBecome(String detail) {
        super(detail);
    }

    CannotBecome(RefundStatus from, RefundStatus to) {
        this(from + " cannot become " + to);
    }
}
