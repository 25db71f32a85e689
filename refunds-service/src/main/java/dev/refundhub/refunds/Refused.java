package dev.refundhub.refunds;

/** What time will not make acceptable: whoever sent it is told, or it is put aside with this reason. */
public class Refused extends RuntimeException {

    public Refused(String reason) {
        super(reason);
    }
}
