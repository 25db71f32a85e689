package dev.refundhub.refunds.feed;

import dev.refundhub.messages.MerchantOrder;
import dev.refundhub.refunds.order.Order;
import dev.refundhub.refunds.order.Portion;
import dev.refundhub.refunds.order.ToldOrder;
import dev.refundhub.refunds.refund.Books;
import dev.refundhub.refunds.refund.By;
import dev.refundhub.refunds.refund.Refund;
import dev.refundhub.refunds.refund.Refunds;
import dev.refundhub.refunds.refund.Wish;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Books what the merchant gave back past the hub: each once, for ever. */
@ApplicationScoped
class RefundedElsewhere {

    private static final String SOURCE_KIND = "ORDER";
    private static final String SOURCE = "orders";

    /** A statement has no more than 65,535 parameters, and one order tells up to a thousand facts. */
    private static final int MOST_AT_ONCE = 1_000;

    private final Refunds refunds;

    RefundedElsewhere(Refunds refunds) {
        this.refunds = refunds;
    }

    /** An order's own refs need only be its own: the source ref begins with the order's id. Many are asked for at once. */
    Uni<Void> book(Books books, List<ToldOrder> news) {
        Map<String, Map<String, Fact>> bySeller = new LinkedHashMap<>();
        for (ToldOrder told : news) {
            Order order = books.order(told.key()).orElseThrow();
            for (MerchantOrder.RefundedElsewhere refunded : told.order().refundedElsewhere()) {
                bySeller.computeIfAbsent(order.key().seller(), seller -> new LinkedHashMap<>())
                        .putIfAbsent(told.order().orderId() + "/" + refunded.ref(), new Fact(order, refunded));
            }
        }
        Uni<Void> done = Uni.createFrom().voidItem();
        for (Map.Entry<String, Map<String, Fact>> each : bySeller.entrySet()) {
            for (Map<String, Fact> some : inParts(each.getValue())) {
                done = done.chain(() -> book(books, each.getKey(), some));
            }
        }
        return done;
    }

    private static List<Map<String, Fact>> inParts(Map<String, Fact> facts) {
        List<Map<String, Fact>> parts = new ArrayList<>();
        facts.forEach((ref, fact) -> {
            if (parts.isEmpty() || parts.get(parts.size() - 1).size() == MOST_AT_ONCE) {
                parts.add(new LinkedHashMap<>());
            }
            parts.get(parts.size() - 1).put(ref, fact);
        });
        return parts;
    }

    /** What was given back of an order. */
    private record Fact(Order order, MerchantOrder.RefundedElsewhere refunded) {}

    private Uni<Void> book(Books books, String seller, Map<String, Fact> facts) {
        return refunds.bySourceRefs(books, seller, SOURCE_KIND, facts.keySet())
                .invoke(known ->
                        known.forEach(refund -> facts.remove(refund.wish().sourceRef())))
                .chain(() -> refunds.newIds(books.session(), facts.size()))
                .invoke(ids -> facts.forEach((ref, fact) -> book(books, ref, fact, ids.remove(0))))
                .replaceWithVoid();
    }

    private static void book(Books books, String ref, Fact fact, long id) {
        Wish none = new Wish(SOURCE_KIND, ref, SOURCE, SOURCE, null, List.of());
        Refund refund = new Refund(id, fact.order(), none, books.now());
        books.add(refund);
        books.keep(refund, refund.book(portions(fact.order(), fact.refunded()), new By(SOURCE, null, books.now())));
    }

    private static List<Portion> portions(Order order, MerchantOrder.RefundedElsewhere fact) {
        boolean areKnown =
                fact.lines().stream().allMatch(line -> order.line(line.lineId()).isPresent());
        return fact.lines().isEmpty() || !areKnown
                ? order.spread(fact.amountMinor())
                : fact.lines().stream()
                        .map(line -> new Portion(line.lineId(), line.quantity(), line.amountMinor()))
                        .toList();
    }
}
