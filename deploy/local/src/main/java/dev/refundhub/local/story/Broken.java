package dev.refundhub.local.story;

/** The story did not come true; the message says what was expected and what there was. */
public final class Broken extends RuntimeException {
    Broken(String message) {
        super(message);
    }
}
