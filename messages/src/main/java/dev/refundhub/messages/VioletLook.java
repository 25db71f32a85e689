package dev.refundhub.messages;

/**
 * List the refunds of a bag at Violet: an instruction to the connectors on {@code violet-instructions}, answered by a
 * {@link BagRead}. It moves nothing and may be repeated at will.
 *
 * @param instructionId a UUIDv7, a new one each time
 * @param kind {@code READ}
 * @param account the contract with Violet to use
 * @param why {@code HINT} or {@code RECONCILIATION}
 */
public record VioletLook(
        String instructionId,
        String kind,
        String seller,
        String orderId,
        String account,
        long violetOrderId,
        long bagId,
        String why) {

    public static final String TOPIC = "violet-instructions";
    public static final String TYPE = "dev.refundhub.read.v1";
    public static final String KIND = "READ";
}
