package dev.refundhub.refunds.order;

import dev.refundhub.messages.MerchantOrder;

/**
 * An order as it was told, checked.
 *
 * @param digest SHA-256 of its whole content, in hex, so that one version has one content
 */
public record ToldOrder(MerchantOrder order, String digest) {

    public OrderKey key() {
        return new OrderKey(order.seller(), order.orderId());
    }

    /** What each item has less than its price, in minor units: its own discount and its part of the order's. */
    public long[] discounts() {
        return ToldLine.discounts(order);
    }
}
