package dev.refundhub.refunds.web;

/** The same request is being carried out at this moment: 409, to be asked again in a second. */
public class InFlight extends RuntimeException {

    public InFlight(String detail, Throwable cause) {
        super(detail, cause);
    }
}
