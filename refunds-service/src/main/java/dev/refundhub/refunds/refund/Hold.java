package dev.refundhub.refunds.refund;

/** Why a person must look at a refund. Several may stand at once; a hold is not a status. */
public enum Hold {
    /** What is left is less than what the units are worth; nothing is reserved. */
    OVER_ENTITLEMENT,
    /** The units were taken by another refund; nothing is reserved. */
    CLAIMED_TWICE,
    /** The order has no such line; nothing is reserved and the amount is 0. */
    UNKNOWN_LINE,
    /** Above what the policy approves by itself. */
    LIMIT,
    /** Only the partner told of the order: nothing is paid until the merchant's feed confirms it. */
    ORDER_UNCONFIRMED,
    /** The partner refused to pay; nothing moved. */
    DECLINED,
    /** The partner was certainly never asked to pay, and we have stopped trying. */
    NOT_SENT,
    /** Some of the money moved. */
    PARTLY,
    /** More than was paid is gone: a fact that nobody asked us about. */
    EXCESS,
    /** Nobody knows what became of a payment, and looking it up has ended. */
    REVIEW;

    /** Whether the wish was not covered, so that nothing is reserved while it stands. */
    boolean reservesNothing() {
        return switch (this) {
            case OVER_ENTITLEMENT, CLAIMED_TWICE, UNKNOWN_LINE -> true;
            case ORDER_UNCONFIRMED, LIMIT, DECLINED, NOT_SENT, PARTLY, EXCESS, REVIEW -> false;
        };
    }

    /** Whether it says what became of a payout, and falls when that changes. */
    boolean isAboutPayouts() {
        return switch (this) {
            case DECLINED, NOT_SENT, PARTLY, REVIEW -> true;
            case OVER_ENTITLEMENT, CLAIMED_TWICE, UNKNOWN_LINE, ORDER_UNCONFIRMED, LIMIT, EXCESS -> false;
        };
    }
}
