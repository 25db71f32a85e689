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
}
