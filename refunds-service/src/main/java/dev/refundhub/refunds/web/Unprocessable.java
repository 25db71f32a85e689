package dev.refundhub.refunds.web;

/** A request that cannot be carried out whatever is tried: 422. */
public class Unprocessable extends RuntimeException {

    public Unprocessable(String detail) {
        super(detail);
    }
}
