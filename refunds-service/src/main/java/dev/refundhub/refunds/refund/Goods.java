package dev.refundhub.refunds.refund;

/** Where the goods are that must come back. */
enum Goods {
    EXPECTED,
    SHIPPED,
    RECEIVED,
    MISSING
}
