package dev.refundhub.refunds.portal;

import dev.refundhub.refunds.order.Money;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * An order as a portal shows it. Amounts are major units with exactly the currency's decimals.
 *
 * @param number null where the merchant does not say
 * @param placedAt null where the merchant does not say
 * @param payment the merchant's own, unread; may be null
 */
record OrderLookup(
        String id, String number, Instant placedAt, String currency, Map<String, Object> payment, List<Line> lines) {

    /**
     * An item.
     *
     * @param sku null where the merchant does not say
     * @param unitsLeft how many of its units can still come back
     * @param discount for all its units, with its part of the order's discount
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
            Map<String, Object> product) {}

    static OrderLookup of(ShownOrders.Found found) {
        String currency = found.currency();
        return new OrderLookup(
                found.orderId(),
                found.number(),
                found.placedAt(),
                currency,
                found.shown().payment(),
                found.shown().lines().stream()
                        .map(line -> new Line(
                                line.lineId(),
                                line.sku(),
                                line.quantity(),
                                found.unitsLeft().getOrDefault(line.lineId(), 0L),
                                Money.major(line.unitPriceMinor(), currency),
                                Money.major(line.discountMinor(), currency),
                                Money.major(line.taxMinor(), currency),
                                line.product()))
                        .toList());
    }
}
