package dev.refundhub.connectors.partner;

/** What became of an instruction at a partner. When in doubt, it is unclear. */
public enum Outcome {
    /** It has it, and has not decided. */
    ACCEPTED,
    /** All of it was done. */
    COMPLETED,
    /** Some of it was done. */
    PARTLY,
    /** No, and nothing moved. */
    DECLINED,
    /** Certainly nothing happened: it may be tried again. */
    NOT_SENT,
    /** Nobody knows. */
    UNCLEAR
}
