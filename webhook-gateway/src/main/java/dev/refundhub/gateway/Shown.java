package dev.refundhub.gateway;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;

/** What refunds-service shows a partner. Amounts are major units with exactly the currency's decimals. */
public sealed interface Shown {

    /**
     * An order that the merchant told.
     *
     * @param number null where the merchant does not say
     * @param placedAt null where the merchant does not say
     * @param payment the merchant's own, unread; may be null
     */
    record ShownOrder(String id, String number, Instant placedAt, String currency, JsonNode payment, List<Line> lines)
            implements Shown {}

    /**
     * An item of an order.
     *
     * @param sku null where the merchant does not say
     * @param unitsLeft how many of its units can still come back
     * @param discount for all its units
     * @param tax on top of the price, for all its units
     * @param product the merchant's own, unread; may be null
     */
    record Line(
            String lineId,
            String sku,
            int quantity,
            long unitsLeft,
            BigDecimal unitPrice,
            BigDecimal discount,
            BigDecimal tax,
            JsonNode product) {}

    /**
     * A return that the merchant started.
     *
     * @param shippingDeduction what the way back costs the shopper; null for nothing
     */
    record ShownReturn(String ref, Instant createdAt, String currency, List<Item> items, BigDecimal shippingDeduction)
            implements Shown {}

    /**
     * Units of a line that come back.
     *
     * @param price what the shopper is to have for them before adjustments
     * @param childReason may be null
     * @param compensation {@code refund}, {@code exchange} or {@code credit}
     */
    record Item(
            String orderId,
            String lineId,
            int quantity,
            BigDecimal price,
            String reason,
            String childReason,
            List<Adjustment> adjustments,
            String compensation) {}

    /**
     * What is added to a price, or taken off.
     *
     * @param description may be null
     */
    record Adjustment(BigDecimal amount, String description) {}
}
