package dev.refundhub.connectors.partner;

import io.smallrye.mutiny.Uni;

/** One account at a partner. */
public interface Partner {

    /** The topic its instructions come on. */
    String topic();

    int callsAtOnce();

    /** Whether it has not answered for so long that it is left alone: nothing is sent to it until it answers again. */
    boolean isLeftAlone();

    /**
     * All refunds of a bag, as others; changes nothing there. A partner without bags has none.
     *
     * @param trace the traceparent that the partner is told; null for none
     */
    Uni<Reading> look(long violetOrderId, long bagId, String trace);

    /**
     * What is to be done for an instruction that was understood.
     *
     * @param trace the traceparent that the partner is told; null for none
     */
    Errand errand(String instruction, String trace);
}
