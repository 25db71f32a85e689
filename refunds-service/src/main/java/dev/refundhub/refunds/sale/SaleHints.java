package dev.refundhub.refunds.sale;

import dev.refundhub.messages.SaleHint;
import dev.refundhub.messages.VioletLook;
import dev.refundhub.refunds.Attempt;
import dev.refundhub.refunds.Queries;
import dev.refundhub.refunds.Trace;
import dev.refundhub.refunds.order.Bag;
import dev.refundhub.refunds.order.Order;
import dev.refundhub.refunds.order.OrderKey;
import dev.refundhub.refunds.order.OrderLine;
import dev.refundhub.refunds.outbox.Outbox;
import dev.refundhub.refunds.outbox.OutboxMessage;
import dev.refundhub.refunds.parked.Told;
import dev.refundhub.refunds.refund.Books;
import dev.refundhub.refunds.refund.Sellers;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.hibernate.reactive.mutiny.Mutiny;

/**
 * Hints that something has happened to a bag at Violet. They are no truth: every bag of ours that one may mean is looked into. A
 * hint about an order that nobody knows yet waits for it.
 */
@ApplicationScoped
public class SaleHints {

    private static final String BAGS =
            """
            select distinct seller, order_id, violet_bag_id from order_line
            where violet_order_id = :order and seller = any(cast(:sellers as text[]))
                and violet_bag_id is not null and violet_bag_id = coalesce(cast(:bag as bigint), violet_bag_id)
            """;
    private static final String KEEP =
            """
            insert into early_hint (account, violet_order_id, since) values (:account, :order, now()) on conflict do nothing
            """;
    private static final String TAKE_UP =
            """
            delete from early_hint h using unnest(cast(:accounts as text[]), cast(:orders as bigint[])) as came (account, id)
            where h.account = came.account and h.violet_order_id = came.id
            returning h.account, h.violet_order_id
            """;

    private final Mutiny.SessionFactory sessions;
    private final Sellers sellers;
    private final Outbox outbox;

    SaleHints(Mutiny.SessionFactory sessions, Sellers sellers, Outbox outbox) {
        this.sessions = sessions;
        this.sellers = sellers;
        this.outbox = outbox;
    }

    /** Each in a transaction of its own. */
    public Uni<Void> take(List<Told> hints) {
        Uni<Void> done = Uni.createFrom().voidItem();
        for (Told hint : hints) {
            done = done.chain(() -> Attempt.of(() -> take(hint)));
        }
        return done;
    }

    private Uni<Void> take(Told told) {
        SaleHint hint = (SaleHint) told.message();
        Instant now = Instant.now();
        String trace = told.trace() == null ? Trace.begun() : told.trace();
        List<OutboxMessage> leaving = new ArrayList<>();
        return sessions.withTransaction(
                        session -> lock(session, List.of(new Hinted(hint.account(), hint.violetOrderId())))
                                .chain(() -> looks(session, hint))
                                .invoke(looks -> looks.forEach(look -> leaving.add(
                                        outbox.row(look.seller() + "/" + look.orderId(), look, trace, now))))
                                .chain(looks -> looks.isEmpty() ? keep(session, hint) : outbox.store(session, leaving)))
                .invoke(() -> outbox.committed(leaving));
    }

    private Uni<List<VioletLook>> looks(Mutiny.Session session, SaleHint hint) {
        return session.createNativeQuery(BAGS, Object[].class)
                .setParameter("order", hint.violetOrderId())
                .setParameter("sellers", sellers.atViolet(hint.account()).toArray(String[]::new))
                .setParameter("bag", hint.bagId())
                .getResultList()
                .map(rows -> rows.stream()
                        .map(row -> Looks.into(
                                new Bag(hint.violetOrderId(), ((Number) row[2]).longValue()),
                                new OrderKey((String) row[0], (String) row[1]),
                                hint.account(),
                                Looks.Why.HINT))
                        .toList());
    }

    private static Uni<Void> keep(Mutiny.Session session, SaleHint hint) {
        return session.createNativeQuery(KEEP)
                .setParameter("account", hint.account())
                .setParameter("order", hint.violetOrderId())
                .executeUpdate()
                .replaceWithVoid();
    }

    /** What waited for these orders: all their bags are looked into. */
    public Uni<Void> takeUp(Books books, Collection<Order> arrived) {
        List<Sold> sold = arrived.stream().flatMap(this::sold).toList();
        List<Hinted> orders = sold.stream().map(Sold::hinted).distinct().toList();
        return orders.isEmpty()
                ? Uni.createFrom().voidItem()
                : lock(books.session(), orders)
                        .chain(() -> takeUp(books.session(), orders))
                        .invoke(hinted -> sold.stream()
                                .filter(each -> hinted.contains(each.hinted()))
                                .forEach(each -> books.tell(each.order(), each.look())))
                        .replaceWithVoid();
    }

    /** An order at Violet, as a hint names it. */
    private record Hinted(String account, long violetOrderId) {}

    /** A bag of an order of ours. */
    private record Sold(OrderKey order, Bag bag, String account) {

        Hinted hinted() {
            return new Hinted(account, bag.violetOrderId());
        }

        VioletLook look() {
            return Looks.into(bag, order, account, Looks.Why.HINT);
        }
    }

    private Stream<Sold> sold(Order order) {
        Optional<String> account = sellers.accounts(order.key().seller()).violet();
        return order.lines().stream()
                .map(OrderLine::bag)
                .flatMap(Optional::stream)
                .distinct()
                .flatMap(bag -> account.map(a -> new Sold(order.key(), bag, a)).stream());
    }

    private static Uni<Set<Hinted>> takeUp(Mutiny.Session session, List<Hinted> orders) {
        return session.createNativeQuery(TAKE_UP, Object[].class)
                .setParameter("accounts", orders.stream().map(Hinted::account).toArray(String[]::new))
                .setParameter(
                        "orders", orders.stream().map(Hinted::violetOrderId).toArray(Long[]::new))
                .getResultList()
                .map(rows -> rows.stream()
                        .map(row -> new Hinted((String) row[0], ((Number) row[1]).longValue()))
                        .collect(Collectors.toSet()));
    }

    /** An order must not come while a hint about it is put aside. */
    private static Uni<Void> lock(Mutiny.Session session, List<Hinted> orders) {
        return Queries.column(
                        session,
                        "select count(pg_advisory_xact_lock(hashtextextended(name, 2)))"
                                + " from unnest(cast(:names as text[])) name")
                .setParameter(
                        "names",
                        orders.stream()
                                .map(order -> order.account() + "/" + order.violetOrderId())
                                .sorted()
                                .toArray(String[]::new))
                .getSingleResult()
                .replaceWithVoid();
    }
}
