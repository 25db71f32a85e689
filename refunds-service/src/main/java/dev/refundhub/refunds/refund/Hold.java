package dev.refundhub.refunds.refund;

/** Why a person must look at a refund. Several may stand at once; a hold is not a status. */
public enum Hold {
    /** What is left is less than what the units are worth; nothing is reserved. */
    OVER_ENTITLEMENT,
    /** The units were taken by another refund; nothing is reserved. */
    CLAIMED_TWICE,
    /** The order has no such line; nothing is reserved and the amount is 0. */
    UNKNOWN_LINE,
    /** Told in another currency than the order's; nothing is reserved and the amount is 0. */
    UNKNOWN_CURRENCY,
    /** The partner tells another amount than the units are worth, or none; nothing is reserved. */
    AMOUNT_MISMATCH,
    /** Above what the policy approves by itself. */
    LIMIT,
    /** Only the partner told of the order: nothing is paid until the merchant's feed confirms it. */
    ORDER_UNCONFIRMED,
    /** To be paid as a gift card, by hand. */
    GIFT_CARD,
    /** The partner refused to pay; nothing moved. */
    DECLINED,
    /** The partner was certainly never asked to pay, and we have stopped trying. */
    NOT_SENT,
    /** Some of the money moved. */
    PARTLY,
    /** Nobody knows what became of a payment, and looking it up has ended. */
    REVIEW,
    /** What was paid has come back, or never arrived. */
    REVERSED,
    /** News that does not fit what was decided or done before. */
    CONTRADICTED,
    /** More than was paid is gone: a fact that nobody asked us about. */
    EXCESS,
    /** Nothing has happened for longer than the policy allows. */
    OVERDUE,
    /** The partner said a word that nobody here knows. */
    UNKNOWN_WORD,
    /** More than the partner can take in one payment; it is paid by hand. */
    TOO_LARGE;

    /** Whether the wish was not covered, so that nothing is reserved while it stands. */
    boolean reservesNothing() {
        return switch (this) {
            case OVER_ENTITLEMENT, CLAIMED_TWICE, UNKNOWN_LINE, UNKNOWN_CURRENCY, AMOUNT_MISMATCH -> true;
            case LIMIT, ORDER_UNCONFIRMED, GIFT_CARD, DECLINED, NOT_SENT, PARTLY, REVIEW -> false;
            case REVERSED, CONTRADICTED, EXCESS, OVERDUE, UNKNOWN_WORD, TOO_LARGE -> false;
        };
    }

    /** Whether it says what became of a payout, and falls when that changes. */
    boolean isAboutPayouts() {
        return switch (this) {
            case DECLINED, NOT_SENT, PARTLY, REVIEW -> true;
            case OVER_ENTITLEMENT, CLAIMED_TWICE, UNKNOWN_LINE, UNKNOWN_CURRENCY, AMOUNT_MISMATCH -> false;
            case LIMIT, ORDER_UNCONFIRMED, GIFT_CARD, REVERSED, CONTRADICTED, EXCESS, OVERDUE -> false;
            case UNKNOWN_WORD, TOO_LARGE -> false;
        };
    }

    /** Whether a person's approval answers it. */
    boolean fallsWhenApproved() {
        return switch (this) {
            case OVER_ENTITLEMENT, CLAIMED_TWICE, UNKNOWN_LINE, UNKNOWN_CURRENCY, AMOUNT_MISMATCH -> true;
            case LIMIT, CONTRADICTED, EXCESS, OVERDUE, UNKNOWN_WORD -> true;
            case ORDER_UNCONFIRMED, GIFT_CARD, TOO_LARGE, DECLINED, NOT_SENT, PARTLY, REVIEW, REVERSED -> false;
        };
    }

    /** Whether it still stands when the money is gone. */
    boolean outlivesIssue() {
        return switch (this) {
            case REVERSED, CONTRADICTED, EXCESS -> true;
            case OVER_ENTITLEMENT, CLAIMED_TWICE, UNKNOWN_LINE, UNKNOWN_CURRENCY, AMOUNT_MISMATCH -> false;
            case LIMIT, ORDER_UNCONFIRMED, GIFT_CARD, DECLINED, NOT_SENT, PARTLY, REVIEW -> false;
            case OVERDUE, UNKNOWN_WORD, TOO_LARGE -> false;
        };
    }
}
