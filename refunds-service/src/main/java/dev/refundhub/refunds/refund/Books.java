package dev.refundhub.refunds.refund;

import dev.refundhub.refunds.order.Order;
import dev.refundhub.refunds.order.OrderKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.hibernate.reactive.mutiny.Mutiny;

/** The orders that one transaction has locked, and what it has changed so far. */
public final class Books {

    private final Mutiny.Session session;
    private final Instant now;
    private final Map<OrderKey, Order> orders;
    private final Map<OrderKey, Long> excess;
    private final List<Object> created = new ArrayList<>();
    private final List<Refund> changed = new ArrayList<>();
    private final List<Change> changes = new ArrayList<>();
    private final List<Aside> asides = new ArrayList<>();

    Books(Mutiny.Session session, Map<OrderKey, Order> orders, Instant now) {
        this.session = session;
        this.orders = orders;
        this.now = now;
        this.excess = excess();
    }

    private Map<OrderKey, Long> excess() {
        return orders.values().stream().collect(Collectors.toMap(Order::key, Order::totalExcess));
    }

    /** The orders of which more is beyond what was paid than before, or less. */
    Set<OrderKey> whereExcessHasMoved() {
        Map<OrderKey, Long> now = excess();
        return now.keySet().stream()
                .filter(key -> !now.get(key).equals(excess.getOrDefault(key, 0L)))
                .collect(Collectors.toSet());
    }

    public Mutiny.Session session() {
        return session;
    }

    public Instant now() {
        return now;
    }

    public Optional<Order> order(OrderKey key) {
        return Optional.ofNullable(orders.get(key));
    }

    /** An order nobody knew: its name was locked, so nobody else can have created it. */
    public void add(Order order) {
        orders.put(order.key(), order);
        created.add(order);
    }

    public void add(Refund refund) {
        created.add(refund);
    }

    /** What a refund's methods returned: stored and told with the transaction. */
    public void keep(Refund refund, List<Change> more) {
        more.forEach(change -> {
            changed.add(refund);
            changes.add(change);
        });
    }

    /** Something to be told about an order that changes none of its refunds. */
    public void tell(OrderKey order, Object message) {
        asides.add(new Aside(order, message));
    }

    /** What is told beside the changes. */
    record Aside(OrderKey order, Object message) {}

    List<Aside> asides() {
        return asides;
    }

    List<Object> created() {
        return created;
    }

    List<Refund> changed() {
        return changed;
    }

    List<Change> changes() {
        return changes;
    }
}
