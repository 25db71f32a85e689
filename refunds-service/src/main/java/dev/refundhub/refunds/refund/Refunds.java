package dev.refundhub.refunds.refund;

import dev.refundhub.refunds.Attempt;
import dev.refundhub.refunds.Inserts;
import dev.refundhub.refunds.Queries;
import dev.refundhub.refunds.Trace;
import dev.refundhub.refunds.Trouble;
import dev.refundhub.refunds.order.Order;
import dev.refundhub.refunds.order.OrderKey;
import dev.refundhub.refunds.order.OrderLine;
import dev.refundhub.refunds.order.Orders;
import dev.refundhub.refunds.outbox.Outbox;
import dev.refundhub.refunds.outbox.OutboxMessage;
import dev.refundhub.refunds.web.InFlight;
import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.hibernate.FlushMode;
import org.hibernate.reactive.mutiny.Mutiny;
import org.jboss.logging.Logger;

/** Every refund, and the only way in which one changes. */
@ApplicationScoped
public class Refunds {

    /** What is fast for a seller of a hundred refunds is not for one of a million. */
    private static final String PLANNED_FOR_ITS_VALUES = "set local plan_cache_mode = force_custom_plan";

    private static final Logger LOG = Logger.getLogger(Refunds.class);

    private static final int RETRIES = 2;

    /** All in one statement, each after the one before. */
    private static final String APPEND =
            """
            insert into refund_history (refund_id, version, at, who, cause, status_from, status_to, why)
            select refund_id, version, cast(at as timestamptz), who, cause, status_from, status_to, why
            from unnest(cast(:refunds as bigint[]), cast(:versions as integer[]), cast(:times as text[]),
                    cast(:whos as text[]), cast(:causes as text[]), cast(:froms as text[]), cast(:tos as text[]),
                    cast(:whys as text[]))
                with ordinality as written (refund_id, version, at, who, cause, status_from, status_to, why, no)
            order by no
            """;

    private final Mutiny.SessionFactory sessions;
    private final Orders orders;
    private final Outbox outbox;
    private final Inserts inserts;
    private final Sellers sellers;
    private final MeterRegistry metrics;

    Refunds(
            Mutiny.SessionFactory sessions,
            Orders orders,
            Outbox outbox,
            Inserts inserts,
            Sellers sellers,
            MeterRegistry metrics) {
        this.sessions = sessions;
        this.orders = orders;
        this.outbox = outbox;
        this.inserts = inserts;
        this.sellers = sellers;
        this.metrics = metrics;
    }

    /**
     * Locks these orders, lets the work change what it wants, and keeps history and messages, all as one. Where somebody else
     * was in the way, it begins anew.
     */
    public Uni<Void> change(Collection<OrderKey> keys, Function<Books, Uni<Void>> work) {
        return changeUnless(session -> Uni.createFrom().item(Optional.empty()), keys, work);
    }

    /** The same for one order, where the work has a result. */
    <T> Uni<T> change(OrderKey key, Function<Books, Uni<T>> work) {
        return changeUnless(session -> Uni.createFrom().item(Optional.empty()), List.of(key), work);
    }

    /** The same, unless it turns out to be done already, before any order is locked. */
    <T> Uni<T> changeUnless(
            Function<Mutiny.Session, Uni<Optional<T>>> done, Collection<OrderKey> keys, Function<Books, Uni<T>> work) {
        return Attempt.<T>of(() -> changeOnce(done, keys, work))
                .onFailure(failure -> !(failure instanceof InFlight) && Trouble.isLock(failure))
                .retry()
                .atMost(RETRIES);
    }

    private <T> Uni<T> changeOnce(
            Function<Mutiny.Session, Uni<Optional<T>>> done, Collection<OrderKey> keys, Function<Books, Uni<T>> work) {
        List<OutboxMessage> leaving = new ArrayList<>();
        List<Change> changes = new ArrayList<>();
        return sessions.withTransaction(session -> done.apply(session)
                        .chain(before -> before.isPresent()
                                ? Uni.createFrom().item(before.get())
                                : orders.lock(session, keys)
                                        .map(locked -> new Books(session, locked, now(), Trace.current()))
                                        .chain(books -> work.apply(books)
                                                .call(() -> settleExcess(books))
                                                .call(() -> store(books, leaving))
                                                .invoke(() -> changes.addAll(books.changes())))))
                .invoke(() -> note(changes))
                .invoke(() -> outbox.committed(leaving));
    }

    private static Instant now() {
        return Instant.now().truncatedTo(ChronoUnit.MILLIS);
    }

    /** Where a fact has gone beyond what was paid, everything open waits; where that is over, it goes on. */
    private Uni<Void> settleExcess(Books books) {
        Set<OrderKey> moved = books.whereExcessHasMoved();
        if (moved.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        By by = new By("refunds-service", null, books.now());
        books.because(null);
        List<Refund> begun = books.newRefunds().stream()
                .filter(refund -> moved.contains(refund.order().key()))
                .toList();
        return openOrInExcess(books.session(), moved)
                .invoke(found -> Stream.concat(found.stream(), begun.stream())
                        .forEach(refund -> books.keep(
                                refund,
                                refund.settleExcess(
                                        sellers.accounts(refund.order().key().seller()), by))))
                .replaceWithVoid();
    }

    private static Uni<List<Refund>> openOrInExcess(Mutiny.Session session, Set<OrderKey> keys) {
        return Queries.among(
                        session,
                        "from Refund r left join fetch r.payouts where r.order.key in :these"
                                + " and (r.status in (REQUESTED, WAITING, PROCESSING) or r.holdsText like :excess)"
                                + " order by r.id",
                        Refund.class,
                        keys)
                .setParameter("excess", RefundQuery.likeHold(Hold.EXCESS))
                .getResultList();
    }

    private Uni<Void> store(Books books, List<OutboxMessage> leaving) {
        for (Books.Kept kept : books.kept()) {
            String key = kept.refund().order().key().toString();
            kept.change().told().forEach(message -> leaving.add(outbox.row(key, message, kept.trace(), books.now())));
        }
        books.asides()
                .forEach(aside ->
                        leaving.add(outbox.row(aside.order().toString(), aside.message(), aside.trace(), books.now())));
        List<HistoryEntry> history = books.changes().stream()
                .map(Change::written)
                .filter(Objects::nonNull)
                .toList();
        Mutiny.Session session = books.session();
        List<Order> newOrders = books.newOrders();
        List<Refund> refunds = books.newRefunds();
        // nothing is changed by the session after this flush: each query would look for it again
        return session.flush()
                .invoke(() -> session.setFlushMode(FlushMode.MANUAL))
                .chain(() -> orders.storeMoved(session, books.knownOrders()))
                .chain(() -> inserts.insert(session, Order.class, newOrders))
                .chain(() -> inserts.insert(session, OrderLine.class, all(newOrders, Order::lines)))
                .chain(() -> inserts.insert(session, Refund.class, refunds))
                .chain(() -> inserts.insert(session, Payout.class, all(refunds, Refund::payouts)))
                .chain(() -> append(session, history))
                .chain(() -> outbox.store(session, leaving));
    }

    private static <T, H> List<H> all(List<T> of, Function<T, List<H>> hanging) {
        return of.stream().flatMap(one -> hanging.apply(one).stream()).toList();
    }

    private static Uni<Void> append(Mutiny.Session session, List<HistoryEntry> entries) {
        return entries.isEmpty()
                ? Uni.createFrom().voidItem()
                : session.createNativeQuery(APPEND)
                        .setParameter(
                                "refunds",
                                entries.stream().map(HistoryEntry::refundId).toArray(Long[]::new))
                        .setParameter(
                                "versions",
                                entries.stream().map(HistoryEntry::version).toArray(Integer[]::new))
                        .setParameter("times", Queries.texts(entries, entry -> entry.at()
                                .toString()))
                        .setParameter("whos", Queries.texts(entries, HistoryEntry::who))
                        .setParameter("causes", Queries.texts(entries, HistoryEntry::cause))
                        .setParameter("froms", Queries.texts(entries, entry -> Objects.toString(entry.from(), null)))
                        .setParameter("tos", Queries.texts(entries, entry -> entry.to()
                                .name()))
                        .setParameter("whys", Queries.texts(entries, HistoryEntry::why))
                        .executeUpdate()
                        .replaceWithVoid();
    }

    /** One line and one count per change. */
    private void note(List<Change> changes) {
        for (Change change : changes) {
            HistoryEntry entry = change.written();
            if (entry == null) {
                continue;
            }
            LOG.info("refundId=" + entry.refundId() + " cause=" + entry.cause() + " status=" + entry.to());
            metrics.counter(
                            "hub.refund.changes",
                            "cause",
                            entry.cause(),
                            "status",
                            entry.to().name())
                    .increment();
        }
    }

    /** The refunds that were already asked for by these references, in this transaction too, with their payouts. */
    public Uni<List<Refund>> bySourceRefs(
            Books books, String seller, String sourceKind, Collection<String> sourceRefs) {
        return Queries.among(
                        books.session(),
                        "from Refund r left join fetch r.payouts"
                                + " where r.order.key.seller = :seller and r.wish.sourceKind = :kind and r.wish.sourceRef in :these",
                        Refund.class,
                        sourceRefs)
                .setFlushMode(FlushMode.MANUAL)
                .setParameter("seller", seller)
                .setParameter("kind", sourceKind)
                .getResultList()
                .map(stored -> Stream.concat(
                                stored.stream(),
                                books.newRefunds().stream()
                                        .filter(refund -> refund.isAskedBy(seller, sourceKind, sourceRefs)))
                        .toList());
    }

    /** A refund's name, whose it is, and how far. */
    public record Known(String sourceRef, String orderId, RefundStatus status, String currency) {}

    /** What is known of these references now, without a lock: only what is final in it stays so. */
    public Uni<List<Known>> known(
            Mutiny.Session session, String seller, String sourceKind, Collection<String> sourceRefs) {
        return Queries.among(
                        session,
                        "select r.wish.sourceRef, r.order.key.orderId, r.status, r.currency from Refund r where r.order.key.seller = :seller"
                                + " and r.wish.sourceKind = :kind and r.wish.sourceRef in :these",
                        Object[].class,
                        sourceRefs)
                .setParameter("seller", seller)
                .setParameter("kind", sourceKind)
                .getResultList()
                .map(rows -> rows.stream()
                        .map(row -> new Known((String) row[0], (String) row[1], (RefundStatus) row[2], (String) row[3]))
                        .toList());
    }

    public Uni<List<Refund>> byIds(Mutiny.Session session, Collection<Long> ids) {
        return Queries.among(session, "from Refund r left join fetch r.payouts where r.id in :these", Refund.class, ids)
                .setFlushMode(FlushMode.MANUAL)
                .getResultList();
    }

    /** All refunds of an order, whoever asked for them or made them. */
    Uni<List<Refund>> allOfOrder(Mutiny.Session session, OrderKey key) {
        return session.createSelectionQuery(
                        "from Refund r left join fetch r.payouts where r.order.key = :key", Refund.class)
                .setParameter("key", key)
                .getResultList();
    }

    /** All refunds of an order but the facts that Violet told. */
    Uni<List<Refund>> ofOrder(Mutiny.Session session, OrderKey key) {
        return session.createSelectionQuery(
                        "from Refund r left join fetch r.payouts"
                                + " where r.order.key = :key and r.wish.sourceKind <> 'VIOLET'",
                        Refund.class)
                .setParameter("key", key)
                .getResultList();
    }

    /** All refunds of an order that one kind of source asked for by references that begin so, oldest first. */
    public Uni<List<Refund>> ofOrder(Books books, OrderKey key, String sourceKind, String beginning) {
        return books.session()
                .createSelectionQuery(
                        "from Refund r left join fetch r.payouts where r.order.key = :key and r.wish.sourceKind = :kind"
                                + " and left(r.wish.sourceRef, :length) = :beginning order by r.id",
                        Refund.class)
                .setParameter("key", key)
                .setParameter("kind", sourceKind)
                .setParameter("length", beginning.codePointCount(0, beginning.length()))
                .setParameter("beginning", beginning)
                .getResultList()
                .map(stored -> Stream.concat(
                                stored.stream(),
                                books.newRefunds().stream()
                                        .filter(refund -> refund.order().key().equals(key)
                                                && refund.wish().sourceKind().equals(sourceKind)
                                                && refund.wish().sourceRef().startsWith(beginning)))
                        .toList());
    }

    /** Which of these references are of a refund that is paid, or on its way to be: no refund is loaded for it. */
    Uni<Set<String>> paidOrToBePaid(Books books, String seller, String sourceKind, Collection<String> sourceRefs) {
        return Queries.among(
                        books.session(),
                        "select r.wish.sourceRef from Refund r where r.order.key.seller = :seller"
                                + " and r.wish.sourceKind = :kind and r.status in (WAITING, PROCESSING, ISSUED)"
                                + " and r.wish.sourceRef in :these",
                        String.class,
                        sourceRefs)
                .setParameter("seller", seller)
                .setParameter("kind", sourceKind)
                .getResultList()
                .map(Set::copyOf);
    }

    /** Every change of a refund, oldest first. */
    Uni<List<HistoryEntry>> timeline(long id) {
        return sessions.withSession(session -> session.createSelectionQuery(
                        "from HistoryEntry h where h.key.refundId = :id order by h.key.version", HistoryEntry.class)
                .setParameter("id", id)
                .getResultList());
    }

    /** The refunds whose time has come, with their orders. */
    Uni<Map<Long, OrderKey>> due(int most) {
        return sessions.withSession(session -> session.createSelectionQuery(
                                "select r.id, r.order.key from Refund r where r.dueAt <= :now" + " order by r.dueAt",
                                Object[].class)
                        .setParameter("now", now())
                        .setMaxResults(most)
                        .getResultList())
                .map(rows -> rows.stream().collect(Collectors.toMap(row -> (Long) row[0], row -> (OrderKey) row[1])));
    }

    /** The refunds of these orders that wait for the merchant's feed, oldest first. */
    public Uni<List<Refund>> unconfirmedOf(Mutiny.Session session, Collection<OrderKey> keys) {
        return Queries.among(
                        session,
                        "from Refund r left join fetch r.payouts"
                                + " where r.order.key in :these and r.status in (REQUESTED, WAITING, PROCESSING) order by r.id",
                        Refund.class,
                        keys)
                .getResultList();
    }

    /** The order of the refund that a query finds; empty where it finds none. */
    Uni<Optional<OrderKey>> orderOf(RefundQuery query) {
        return sessions.withSession(session -> {
            Mutiny.SelectionQuery<OrderKey> selection = session.createSelectionQuery(query.orderText(), OrderKey.class);
            query.parameters().forEach(selection::setParameter);
            return selection.getSingleResultOrNull().map(Optional::ofNullable);
        });
    }

    /** A part of a list, with payouts. */
    Uni<List<Refund>> list(RefundQuery query, int from, int most) {
        return sessions.withTransaction(session -> {
            Mutiny.SelectionQuery<Refund> selection = session.createSelectionQuery(query.text(), Refund.class);
            query.parameters().forEach(selection::setParameter);
            selection.setParameter("from", from).setParameter("most", most);
            session.setFlushMode(FlushMode.MANUAL);
            return session.createNativeQuery(PLANNED_FOR_ITS_VALUES)
                    .executeUpdate()
                    .chain(set -> selection.getResultList());
        });
    }

    /** So many new ids, rising. */
    public Uni<List<Long>> newIds(Mutiny.Session session, int count) {
        return count == 0
                ? Uni.createFrom().item(new ArrayList<>())
                : Queries.<Long>column(session, "select nextval('refund_id') from generate_series(1, :count)")
                        .setFlushMode(FlushMode.MANUAL)
                        .setParameter("count", count)
                        .getResultList()
                        .map(ArrayList::new);
    }
}
