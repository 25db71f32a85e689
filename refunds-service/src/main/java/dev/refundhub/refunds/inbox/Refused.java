package dev.refundhub.refunds.inbox;

/** A record that time will not make acceptable: it is put aside with this reason. */
public class Refused extends RuntimeException {

    public Refused(String reason) {
        super(reason);
    }
}
