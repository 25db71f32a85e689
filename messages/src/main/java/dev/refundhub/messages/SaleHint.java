package dev.refundhub.messages;

import java.time.Instant;

/**
 * Something happened to a bag at Violet, told by the gateway on {@code partner-events}: a hint to look there, and no truth. Its
 * source names an account, not a seller: whose order it is, the account and the bag say.
 *
 * @param source the name of the webhook address it came to
 * @param partner {@code VIOLET}
 * @param deliveryId the delivery that said so
 * @param caseRef Violet's order id
 * @param account the contract with Violet
 * @param bagId null where every bag of that order may be meant
 * @param topic Violet's word for what happened
 */
public record SaleHint(
        String source,
        String partner,
        String deliveryId,
        Instant receivedAt,
        String caseRef,
        String account,
        long violetOrderId,
        Long bagId,
        String topic) {

    public static final String TOPIC = "partner-events";
    public static final String TYPE = "dev.refundhub.sale-hint.v1";
}
