package dev.refundhub.refunds.portal;

import dev.refundhub.messages.MerchantOrder;
import dev.refundhub.refunds.order.ToldOrder;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * What a portal shows of an order, as the merchant told it.
 *
 * @param payment the merchant's own, unread; may be null
 */
record ShownOrder(Map<String, Object> payment, List<Line> lines) {

    /**
     * An item.
     *
     * @param unitPriceMinor minor units
     * @param discountMinor for all its units, with its part of the order's discount
     * @param taxMinor on top of the price, for all its units
     * @param product the merchant's own, unread; may be null
     */
    record Line(
            String lineId,
            String sku,
            int quantity,
            long unitPriceMinor,
            long discountMinor,
            long taxMinor,
            Map<String, Object> product) {}

    static ShownOrder of(ToldOrder told) {
        List<MerchantOrder.Line> lines = told.order().lines();
        long[] discounts = told.discounts();
        return new ShownOrder(
                told.order().payment(),
                IntStream.range(0, lines.size())
                        .mapToObj(i -> line(lines.get(i), discounts[i]))
                        .toList());
    }

    private static Line line(MerchantOrder.Line line, long discount) {
        return new Line(
                line.lineId(),
                line.sku(),
                line.quantity(),
                line.unitPriceMinor(),
                discount,
                line.taxMinor(),
                line.product());
    }
}
