package dev.refundhub.refunds.refund;

/** What a person may do to a refund. */
public enum Action {
    SHIP_INIT,
    APPROVE,
    DENY,
    RECEIVE,
    MARK_ISSUED,
    RETRY,
    RELEASE,
    CANCEL
}
