package dev.refundhub.messages;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * What was bought and paid, as the merchant's order system tells it on {@code orders} and in {@code PUT /api/v2/orders/{id}}.
 *
 * @param version rises with every change; 0 is an order that was only learned from a partner
 * @param number what the shopper knows the order by; may be null
 * @param placedAt may be null
 * @param currency ISO 4217, never changes
 * @param paidMinor what was ever captured, gross; refunds never lower it
 * @param discountMinor the discount on the whole order, spread over the lines
 * @param customer may be null
 * @param payment kept unread; may be null
 */
public record MerchantOrder(
        String seller,
        String orderId,
        String number,
        long version,
        Instant placedAt,
        String currency,
        long paidMinor,
        long discountMinor,
        Customer customer,
        List<Line> lines,
        List<Shipping> shipping,
        List<RefundedElsewhere> refundedElsewhere,
        Map<String, Object> payment) {

    public static final String TOPIC = "orders";
    public static final String TYPE = "dev.refundhub.order.v1";

    /**
     * Who bought it.
     *
     * @param subject the {@code sub} of the shopper's token; may be null
     * @param email may be null
     */
    public record Customer(String subject, String email) {}

    /**
     * An item of the order.
     *
     * @param sku may be null
     * @param discountMinor the line's own discount, for all its units
     * @param taxMinor on top of the price, for all its units
     * @param violet null where the line was not sold through Violet: it is then paid by hand
     * @param product kept unread; may be null
     */
    public record Line(
            String lineId,
            String sku,
            int quantity,
            long unitPriceMinor,
            long discountMinor,
            long taxMinor,
            Violet violet,
            Map<String, Object> product) {}

    /**
     * Where a line is at Violet.
     *
     * @param orderSkuId the line inside the bag ({@code OrderSku.id})
     */
    public record Violet(long orderId, long bagId, long orderSkuId) {}

    /**
     * Shipping that was paid: a line like any other, one per bag.
     *
     * @param violet null where the shipping was not sold through Violet
     */
    public record Shipping(String lineId, long amountMinor, long taxMinor, VioletBag violet) {}

    /** One merchant's part of an order at Violet. */
    public record VioletBag(long orderId, long bagId) {}

    /**
     * Money that went back past the hub: a fact, booked once per {@code ref}.
     *
     * @param lines empty where it is not known what it was for
     */
    public record RefundedElsewhere(String ref, long amountMinor, List<RefundedLine> lines) {}

    /**
     * What a refund made elsewhere was for.
     *
     * @param quantity 0 where it was money only
     */
    public record RefundedLine(String lineId, int quantity, long amountMinor) {}
}
