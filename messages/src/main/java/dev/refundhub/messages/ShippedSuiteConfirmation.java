package dev.refundhub.messages;

/**
 * Tell Shipped Suite what was really paid for its request: an order to the connectors on {@code shipped-suite-instructions}.
 * It may be carried out any number of times.
 *
 * @param kind {@code CONFIRM}
 * @param account the contract with Shipped Suite to use
 * @param requestId Shipped Suite's id of the refund request
 * @param externalId our refund's id
 * @param amountMinor what was paid
 * @param displayAmountMinor the same, in the currency the shopper saw
 */
public record ShippedSuiteConfirmation(
        String instructionId,
        String kind,
        String seller,
        String orderId,
        long refundId,
        String account,
        long requestId,
        String externalId,
        long amountMinor,
        long displayAmountMinor,
        String currency) {

    public static final String TOPIC = "shipped-suite-instructions";
    public static final String TYPE = "dev.refundhub.confirm.v1";
    public static final String KIND = "CONFIRM";
}
