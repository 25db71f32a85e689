package dev.refundhub.refunds.web;

import java.math.BigDecimal;

/** A wish for more than is left: 422, with how much that is. */
public class TooMuch extends RuntimeException {

    private final transient BigDecimal left;

    /** What is left, in major units; null where units are what is missing. */
    public TooMuch(String detail, BigDecimal left) {
        super(detail);
        this.left = left;
    }

    BigDecimal left() {
        return left;
    }
}
