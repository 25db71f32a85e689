package dev.refundhub.messages;

/**
 * A person has found out what became of a payment that nobody knew about, or what came to nothing is not to be paid any more:
 * an instruction to the connectors on {@code violet-instructions}, which end its row of the journal accordingly and report it.
 *
 * @param instructionId of the payment, not of this
 * @param kind {@code RESOLVE}
 * @param account the contract that the payment named
 * @param verdict {@code HAPPENED} or {@code DID_NOT_HAPPEN}
 * @param movedMinor what moved, in minor units; 0 where it did not happen
 * @param partnerRefundId what the partner knows it by; null where it did not happen, or nobody knows
 * @param by who says so
 */
public record PaymentResolution(
        String instructionId,
        String kind,
        String seller,
        String orderId,
        String account,
        String verdict,
        long movedMinor,
        String partnerRefundId,
        String by) {

    public static final String TOPIC = "violet-instructions";
    public static final String TYPE = "dev.refundhub.resolve.v1";
    public static final String KIND = "RESOLVE";
}
