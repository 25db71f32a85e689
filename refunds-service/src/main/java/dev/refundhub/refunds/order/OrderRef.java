package dev.refundhub.refunds.order;

import java.util.Optional;

/**
 * What a partner calls an order by.
 *
 * @param id the merchant's own id; null where the partner does not know it
 * @param number what the shopper knows it by, which need not be one order's alone; null where the partner does not say
 */
public record OrderRef(String seller, String id, String number) {

    public Optional<OrderKey> key() {
        return Optional.ofNullable(id).map(i -> new OrderKey(seller, i));
    }

    Optional<OrderNumber> byNumber() {
        return Optional.ofNullable(number).map(n -> new OrderNumber(seller, n));
    }
}
