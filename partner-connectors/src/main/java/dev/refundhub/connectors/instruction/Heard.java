package dev.refundhub.connectors.instruction;

import dev.refundhub.messages.PaymentResolution;
import dev.refundhub.messages.VioletLook;

/** A record of an instruction topic, and what it turned out to be. */
sealed interface Heard {

    /**
     * An instruction. It becomes a row.
     *
     * @param account empty where it tells none
     * @param currency null where it tells none
     * @param bagId null where nothing is paid
     * @param terms what must be the same whenever it is heard
     * @param refusal why it is not carried out; null where it is
     */
    record Instruction(
            Received from,
            String instructionId,
            String kind,
            String seller,
            String orderId,
            long refundId,
            String account,
            String currency,
            Long bagId,
            String terms,
            String text,
            String refusal)
            implements Heard {}

    /** A wish to know what a bag's refunds are. */
    record Look(Received from, VioletLook look) implements Heard {}

    /** What a person found out about a payment. */
    record Resolution(Received from, PaymentResolution resolution) implements Heard {}

    /** Nothing that anybody could be told about. It is put aside. */
    record Unreadable(Received from, String reason) implements Heard {}
}
