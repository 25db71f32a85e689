package dev.refundhub.refunds.refund;

import dev.refundhub.messages.PartnerReport.BagRefund;
import dev.refundhub.messages.PartnerReport.RefundedSku;
import dev.refundhub.refunds.order.Order;
import dev.refundhub.refunds.order.OrderLine;
import dev.refundhub.refunds.order.Portion;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** Books what others have done with the money of an order: each fact once, for ever, by its source ref. */
@ApplicationScoped
public class Facts {

    private static final String VIOLET = "VIOLET";
    private static final String LATE = "/late";
    private static final Set<String> NOTHING_MOVED = Set.of("FAILED", "CANCELED");

    private final Refunds refunds;

    Facts(Refunds refunds) {
        this.refunds = refunds;
    }

    /** Money that moved for a refund which did not count on it any more is a refund of its own, for a person to look at. */
    public Uni<Void> late(Books books, Refund refund, long moved, String reference, By by) {
        Wish wish = late(refund);
        return unlessKnown(books, refund.order(), wish, late -> {
            late.hold(Hold.CONTRADICTED, "refund " + refund.id() + " was " + refund.status(), by);
            books.keep(late, late.book(Portion.scaled(refund.lines(), moved), reference, "PAID_AFTER_ALL", by));
        });
    }

    /** News about a refund that is over, with no money moved: a person decides whether it is a new one. */
    public Uni<Void> lateNews(Books books, Refund refund, String detail, By by) {
        return unlessKnown(
                books,
                refund.order(),
                late(refund),
                late -> books.keep(late, late.heldFor(Hold.CONTRADICTED, detail, by)));
    }

    private static Wish late(Refund refund) {
        return refund.wish().named(refund.wish().sourceRef() + LATE);
    }

    private Uni<Void> unlessKnown(Books books, Order order, Wish wish, Consumer<Refund> begin) {
        return refunds.bySourceRefs(books.session(), order.key().seller(), wish.sourceKind(), List.of(wish.sourceRef()))
                .chain(known -> known.isEmpty()
                        ? refunds.newIds(books.session(), 1).invoke(ids -> {
                            Refund refund = new Refund(ids.get(0), order, wish, books.now());
                            books.add(refund);
                            begin.accept(refund);
                        })
                        : Uni.createFrom().voidItem())
                .replaceWithVoid();
    }

    /**
     * Books every refund of a bag at Violet that is not ours and moved money. One of which Violet does not say how much waits
     * for a person, until a later list says it.
     *
     * @return the ids of all that is known now and not ours
     */
    public Uni<List<String>> atViolet(Books books, Order order, List<BagRefund> listed, By by) {
        Map<String, BagRefund> strangers = new LinkedHashMap<>();
        listed.stream()
                .filter(r -> r != null && r.partnerRefundId() != null && !r.ours())
                .filter(r -> !NOTHING_MOVED.contains(r.status()))
                .forEach(r -> strangers.put(r.partnerRefundId(), r));
        if (strangers.isEmpty()) {
            return Uni.createFrom().item(List.of());
        }
        return refunds.ofOrder(books.session(), order.key())
                .invoke(all -> strangers.values().removeIf(r -> all.stream().anyMatch(refund -> refund.paid(r))))
                .chain(all -> book(books, order, strangers, by))
                .replaceWith(() -> List.copyOf(strangers.keySet()));
    }

    private Uni<Void> book(Books books, Order order, Map<String, BagRefund> strangers, By by) {
        return refunds.bySourceRefs(books.session(), order.key().seller(), VIOLET, strangers.keySet())
                .chain(known -> {
                    Map<String, Refund> byRef = known.stream()
                            .collect(Collectors.toMap(r -> r.wish().sourceRef(), r -> r));
                    Map<String, BagRefund> news = new LinkedHashMap<>(strangers);
                    news.keySet().removeAll(byRef.keySet());
                    byRef.forEach((ref, refund) -> nowSaysHowMuch(books, refund, strangers.get(ref), by));
                    return refunds.newIds(books.session(), news.size())
                            .invoke(ids -> news.forEach((ref, fact) -> book(books, order, fact, ids.remove(0), by)));
                })
                .replaceWithVoid();
    }

    private static void nowSaysHowMuch(Books books, Refund refund, BagRefund fact, By by) {
        if (refund.status() == RefundStatus.REQUESTED && isBookable(refund.order(), fact)) {
            books.keep(
                    refund,
                    refund.book(portions(refund.order(), fact), fact.partnerRefundId(), "REFUNDED_ELSEWHERE", by));
        }
    }

    private static void book(Books books, Order order, BagRefund fact, long id, By by) {
        Wish none = new Wish(VIOLET, fact.partnerRefundId(), VIOLET, VIOLET, null, List.of());
        Refund refund = new Refund(id, order, none, books.now());
        books.add(refund);
        if (isBookable(order, fact)) {
            books.keep(refund, refund.book(portions(order, fact), fact.partnerRefundId(), "REFUNDED_ELSEWHERE", by));
        } else {
            boolean foreign = fact.currency() != null && !fact.currency().equals(order.currency());
            books.keep(
                    refund,
                    refund.heldFor(
                            foreign ? Hold.UNKNOWN_CURRENCY : Hold.AMOUNT_MISMATCH,
                            "Violet lists refund " + fact.partnerRefundId() + " of "
                                    + (fact.amountMinor() == null ? "an unknown amount" : fact.amountMinor())
                                    + " " + fact.currency() + " (minor units)",
                            by));
        }
    }

    private static boolean isBookable(Order order, BagRefund fact) {
        return fact.amountMinor() != null
                && fact.amountMinor() > 0
                && (fact.currency() == null || fact.currency().equals(order.currency()));
    }

    /** On the lines that Violet names, shipping on the bag's shipping; on all lines where it names none that we know. */
    private static List<Portion> portions(Order order, BagRefund fact) {
        List<Portion> items = new ArrayList<>();
        for (RefundedSku sku : fact.skus() == null ? List.<RefundedSku>of() : fact.skus()) {
            Optional<OrderLine> line = order.lines().stream()
                    .filter(l ->
                            l.orderSkuId().filter(id -> id == sku.orderSkuId()).isPresent())
                    .findFirst();
            if (line.isEmpty()) {
                return order.spread(fact.amountMinor());
            }
            int quantity = sku.quantity() == null ? 0 : Math.max(sku.quantity(), 0);
            items.add(new Portion(
                    line.get().lineId(), quantity, Math.max(line.get().money().paid(), 1)));
        }
        long shipping = fact.shippingMinor() == null ? 0 : Math.min(fact.shippingMinor(), fact.amountMinor());
        Optional<OrderLine> shippingLine = items.stream()
                .findFirst()
                .flatMap(first -> order.lineOf(first).bag())
                .flatMap(bag -> order.lines().stream()
                        .filter(l -> l.orderSkuId().isEmpty()
                                && l.bag().filter(bag::equals).isPresent())
                        .findFirst());
        if (items.isEmpty() || hasTwice(items) || (shipping > 0 && shippingLine.isEmpty())) {
            return order.spread(fact.amountMinor());
        }
        List<Portion> portions = new ArrayList<>(Portion.scaled(items, fact.amountMinor() - Math.max(shipping, 0)));
        if (shipping > 0) {
            portions.add(new Portion(shippingLine.orElseThrow().lineId(), 0, shipping));
        }
        return portions;
    }

    private static boolean hasTwice(List<Portion> portions) {
        return portions.stream().map(Portion::lineId).distinct().count() < portions.size();
    }
}
