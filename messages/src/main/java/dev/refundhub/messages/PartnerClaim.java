package dev.refundhub.messages;

import java.time.Instant;
import java.util.List;

/**
 * A partner asks for a refund of some units of an order: a wish, told by the gateway on {@code partner-events}.
 *
 * @param source the name of the webhook address it came to
 * @param partner {@code SHIPPED_SUITE}
 * @param deliveryId the delivery that said so
 * @param caseRef the partner's own id of the case, as a source ref: unique for ever with seller and partner
 * @param kind {@code REFUND}, or {@code REPLACEMENT} where the shopper is sent the goods again and nothing is paid
 * @param reason the partner's word, such as {@code lost}; may be null
 * @param items what is to be refunded; no amounts, those are computed from our order
 * @param orderAsTold the order as far as the partner told it, without Violet's ids; null where it told no captured money of
 *     one currency
 */
public record PartnerClaim(
        String seller,
        String source,
        String partner,
        String deliveryId,
        Instant receivedAt,
        String caseRef,
        OrderRef order,
        String kind,
        String reason,
        List<Item> items,
        MerchantOrder orderAsTold) {

    public static final String TOPIC = "partner-events";
    public static final String TYPE = "dev.refundhub.claim.v1";

    /**
     * The order as the partner knows it.
     *
     * @param id the merchant's own order id; null where the partner only knows the number
     * @param number may be null
     */
    public record OrderRef(String id, String number) {}

    /** Units of a line to be refunded. */
    public record Item(String lineId, int quantity) {}
}
