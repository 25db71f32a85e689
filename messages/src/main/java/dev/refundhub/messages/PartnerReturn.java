package dev.refundhub.messages;

import java.time.Instant;
import java.util.List;

/**
 * The whole state of a return as a partner knows it now, told by the gateway on {@code partner-events}. An older one that comes
 * late is no news: {@code updatedAt} says which is newer.
 *
 * @param source the name of the webhook address it came to
 * @param partner {@code OPTORO}
 * @param deliveryId the delivery that said so
 * @param caseRef the partner's own id of the return
 * @param status {@code PENDING_EXCHANGE}, {@code CREATED}, {@code PARTIAL_REFUND}, {@code REFUNDED} or {@code CANCELED}; any
 *     other word is for a person
 * @param updatedAt when the partner changed it last
 * @param bodySha256 of the delivery's body, in hex: decides between two of one time and status
 * @param returnMethod the partner's word; {@code customer-keep} means that no goods come back
 * @param giftOnly to be paid as a gift card and in no other way
 * @param receivingComplete nothing more will be received; null where the partner does not say
 * @param items one for each unit, over all orders that it names; never empty
 */
public record PartnerReturn(
        String seller,
        String source,
        String partner,
        String deliveryId,
        Instant receivedAt,
        String caseRef,
        String status,
        Instant updatedAt,
        String bodySha256,
        String returnMethod,
        boolean giftOnly,
        Boolean receivingComplete,
        List<Item> items) {

    public static final String TOPIC = "partner-events";
    public static final String TYPE = "dev.refundhub.return.v1";

    /**
     * One unit of a line that comes back.
     *
     * @param orderId the merchant's own order id; null where the partner only knows the number
     * @param orderNumber what the shopper knows the order by; null where the partner does not say
     * @param kind {@code REFUND}, {@code EXCHANGE}, {@code CREDIT}, or {@code UNKNOWN} where the partner's word is not known
     * @param goods {@code EXPECTED}, {@code SHIPPED}, {@code RECEIVED} or {@code MISSING}
     * @param amountMinor what the shopper is to have, in minor units of the order's currency; null where the partner does not
     *     say
     * @param reason the shopper's words; may be null
     * @param trackingId null while there is none
     */
    public record Item(
            String orderId,
            String orderNumber,
            String lineId,
            String kind,
            String goods,
            Long amountMinor,
            String reason,
            String trackingId) {}
}
