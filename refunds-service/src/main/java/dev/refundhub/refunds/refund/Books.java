package dev.refundhub.refunds.refund;

import dev.refundhub.refunds.order.Order;
import dev.refundhub.refunds.order.OrderKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
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
    private final String trace;
    private final Map<OrderKey, String> traceOfOrder = new HashMap<>();
    private final Map<Long, String> traceOfRefund = new HashMap<>();
    private String cause;
    private final Map<OrderKey, Order> orders;
    private final Map<OrderKey, Long> excess;
    private final List<Order> newOrders = new ArrayList<>();
    private final List<Refund> newRefunds = new ArrayList<>();
    private final List<Kept> kept = new ArrayList<>();
    private final List<Aside> asides = new ArrayList<>();

    /** With the trace of what causes all of it, unless something else is said to. */
    Books(Mutiny.Session session, Map<OrderKey, Order> orders, Instant now, String trace) {
        this.session = session;
        this.orders = orders;
        this.now = now;
        this.trace = trace;
        this.excess = excess();
    }

    private Map<OrderKey, Long> excess() {
        return orders.values().stream().collect(Collectors.toMap(Order::key, Order::totalExcess));
    }

    /** The orders of which more is beyond what was paid than before, or less, or was for a moment. */
    Set<OrderKey> whereExcessHasMoved() {
        Map<OrderKey, Long> now = excess();
        Set<OrderKey> moved = kept.stream()
                .map(Kept::refund)
                .filter(refund -> refund.isHeld(Hold.EXCESS))
                .map(refund -> refund.order().key())
                .collect(Collectors.toSet());
        now.forEach((key, beyond) -> {
            if (!beyond.equals(excess.getOrDefault(key, 0L))) {
                moved.add(key);
            }
        });
        return moved;
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

    /**
     * What is kept from now on has this cause.
     *
     * @param traceparent null for whatever caused the same refund before, or else spoke of the same order
     */
    public void because(String traceparent) {
        cause = traceparent;
    }

    /** Somebody has spoken of an order: what is kept of it without another cause has this one. */
    public void because(OrderKey order, String traceparent) {
        if (traceparent != null) {
            traceOfOrder.put(order, traceparent);
        }
    }

    private String traceOf(Refund refund) {
        OrderKey order = refund.order().key();
        if (cause != null) {
            because(order, cause);
            traceOfRefund.put(refund.id(), cause);
        }
        return traceOfRefund.getOrDefault(refund.id(), traceOf(order));
    }

    private String traceOf(OrderKey order) {
        return cause != null ? cause : traceOfOrder.getOrDefault(order, trace);
    }

    /** An order nobody knew: its name was locked, so nobody else can have created it. */
    public void add(Order order) {
        orders.put(order.key(), order);
        newOrders.add(order);
    }

    public void add(Refund refund) {
        newRefunds.add(refund);
    }

    /** What a refund's methods returned: stored and told with the transaction. */
    public void keep(Refund refund, List<Change> more) {
        more.forEach(change -> kept.add(new Kept(refund, change, traceOf(refund))));
    }

    /** Something to be told about an order that changes none of its refunds. */
    public void tell(OrderKey order, Object message) {
        asides.add(new Aside(order, message, traceOf(order)));
    }

    /** What is told beside the changes. */
    record Aside(OrderKey order, Object message, String trace) {}

    /** A change of a refund, and the traceparent of what caused it. */
    record Kept(Refund refund, Change change, String trace) {}

    List<Aside> asides() {
        return asides;
    }

    /** Those that were there when they were locked. */
    List<Order> knownOrders() {
        return orders.values().stream()
                .filter(order -> !newOrders.contains(order))
                .toList();
    }

    List<Order> newOrders() {
        return newOrders;
    }

    List<Refund> newRefunds() {
        return newRefunds;
    }

    List<Kept> kept() {
        return kept;
    }

    List<Change> changes() {
        return kept.stream().map(Kept::change).toList();
    }
}
