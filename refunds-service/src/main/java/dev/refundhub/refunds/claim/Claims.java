package dev.refundhub.refunds.claim;

import dev.refundhub.messages.PartnerClaim;
import dev.refundhub.refunds.order.Asked;
import dev.refundhub.refunds.order.BadOrder;
import dev.refundhub.refunds.order.Order;
import dev.refundhub.refunds.order.OrderKey;
import dev.refundhub.refunds.order.ToldOrder;
import dev.refundhub.refunds.order.ToldOrders;
import dev.refundhub.refunds.parked.Addressed;
import dev.refundhub.refunds.parked.ParkedEvents;
import dev.refundhub.refunds.parked.Told;
import dev.refundhub.refunds.policy.Policies;
import dev.refundhub.refunds.policy.Policy;
import dev.refundhub.refunds.refund.Approvals;
import dev.refundhub.refunds.refund.Books;
import dev.refundhub.refunds.refund.By;
import dev.refundhub.refunds.refund.Refund;
import dev.refundhub.refunds.refund.Refunds;
import dev.refundhub.refunds.refund.Wish;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Makes a refund of each claim that is news: reserved and decided, on hold, or parked until its order is known. */
@ApplicationScoped
class Claims {

    private final Refunds refunds;
    private final ParkedEvents parked;
    private final Policies policies;
    private final Approvals approvals;
    private final ToldOrders toldOrders;

    Claims(Refunds refunds, ParkedEvents parked, Policies policies, Approvals approvals, ToldOrders toldOrders) {
        this.refunds = refunds;
        this.parked = parked;
        this.policies = policies;
        this.approvals = approvals;
        this.toldOrders = toldOrders;
    }

    /** What the shopper is to have. */
    enum Kind {
        REFUND,
        /** The goods again: the units are used up, and nothing is paid. */
        REPLACEMENT
    }

    /** A claim and the id of the event that told it. */
    record Claimed(Told told) {

        PartnerClaim claim() {
            return (PartnerClaim) told.message();
        }

        OrderKey orderKey() {
            return new OrderKey(claim().seller(), claim().order().id());
        }

        CaseKey key() {
            return CaseKey.of(claim());
        }
    }

    /** In one transaction that has locked the orders of all of them. */
    Uni<Void> take(Books books, List<Claimed> told) {
        Map<CaseKey, Claimed> news = new LinkedHashMap<>();
        told.forEach(each -> news.putIfAbsent(each.key(), each));
        return CaseKey.find(
                        news.keySet(),
                        (seller, partner, refs) -> refunds.bySourceRefs(books, seller, partner, refs),
                        refund -> refund.wish().sourceRef())
                .invoke(known -> news.keySet().removeAll(known.keySet()))
                .chain(() -> parkWhatNobodyKnows(books, news))
                .chain(() -> news.isEmpty() ? Uni.createFrom().voidItem() : request(books, List.copyOf(news.values())));
    }

    private Uni<Void> parkWhatNobodyKnows(Books books, Map<CaseKey, Claimed> news) {
        List<Addressed> unknown = new ArrayList<>();
        for (Iterator<Claimed> each = news.values().iterator(); each.hasNext(); ) {
            Claimed told = each.next();
            if (order(books, told).isEmpty()) {
                each.remove();
                unknown.add(new Addressed(
                        told.orderKey(), new Told(told.told().eventId(), withoutOrder(told.claim()), null)));
            }
        }
        return parked.park(books.session(), unknown, books.now());
    }

    /** It is taken up when the order is known: what the partner told of it, and of the shopper, need not be kept. */
    private static PartnerClaim withoutOrder(PartnerClaim claim) {
        return new PartnerClaim(
                claim.seller(),
                claim.source(),
                claim.partner(),
                claim.deliveryId(),
                claim.receivedAt(),
                claim.caseRef(),
                claim.order(),
                claim.kind(),
                claim.reason(),
                claim.items(),
                null);
    }

    /** The order, learned from the claim itself where nobody else told it. */
    private Optional<Order> order(Books books, Claimed told) {
        return books.order(told.orderKey()).or(() -> learned(told).map(order -> {
            books.add(order);
            return order;
        }));
    }

    /** A payload that does not hold together teaches nothing. */
    private Optional<Order> learned(Claimed told) {
        if (told.claim().orderAsTold() == null) {
            return Optional.empty();
        }
        try {
            ToldOrder order = toldOrders.fromPartner(told.claim().orderAsTold());
            return order.key().equals(told.orderKey())
                    ? Optional.of(new Order(order.order(), order.digest()))
                    : Optional.empty();
        } catch (BadOrder e) {
            return Optional.empty();
        }
    }

    private Uni<Void> request(Books books, List<Claimed> news) {
        Set<String> sellers = news.stream().map(t -> t.claim().seller()).collect(Collectors.toSet());
        return refunds.newIds(books.session(), news.size())
                .chain(ids -> policies.of(books.session(), sellers).chain(bySeller -> {
                    List<Refund> requested = new ArrayList<>();
                    for (int i = 0; i < news.size(); i++) {
                        books.because(news.get(i).told().trace());
                        requested.add(request(books, ids.get(i), news.get(i), bySeller));
                    }
                    books.because(null);
                    return approvals.decide(books, requested, bySeller);
                }));
    }

    private static Refund request(Books books, long id, Claimed told, Map<String, Policy> bySeller) {
        PartnerClaim claim = told.claim();
        Order order = books.order(told.orderKey()).orElseThrow();
        Policy policy = bySeller.getOrDefault(claim.seller(), Policy.NONE);
        Refund refund = new Refund(id, order, wish(claim), true, policy.overdueAfterDays(), books.now());
        boolean withTax = policy.of(claim.source()).includeTax();
        By by = new By(claim.partner() + ", delivery " + claim.deliveryId(), claim.reason(), books.now());
        books.add(refund);
        books.keep(refund, refund.request(withTax, by));
        return refund;
    }

    private static Wish wish(PartnerClaim claim) {
        return new Wish(
                claim.partner(),
                claim.caseRef(),
                claim.source(),
                claim.source(),
                claim.reason(),
                claim.items().stream()
                        .map(i -> new Asked(i.lineId(), i.quantity()))
                        .toList(),
                null,
                Kind.valueOf(claim.kind()) == Kind.REPLACEMENT);
    }
}
