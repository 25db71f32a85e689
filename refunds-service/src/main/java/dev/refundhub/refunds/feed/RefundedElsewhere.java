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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Books what the merchant gave back past the hub: each once, for ever. */
@ApplicationScoped
class RefundedElsewhere {

    private static final String SOURCE_KIND = "ORDER";
    private static final String SOURCE = "orders";

    private final Refunds refunds;

    RefundedElsewhere(Refunds refunds) {
        this.refunds = refunds;
    }

    /** An order's own refs need only be its own: the source ref begins with the order's id. */
    Uni<Void> book(Books books, List<ToldOrder> news) {
        Uni<Void> done = Uni.createFrom().voidItem();
        for (ToldOrder told : news) {
            Map<String, MerchantOrder.RefundedElsewhere> facts = new LinkedHashMap<>();
            told.order()
                    .refundedElsewhere()
                    .forEach(f -> facts.putIfAbsent(told.order().orderId() + "/" + f.ref(), f));
            if (!facts.isEmpty()) {
                Order order = books.order(told.key()).orElseThrow();
                done = done.chain(() -> book(books, order, facts));
            }
        }
        return done;
    }

    private Uni<Void> book(Books books, Order order, Map<String, MerchantOrder.RefundedElsewhere> facts) {
        return refunds.bySourceRefs(books, order.key().seller(), SOURCE_KIND, facts.keySet())
                .invoke(known ->
                        known.forEach(refund -> facts.remove(refund.wish().sourceRef())))
                .chain(() -> refunds.newIds(books.session(), facts.size()))
                .invoke(ids -> facts.forEach((ref, fact) -> book(books, order, ref, fact, ids.remove(0))))
                .replaceWithVoid();
    }

    private static void book(Books books, Order order, String ref, MerchantOrder.RefundedElsewhere fact, long id) {
        Wish none = new Wish(SOURCE_KIND, ref, SOURCE, SOURCE, null, List.of());
        Refund refund = new Refund(id, order, none, books.now());
        books.add(refund);
        books.keep(refund, refund.book(portions(order, fact), new By(SOURCE, null, books.now())));
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
