package dev.refundhub.connectors.partner;

/** One account at a partner. */
public interface Partner {

    /** The topic its instructions come on. */
    String topic();

    int callsAtOnce();

    /** What is to be done for an instruction that was understood. */
    Errand errand(String instruction);
}
