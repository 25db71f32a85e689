package dev.refundhub.refunds.refund;

import dev.refundhub.messages.PartnerReport.BagRefund;
import dev.refundhub.messages.PartnerReport.RefundedSku;
import dev.refundhub.refunds.order.Bag;
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
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Books what others have done with the money of an order: each fact once, for ever, by its source ref. */
@ApplicationScoped
public class Facts {

    private static final String VIOLET = "VIOLET";
    private static final String LATE = "/late";
    private static final int MOST_LATE = 20;
    private static final Set<String> NOTHING_MOVED = Set.of("FAILED", "CANCELED");

    private final Refunds refunds;

    Facts(Refunds refunds) {
        this.refunds = refunds;
    }

    /**
     * Money that moved for a refund which did not count on it any more is a refund of its own, for a person to look at: each
     * payment once, by its reference.
     *
     * @param lines what it was for; where nobody knows, it lies on what is left
     * @param reference the payer's own; null where there is none
     */
    public Uni<Void> late(Books books, Refund refund, List<Portion> lines, long moved, String reference, By by) {
        List<Portion> portions = lines.isEmpty() ? refund.order().spread(moved) : Portion.scaled(lines, moved);
        return begin(books, refund, known -> known.stream().anyMatch(late -> late.hasPayout(reference)), late -> {
            late.hold(Hold.CONTRADICTED, "refund " + refund.id() + " was " + refund.status(), by);
            books.keep(late, late.book(portions, reference, "PAID_AFTER_ALL", by));
        });
    }

    /** News about a refund that is over, with no money moved: a person decides whether it is a new one. */
    public Uni<Void> lateNews(Books books, Refund refund, String detail, By by) {
        return begin(
                books,
                refund,
                known -> !known.isEmpty(),
                late -> books.keep(late, late.heldFor(Hold.CONTRADICTED, detail, by)));
    }

    /**
     * Something that a partner tells of a case as if it were this order's, while its refund is another's, which is not locked and
     * is left as it is: a person must look at it, once.
     */
    public Uni<Void> ofAnotherOrder(Books books, Order order, Wish told, String detail, By by) {
        Wish wish = told.named(told.sourceRef() + "@" + order.key().orderId());
        return refunds.bySourceRefs(books, order.key().seller(), wish.sourceKind(), List.of(wish.sourceRef()))
                .chain(known -> known.isEmpty()
                        ? refunds.newIds(books.session(), 1).invoke(ids -> {
                            Refund held = new Refund(ids.get(0), order, wish, books.now());
                            books.add(held);
                            books.keep(held, held.heldFor(Hold.CONTRADICTED, detail, by));
                        })
                        : Uni.createFrom().item(List.of()))
                .replaceWithVoid();
    }

    /** The first of its late names that is free, unless what is known already says the same. */
    private Uni<Void> begin(Books books, Refund refund, Predicate<List<Refund>> isKnown, Consumer<Refund> begin) {
        Order order = refund.order();
        Wish wish = refund.wish();
        List<String> names = IntStream.rangeClosed(1, MOST_LATE)
                .mapToObj(no -> wish.sourceRef() + LATE + (no == 1 ? "" : "/" + no))
                .toList();
        return refunds.bySourceRefs(books, order.key().seller(), wish.sourceKind(), names)
                .chain(known -> isKnown.test(known)
                        ? Uni.createFrom().voidItem()
                        : refunds.newIds(books.session(), 1).invoke(ids -> {
                            String name = names.stream()
                                    .filter(each -> known.stream()
                                            .noneMatch(late ->
                                                    late.wish().sourceRef().equals(each)))
                                    .findFirst()
                                    .orElseThrow();
                            Refund late = new Refund(ids.get(0), order, wish.named(name), books.now());
                            books.add(late);
                            begin.accept(late);
                        }))
                .replaceWithVoid();
    }

    /**
     * Books every refund of a bag at Violet that is not ours and moved money. One of which Violet does not say how much waits
     * for a person, until a later list says it. One that was booked and is listed as failed has come back.
     *
     * @param bag where they are listed
     * @return the ids of all that may have moved money, ours too: they are known now and stand in nobody's way
     */
    public Uni<List<String>> atViolet(Books books, Order order, Bag bag, List<BagRefund> listed, By by) {
        return reverse(books, order, listed, by).chain(() -> bookStrangers(books, order, bag, listed, by));
    }

    private Uni<Void> reverse(Books books, Order order, List<BagRefund> listed, By by) {
        List<String> failed = listed.stream()
                .filter(r -> r != null && r.partnerRefundId() != null && !r.ours())
                .filter(r -> NOTHING_MOVED.contains(r.status()))
                .map(BagRefund::partnerRefundId)
                .toList();
        return failed.isEmpty()
                ? Uni.createFrom().voidItem()
                : refunds.bySourceRefs(books, order.key().seller(), VIOLET, failed)
                        .invoke(known -> known.stream()
                                .filter(refund -> refund.order() == order && refund.status() == RefundStatus.ISSUED)
                                .forEach(refund -> books.keep(refund, refund.reverse(by))))
                        .replaceWithVoid();
    }

    private Uni<List<String>> bookStrangers(Books books, Order order, Bag bag, List<BagRefund> listed, By by) {
        Map<String, BagRefund> strangers = new LinkedHashMap<>();
        listed.stream().filter(Facts::mayHaveMoved).forEach(r -> strangers.put(r.partnerRefundId(), r));
        List<String> all = List.copyOf(strangers.keySet());
        strangers.values().removeIf(BagRefund::ours);
        if (strangers.isEmpty()) {
            return Uni.createFrom().item(all);
        }
        return refunds.paidOrToBePaid(books, order.key().seller(), VIOLET, all)
                .invoke(strangers.keySet()::removeAll)
                .chain(() -> strangers.isEmpty()
                        ? Uni.createFrom().voidItem()
                        : refunds.ofOrder(books.session(), order.key())
                                .invoke(ours -> strangers.values().removeIf(r -> ours.stream()
                                        .anyMatch(refund -> refund.paid(r))))
                                .chain(() -> book(books, order, bag, strangers, by)))
                .replaceWith(all);
    }

    /** Whether it was made at Violet itself, and booked here as it was found. */
    static boolean isOfViolet(Refund refund) {
        return VIOLET.equals(refund.wish().sourceKind());
    }

    private static boolean mayHaveMoved(BagRefund listed) {
        return listed != null && listed.partnerRefundId() != null && !NOTHING_MOVED.contains(listed.status());
    }

    /** Whether it is known of each that may have moved money how much that is. */
    static boolean areBookable(Order order, List<BagRefund> listed) {
        return listed.stream().filter(Facts::mayHaveMoved).allMatch(fact -> isBookable(order, fact));
    }

    private Uni<Void> book(Books books, Order order, Bag bag, Map<String, BagRefund> strangers, By by) {
        return refunds.bySourceRefs(books, order.key().seller(), VIOLET, strangers.keySet())
                .chain(known -> {
                    Map<String, Refund> byRef = known.stream()
                            .collect(Collectors.toMap(r -> r.wish().sourceRef(), r -> r));
                    Map<String, BagRefund> news = new LinkedHashMap<>(strangers);
                    news.keySet().removeAll(byRef.keySet());
                    byRef.values().removeIf(refund -> refund.order() != order);
                    return refunds.newIds(books.session(), news.size())
                            .invoke(ids ->
                                    news.forEach((ref, fact) -> book(books, order, bag, fact, ids.remove(0), by)))
                            .chain(() -> nowSayHowMuch(books, bag, byRef, strangers, by));
                })
                .replaceWithVoid();
    }

    private Uni<Void> nowSayHowMuch(
            Books books, Bag bag, Map<String, Refund> known, Map<String, BagRefund> listed, By by) {
        Uni<Void> done = Uni.createFrom().voidItem();
        for (Map.Entry<String, Refund> each : known.entrySet()) {
            done = done.chain(() -> nowSaysHowMuch(books, bag, each.getValue(), listed.get(each.getKey()), by));
        }
        return done;
    }

    /** Also where a person has said no to it meanwhile: that it was paid is a fact. */
    private Uni<Void> nowSaysHowMuch(Books books, Bag bag, Refund refund, BagRefund fact, By by) {
        if (!isBookable(refund.order(), fact)) {
            return Uni.createFrom().voidItem();
        }
        List<Portion> portions = portions(refund.order(), bag, fact);
        return switch (refund.status()) {
            case REQUESTED -> {
                books.keep(refund, refund.book(portions, fact.partnerRefundId(), "REFUNDED_ELSEWHERE", by));
                yield Uni.createFrom().voidItem();
            }
            case DENIED, CANCELLED -> late(books, refund, portions, fact.amountMinor(), fact.partnerRefundId(), by);
            case WAITING, PROCESSING, ISSUED -> Uni.createFrom().voidItem();
        };
    }

    private static void book(Books books, Order order, Bag bag, BagRefund fact, long id, By by) {
        Wish none = new Wish(VIOLET, fact.partnerRefundId(), VIOLET, VIOLET, null, List.of());
        Refund refund = new Refund(id, order, none, books.now());
        books.add(refund);
        if (isBookable(order, fact)) {
            books.keep(
                    refund, refund.book(portions(order, bag, fact), fact.partnerRefundId(), "REFUNDED_ELSEWHERE", by));
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

    /** Shipping on the bag's shipping; the rest on the lines that Violet names, or on all of the bag where it names none that we know. */
    private static List<Portion> portions(Order order, Bag bag, BagRefund fact) {
        long told = fact.shippingMinor() == null ? 0 : Math.max(0, Math.min(fact.shippingMinor(), fact.amountMinor()));
        Optional<OrderLine> shipping = order.lines().stream()
                .filter(line -> line.orderSkuId().isEmpty())
                .filter(line -> line.bag().filter(bag::equals).isPresent())
                .findFirst();
        long onShipping = shipping.isPresent() ? told : 0;
        long onItems = fact.amountMinor() - onShipping;
        List<Portion> portions = new ArrayList<>();
        if (onItems > 0) {
            List<Portion> items = items(order, fact);
            portions.addAll(items.isEmpty() ? order.spread(onItems, bag) : Portion.scaled(items, onItems));
        }
        if (onShipping > 0) {
            portions.add(new Portion(shipping.orElseThrow().lineId(), 0, onShipping));
        }
        return hasTwice(portions) ? order.spread(fact.amountMinor(), bag) : portions;
    }

    /** Empty where one is not known, or named twice. */
    private static List<Portion> items(Order order, BagRefund fact) {
        List<Portion> items = new ArrayList<>();
        for (RefundedSku sku : fact.skus() == null ? List.<RefundedSku>of() : fact.skus()) {
            Optional<OrderLine> line = order.lines().stream()
                    .filter(l ->
                            l.orderSkuId().filter(id -> id == sku.orderSkuId()).isPresent())
                    .findFirst();
            if (line.isEmpty()) {
                return List.of();
            }
            int quantity = sku.quantity() == null ? 0 : Math.max(sku.quantity(), 0);
            items.add(new Portion(
                    line.get().lineId(), quantity, Math.max(line.get().money().paid(), 1)));
        }
        return hasTwice(items) ? List.of() : items;
    }

    private static boolean hasTwice(List<Portion> portions) {
        return portions.stream().map(Portion::lineId).distinct().count() < portions.size();
    }
}
