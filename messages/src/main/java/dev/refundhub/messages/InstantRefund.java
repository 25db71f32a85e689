package dev.refundhub.messages;

import dev.refundhub.messages.PartnerClaim.Item;
import dev.refundhub.messages.PartnerClaim.OrderRef;
import java.time.Instant;
import java.util.List;

/**
 * A partner pays a shopper at once and tells how far it is, on {@code partner-events}: a fact, not a wish.
 *
 * @param source the name of the webhook address it came to
 * @param partner {@code REFUNDID}
 * @param deliveryId the delivery that said so
 * @param caseRef the partner's own id of the refund, as a source ref: unique for ever with seller and partner
 * @param stage {@code REFUNDING}, {@code REFUNDED} or {@code FAILED}
 * @param amountMinor what is or was paid, in minor units; null where the partner does not say
 * @param currency null where the partner does not say
 * @param reason the partner's word; may be null
 * @param items the units that it is for; empty where the partner names none
 */
public record InstantRefund(
        String seller,
        String source,
        String partner,
        String deliveryId,
        Instant receivedAt,
        String caseRef,
        OrderRef order,
        String stage,
        Long amountMinor,
        String currency,
        String reason,
        List<Item> items) {

    public static final String TOPIC = "partner-events";
    public static final String TYPE = "dev.refundhub.instant-refund.v1";
}
