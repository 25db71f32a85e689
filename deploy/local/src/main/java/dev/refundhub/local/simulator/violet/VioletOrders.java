package dev.refundhub.local.simulator.violet;

import com.fasterxml.jackson.databind.JsonNode;
import dev.refundhub.local.simulator.Json;
import dev.refundhub.local.simulator.Ledger;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;

/** Violet's orders and their refunds: what the ledger adds up to. Nothing changes but by an entry of it. */
final class VioletOrders {

    static final String ORDER = "ORDER";
    static final String REFUND = "REFUND";
    static final String REFUND_ELSEWHERE = "REFUND_ELSEWHERE";
    static final String STATUS = "STATUS";

    /** A refund, what was asked for as it came and as it was understood, and what it will become. */
    private record Refunded(VioletRefund refund, VioletRefundRequest understood, JsonNode asked, Settling settling) {}

    private record NewStatus(long refundId, VioletRefund.Status status) {}

    /** A refund that is not decided yet. */
    private record Undecided(Instant since, Settling settling) {}

    private static final long FIRST_REFUND = 88_001;

    private final Ledger ledger;
    private final Map<Long, VioletOrder> orders = new HashMap<>();
    private final TreeMap<Long, VioletRefund> refunds = new TreeMap<>(Comparator.reverseOrder());
    private final Map<Long, Undecided> undecided = new HashMap<>();

    VioletOrders(Ledger ledger) {
        this.ledger = ledger;
        ledger.entries().forEach(this::apply);
    }

    VioletOrder order(long id) {
        return Optional.ofNullable(orders.get(id)).orElseThrow(VioletError.ORDER_NOT_FOUND::refuse);
    }

    long nextRefundId() {
        return refunds.isEmpty() ? FIRST_REFUND : refunds.firstKey() + 1;
    }

    void put(VioletOrder order) {
        apply(ledger.write(ORDER, order));
    }

    void refund(String kind, VioletRefund refund, VioletRefundRequest understood, JsonNode asked, Settling settling) {
        apply(ledger.write(kind, new Refunded(refund, understood, asked, settling)));
    }

    void become(long refundId, VioletRefund.Status status) {
        if (!refunds.containsKey(refundId)) {
            throw VioletError.ORDER_REFUND_NOT_FOUND.refuse();
        }
        apply(ledger.write(STATUS, new NewStatus(refundId, status)));
    }

    /** The refunds that are meant, newest first; reading may settle what is undecided. */
    List<VioletRefund> read(Predicate<VioletRefund> meant) {
        List<Long> ids =
                refunds.values().stream().filter(meant).map(VioletRefund::id).toList();
        ids.forEach(this::settle);
        return ids.stream().map(refunds::get).toList();
    }

    /** What every refund of the bag together took or is about to take. */
    int taken(VioletOrder.Bag bag) {
        return refunds.values().stream()
                .filter(refund -> refund.bagId() == bag.id() && refund.counts())
                .mapToInt(VioletRefund::amount)
                .sum();
    }

    /** The order with what its refunds made of it and its bags. */
    VioletOrder asItStands(VioletOrder order) {
        List<VioletOrder.Bag> bags =
                order.bags().stream().map(bag -> bag.after(moved(bag))).toList();
        return order.after(bags);
    }

    private int moved(VioletOrder.Bag bag) {
        return refunds.values().stream()
                .filter(refund -> refund.bagId() == bag.id() && refund.moved())
                .mapToInt(VioletRefund::amount)
                .sum();
    }

    private void settle(long refundId) {
        Undecided refund = undecided.get(refundId);
        if (refund == null) {
            return;
        }
        if (refund.settling.isDue(refund.since, Instant.now())) {
            become(refundId, refund.settling.then());
        } else {
            undecided.put(refundId, new Undecided(refund.since, refund.settling.read()));
        }
    }

    private void apply(Ledger.Entry entry) {
        switch (entry.kind()) {
            case ORDER -> {
                VioletOrder order = Json.as(VioletOrder.class, entry.what());
                orders.put(order.id(), order);
            }
            case REFUND, REFUND_ELSEWHERE -> {
                Refunded refunded = Json.as(Refunded.class, entry.what());
                refunds.put(refunded.refund().id(), refunded.refund());
                if (refunded.settling() != null) {
                    undecided.put(
                            refunded.refund().id(), new Undecided(Instant.parse(entry.at()), refunded.settling()));
                }
            }
            case STATUS -> {
                NewStatus change = Json.as(NewStatus.class, entry.what());
                refunds.computeIfPresent(change.refundId(), (id, refund) -> refund.become(change.status()));
                undecided.remove(change.refundId());
            }
            default -> throw new IllegalStateException("not a ledger of Violet: " + entry.kind());
        }
    }
}
