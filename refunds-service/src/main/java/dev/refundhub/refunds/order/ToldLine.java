package dev.refundhub.refunds.order;

import dev.refundhub.messages.MerchantOrder;
import dev.refundhub.refunds.order.OrderLine.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** A line as the merchant tells it, with its part of the order's discount taken off. Amounts in minor units. */
record ToldLine(
        String lineId,
        int position,
        Kind kind,
        String sku,
        long units,
        long paid,
        long tax,
        Long violetOrderId,
        Long violetBagId,
        Long violetOrderSkuId) {

    /** Items in their order, then shipping. Paid: quantity × price − own discount − share of the order's discount + tax. */
    static List<ToldLine> of(MerchantOrder order) {
        long[] prices = order.lines().stream()
                .mapToLong(l -> Math.max(l.quantity() * l.unitPriceMinor() - l.discountMinor(), 0))
                .toArray();
        long[] discounts = Shares.spread(order.discountMinor(), prices);
        List<ToldLine> told = new ArrayList<>();
        for (MerchantOrder.Line line : order.lines()) {
            int i = told.size();
            told.add(item(line, i, prices[i] - discounts[i] + line.taxMinor()));
        }
        for (MerchantOrder.Shipping shipping : order.shipping()) {
            told.add(shipping(shipping, told.size()));
        }
        return told;
    }

    /** What each item has less than its price: its own discount and its part of the order's. In the order's order. */
    static long[] discounts(MerchantOrder order) {
        List<ToldLine> items = of(order);
        return IntStream.range(0, order.lines().size())
                .mapToLong(i ->
                        order.lines().get(i).quantity() * order.lines().get(i).unitPriceMinor()
                                + items.get(i).tax()
                                - items.get(i).paid())
                .toArray();
    }

    private static ToldLine item(MerchantOrder.Line line, int position, long paid) {
        MerchantOrder.Violet violet = line.violet();
        return new ToldLine(
                line.lineId(),
                position,
                Kind.ITEM,
                line.sku(),
                line.quantity(),
                paid,
                line.taxMinor(),
                violet == null ? null : violet.orderId(),
                violet == null ? null : violet.bagId(),
                violet == null ? null : violet.orderSkuId());
    }

    private static ToldLine shipping(MerchantOrder.Shipping shipping, int position) {
        MerchantOrder.VioletBag violet = shipping.violet();
        return new ToldLine(
                shipping.lineId(),
                position,
                Kind.SHIPPING,
                null,
                0,
                shipping.amountMinor() + shipping.taxMinor(),
                shipping.taxMinor(),
                violet == null ? null : violet.orderId(),
                violet == null ? null : violet.bagId(),
                null);
    }
}
