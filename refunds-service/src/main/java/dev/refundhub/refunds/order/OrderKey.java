package dev.refundhub.refunds.order;

import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;
import java.util.Comparator;

/** Names an order for ever; its natural order is the one in which orders are locked. */
@Embeddable
public record OrderKey(String seller, @Column(name = "order_id") String orderId) implements Comparable<OrderKey> {

    private static final Comparator<OrderKey> ORDER =
            Comparator.comparing(OrderKey::seller).thenComparing(OrderKey::orderId);

    @Override
    public int compareTo(OrderKey other) {
        return ORDER.compare(this, other);
    }

    /** The message key, so that everything about an order stays in order. */
    @Override
    public String toString() {
        return seller + "/" + orderId;
    }
}
