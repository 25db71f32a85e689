package dev.refundhub.connectors.partner;

import io.smallrye.mutiny.Uni;

/** One account at a partner. */
public interface Partner {

    /** The topic its instructions come on. */
    String topic();

    int callsAtOnce();

    /** All refunds of a bag, as others; changes nothing there. A partner without bags has none. */
    Uni<Reading> look(long violetOrderId, long bagId);

    /** What is to be done for an instruction that was understood. */
    Errand errand(String instruction);
}
