package dev.refundhub.refunds.feed;

import dev.refundhub.refunds.order.Entitlement;
import dev.refundhub.refunds.order.Money;
import dev.refundhub.refunds.order.Order;
import dev.refundhub.refunds.order.OrderLine;
import dev.refundhub.refunds.web.Json;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;

/**
 * An order with what can still be refunded. Amounts are major units with exactly the currency's decimals.
 *
 * @param number null where nobody said
 * @param version 0 where only a partner told of it so far
 * @param placedAt null where nobody said
 * @param excess what is gone beyond what was paid
 */
record OrderView(
        Object id,
        String seller,
        String number,
        long version,
        Instant placedAt,
        String currency,
        BigDecimal paid,
        BigDecimal reserved,
        BigDecimal issued,
        BigDecimal excess,
        BigDecimal left,
        List<Line> lines) {

    /**
     * An item, or shipping.
     *
     * @param sku null where nobody said
     * @param quantity units bought; 0 for shipping
     */
    record Line(
            String lineId,
            String sku,
            boolean shipping,
            long quantity,
            long quantityLeft,
            BigDecimal paid,
            BigDecimal reserved,
            BigDecimal issued,
            BigDecimal excess,
            BigDecimal left) {}

    static OrderView of(Order order) {
        String currency = order.currency();
        Entitlement money = order.money();
        return new OrderView(
                Json.orderId(order.key().orderId()),
                order.key().seller(),
                order.number(),
                order.version(),
                order.placedAt(),
                currency,
                Money.major(money.paid(), currency),
                Money.major(money.reserved(), currency),
                Money.major(money.issued(), currency),
                Money.major(money.excess(), currency),
                Money.major(order.left(), currency),
                order.lines().stream().map(line -> line(line, order)).toList());
    }

    /** What is left of a line is never more than what is left of the order. */
    private static Line line(OrderLine line, Order order) {
        String currency = order.currency();
        Entitlement money = line.money();
        return new Line(
                line.lineId(),
                line.sku(),
                !line.isItem(),
                line.units().paid(),
                line.units().left(),
                Money.major(money.paid(), currency),
                Money.major(money.reserved(), currency),
                Money.major(money.issued(), currency),
                Money.major(money.excess(), currency),
                Money.major(Math.min(money.left(), order.left()), currency));
    }
}
