package dev.refundhub.local.simulator.violet;

import com.fasterxml.jackson.databind.JsonNode;
import dev.refundhub.local.simulator.Json;
import dev.refundhub.local.simulator.Ledger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

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
    private final VioletWebhooks webhooks;
    private final Map<Long, VioletOrder> orders = new HashMap<>();
    private final TreeMap<Long, VioletRefund> refunds = new TreeMap<>();
    private final Map<Long, List<Long>> byBag = new HashMap<>();
    private final Map<Long, Undecided> undecided = new HashMap<>();

    VioletOrders(Ledger ledger, VioletWebhooks webhooks) {
        this.ledger = ledger;
        this.webhooks = webhooks;
        ledger.entries().forEach(this::apply);
    }

    VioletOrder order(long id) {
        return Optional.ofNullable(orders.get(id)).orElseThrow(VioletError.ORDER_NOT_FOUND::refuse);
    }

    long nextRefundId() {
        return refunds.isEmpty() ? FIRST_REFUND : refunds.lastKey() + 1;
    }

    void put(VioletOrder order) {
        apply(ledger.write(ORDER, order));
    }

    void refund(String kind, VioletRefund refund, VioletRefundRequest understood, JsonNode asked, Settling settling) {
        apply(ledger.write(kind, new Refunded(refund, understood, asked, settling)));
        tell(refund);
    }

    void become(long refundId, VioletRefund.Status status) {
        if (!refunds.containsKey(refundId)) {
            throw VioletError.ORDER_REFUND_NOT_FOUND.refuse();
        }
        apply(ledger.write(STATUS, new NewStatus(refundId, status)));
        tell(refunds.get(refundId));
    }

    private void tell(VioletRefund refund) {
        webhooks.changed(asItStands(order(refund.orderId())), refund.bagId());
    }

    /** The refund of this id. Reading may settle what is undecided. */
    Optional<VioletRefund> read(long id) {
        settle(id);
        return Optional.ofNullable(refunds.get(id));
    }

    /** The refunds of these bags, newest first. Reading may settle what is undecided. */
    List<VioletRefund> read(List<VioletOrder.Bag> bags) {
        List<Long> ids = of(bags).map(VioletRefund::id).toList();
        return ids.stream().flatMap(id -> read(id).stream()).toList();
    }

    /** What every refund of the bag together took or is about to take. */
    int taken(VioletOrder.Bag bag) {
        return of(List.of(bag))
                .filter(VioletRefund::counts)
                .mapToInt(VioletRefund::amount)
                .sum();
    }

    /** The order with what its refunds made of it and its bags. */
    VioletOrder asItStands(VioletOrder order) {
        List<VioletOrder.Bag> bags =
                order.bags().stream().map(bag -> bag.after(moved(bag))).toList();
        return order.after(bags);
    }

    private Stream<VioletRefund> of(List<VioletOrder.Bag> bags) {
        return bags.stream()
                .flatMap(bag -> byBag.getOrDefault(bag.id(), List.of()).stream())
                .sorted(Comparator.reverseOrder())
                .map(refunds::get);
    }

    private int moved(VioletOrder.Bag bag) {
        return of(List.of(bag))
                .filter(VioletRefund::moved)
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
                VioletRefund refund = refunded.refund();
                refunds.put(refund.id(), refund);
                byBag.computeIfAbsent(refund.bagId(), bag -> new ArrayList<>()).add(refund.id());
                if (refunded.settling() != null) {
                    undecided.put(refund.id(), new Undecided(Instant.parse(entry.at()), refunded.settling()));
                }
            }
            case STATUS -> {
                NewStatus change = Json.as(NewStatus.class, entry.what());
                refunds.computeIfPresent(
                        change.refundId(), (id, refund) -> refund.become(change.status(), Instant.parse(entry.at())));
                undecided.remove(change.refundId());
            }
            default -> throw new IllegalStateException("not a ledger of Violet: " + entry.kind());
        }
    }
}
