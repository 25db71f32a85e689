package dev.refundhub.local.simulator;

/** The ways in which a partner can behave. */
public enum Behaviour {
    /** As documented: what every call gets for which no knob is set. */
    NORMAL,
    /** Refuses with the documented error of {@code code}; nothing is done. */
    REFUSE,
    /** 429 with {@code Retry-After} of {@code seconds} (default 1); nothing is done. */
    TOO_MANY_REQUESTS,
    /** Breaks down (500) before doing anything. */
    FAIL_BEFORE,
    /** Does it, then breaks down (500). */
    FAIL_AFTER,
    /** The connection is reset before anything is done. */
    RESET_BEFORE,
    /** Does it, then the connection is reset. */
    RESET_AFTER,
    /** Waits {@code millis}, or until released, before doing anything. */
    HOLD,
    /** Does it, then answers after {@code millis}, or never. */
    ANSWER_LATE,
    /** Does it, then answers one byte at a time, one every {@code millis} (default 100). */
    SLOW_DRIP,
    /** Does it, then answers 200 with something that is not JSON. */
    GARBAGE,
    /** Does it, then answers half of the body and closes the connection. */
    TRUNCATED,
    /** Violet: the refund is PROCESSING; {@code then} (default COMPLETED) after {@code reads} or {@code millis}. */
    PROCESSING,
    /** Violet: the refund is PARTIALLY_COMPLETED; afterwards as PROCESSING. */
    PARTIALLY_COMPLETED,
    /** Violet: 200 with a refund that is FAILED; no money moves. */
    FAILED,
    /** Violet: every token given so far has expired, the one of this call included. */
    TOKEN_EXPIRED
}
