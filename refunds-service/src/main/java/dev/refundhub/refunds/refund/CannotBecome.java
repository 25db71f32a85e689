package dev.refundhub.refunds.refund;

import dev.refundhub.refunds.Refused;

/** A transition that the life of a refund does not have. */
class CannotBecome extends Refused {

    CannotBecome(RefundStatus from, RefundStatus to) {
        super(from + " cannot become " + to);
    }
}
