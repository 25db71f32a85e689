package dev.refundhub.refunds.rma;

import dev.refundhub.messages.PartnerReturn;
import dev.refundhub.refunds.order.Order;
import dev.refundhub.refunds.order.OrderKey;
import dev.refundhub.refunds.order.OrderRef;
import dev.refundhub.refunds.order.Orders;
import dev.refundhub.refunds.parked.ParkedEvents;
import dev.refundhub.refunds.parked.Told;
import dev.refundhub.refunds.policy.Policies;
import dev.refundhub.refunds.policy.Policy;
import dev.refundhub.refunds.refund.Approvals;
import dev.refundhub.refunds.refund.Books;
import dev.refundhub.refunds.refund.By;
import dev.refundhub.refunds.refund.Facts;
import dev.refundhub.refunds.refund.Refunds;
import dev.refundhub.refunds.refund.Sellers;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.hibernate.reactive.mutiny.Mutiny;

/**
 * Returns as a partner tells them: the whole of a return each time, late and repeated. Each of its orders takes its part in a
 * transaction of its own, and no order takes an older part after a newer one.
 */
@ApplicationScoped
public class Rmas {

    private final Mutiny.SessionFactory sessions;
    private final Orders orders;
    private final Refunds refunds;
    private final ParkedEvents parked;
    private final Policies policies;
    private final Approvals approvals;
    private final Sellers sellers;
    private final Facts facts;

    Rmas(
            Mutiny.SessionFactory sessions,
            Orders orders,
            Refunds refunds,
            ParkedEvents parked,
            Policies policies,
            Approvals approvals,
            Sellers sellers,
            Facts facts) {
        this.sessions = sessions;
        this.orders = orders;
        this.refunds = refunds;
        this.parked = parked;
        this.policies = policies;
        this.approvals = approvals;
        this.sellers = sellers;
        this.facts = facts;
    }

    /** Order by order, also those that only an earlier snapshot named; a part for an order that nobody knows waits for it alone. */
    public Uni<Void> take(Told told) {
        PartnerReturn whole = (PartnerReturn) told.message();
        Map<OrderRef, List<PartnerReturn.Item>> parts = whole.items().stream()
                .collect(Collectors.groupingBy(
                        i -> new OrderRef(whole.seller(), i.orderId(), i.orderNumber()),
                        LinkedHashMap::new,
                        Collectors.toList()));
        return sessions.withSession(session -> orders.meant(session, parts.keySet())
                        .chain(meant -> RmaGuard.seen(session, whole).map(seen -> news(parts, meant, seen))))
                .chain(byOrder -> {
                    Uni<Void> done = Uni.createFrom().voidItem();
                    for (Map.Entry<OrderKey, List<PartnerReturn.Item>> each : byOrder.entrySet()) {
                        PartnerReturn part = part(whole, each.getValue());
                        done = done.chain(() -> refunds.change(Set.of(each.getKey()), books -> {
                            books.because(told.trace());
                            return take(books, each.getKey(), part);
                        }));
                    }
                    return done.chain(() -> park(told, whole, parts));
                });
    }

    /** What those orders are told that have not seen it: for the others nothing is locked. */
    private static Map<OrderKey, List<PartnerReturn.Item>> news(
            Map<OrderRef, List<PartnerReturn.Item>> parts,
            Map<OrderRef, Set<OrderKey>> meant,
            Map<OrderKey, Boolean> seen) {
        Map<OrderKey, List<PartnerReturn.Item>> byOrder = byOrder(parts, meant, seen.keySet());
        byOrder.keySet().removeIf(order -> seen.getOrDefault(order, false));
        return byOrder;
    }

    /** Takes out of the parts those whose order is known. Of several that may be meant, one that has seen this return is. */
    private static Map<OrderKey, List<PartnerReturn.Item>> byOrder(
            Map<OrderRef, List<PartnerReturn.Item>> parts, Map<OrderRef, Set<OrderKey>> meant, Set<OrderKey> before) {
        Map<OrderKey, List<PartnerReturn.Item>> byOrder = new TreeMap<>();
        before.forEach(order -> byOrder.put(order, new ArrayList<>()));
        meant.forEach((ref, all) -> {
            Set<OrderKey> seen = all.stream().filter(before::contains).collect(Collectors.toSet());
            Set<OrderKey> likely = seen.isEmpty() ? all : seen;
            if (likely.size() == 1) {
                byOrder.computeIfAbsent(likely.iterator().next(), order -> new ArrayList<>())
                        .addAll(parts.remove(ref));
            }
        });
        return byOrder;
    }

    /** What waits is of the newest snapshot alone: one that comes late waits for nobody, one that is newer takes its place. */
    private Uni<Void> park(Told told, PartnerReturn whole, Map<OrderRef, List<PartnerReturn.Item>> parts) {
        return sessions.withSession(session -> parked.ofCase(
                                session, whole.seller(), PartnerReturn.TYPE, whole.caseRef())
                        .chain(waiting -> RmaGuard.isOutdated(session, whole).map(isOutdated -> {
                            if (isOutdated || waiting.stream().anyMatch(each -> RmaGuard.isNewer(of(each), whole))) {
                                parts.clear();
                            }
                            return waiting.stream()
                                    .filter(each -> RmaGuard.isNewer(whole, of(each)))
                                    .map(Told::eventId)
                                    .toList();
                        })))
                .chain(superseded -> parked.forget(whole.seller(), superseded))
                .chain(() -> {
                    Uni<Void> done = Uni.createFrom().voidItem();
                    for (Map.Entry<OrderRef, List<PartnerReturn.Item>> each : parts.entrySet()) {
                        done = done.chain(() -> park(told, each.getKey(), part(whole, each.getValue())));
                    }
                    return done;
                });
    }

    private static PartnerReturn of(Told waiting) {
        return (PartnerReturn) waiting.message();
    }

    /** Where the order has come meanwhile, the part is taken at once. */
    private Uni<Void> park(Told told, OrderRef order, PartnerReturn part) {
        Told alone = new Told(told.eventId() + " " + order.id() + " " + order.number(), part, told.trace());
        return parked.park(order, alone, Instant.now())
                .chain(isParked -> isParked ? Uni.createFrom().voidItem() : take(alone));
    }

    private static PartnerReturn part(PartnerReturn whole, List<PartnerReturn.Item> items) {
        return new PartnerReturn(
                whole.seller(),
                whole.source(),
                whole.partner(),
                whole.deliveryId(),
                whole.receivedAt(),
                whole.caseRef(),
                whole.status(),
                whole.updatedAt(),
                whole.bodySha256(),
                whole.returnMethod(),
                whole.giftOnly(),
                whole.receivingComplete(),
                items);
    }

    /** One order's part, in a transaction that has locked it. */
    public Uni<Void> take(Books books, OrderKey key, PartnerReturn part) {
        Order order = books.order(key).orElseThrow();
        return RmaGuard.pass(books.session(), key, part)
                .chain(isNews ->
                        isNews ? takeNews(books, order, part) : Uni.createFrom().voidItem());
    }

    private Uni<Void> takeNews(Books books, Order order, PartnerReturn told) {
        String seller = order.key().seller();
        return refunds.ofOrder(books, order.key(), told.partner(), Entries.prefix(told, order.key()))
                .chain(known -> policies.of(books.session(), Set.of(seller)).chain(bySeller -> {
                    Policy policy = bySeller.getOrDefault(seller, Policy.NONE);
                    Part part = new Part(books, order, told, policy, sellers.accounts(seller));
                    part.take(known);
                    return refunds.newIds(books.session(), part.news())
                            .invoke(part::request)
                            .chain(() -> approvals.decide(books, part.wishes(), bySeller))
                            .chain(() -> tellLate(books, part.late(), part.by()));
                }));
    }

    private Uni<Void> tellLate(Books books, List<Part.Late> news, By by) {
        Uni<Void> done = Uni.createFrom().voidItem();
        for (Part.Late late : news) {
            done = done.chain(() -> facts.lateNews(books, late.refund(), late.detail(), by));
        }
        return done;
    }
}
