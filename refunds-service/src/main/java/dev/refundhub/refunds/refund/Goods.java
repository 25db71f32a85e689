package dev.refundhub.refunds.refund;

/** Where the goods are that must come back. */
public enum Goods {
    EXPECTED,
    SHIPPED,
    RECEIVED,
    MISSING
}
