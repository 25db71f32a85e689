package dev.refundhub.refunds.web;

/** A request that what is already so does not allow: 409. */
public class Conflict extends RuntimeException {

    public Conflict(String detail) {
        super(detail);
    }
}
