package dev.refundhub.local.stack;

/** Something a person must put right first; the message says what and how. */
public final class CannotStart extends RuntimeException {
    public CannotStart(String message) {
        super(message);
    }

    public CannotStart(String message, Throwable cause) {
        super(message, cause);
    }
}
