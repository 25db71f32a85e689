package dev.refundhub.connectors.journal;

/** Where an instruction is. */
enum State {
    /** To be carried out; nothing that matters has left us. */
    DUE,
    /** An attempt is committed: it may have left us, and only its owner could know. */
    SENT,
    /** The partner may have it: it is looked up, never sent again. */
    ASKING,
    /** Nothing more is done by itself. */
    DONE
}
