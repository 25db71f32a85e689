package dev.refundhub.refunds.refund;

import dev.refundhub.refunds.inbox.Trouble;
import dev.refundhub.refunds.order.OrderKey;
import dev.refundhub.refunds.order.Orders;
import dev.refundhub.refunds.outbox.Outbox;
import dev.refundhub.refunds.outbox.OutboxMessage;
import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;
import org.hibernate.reactive.mutiny.Mutiny;
import org.jboss.logging.Logger;

/** Every refund, and the only way in which one changes. */
@ApplicationScoped
public class Refunds {

    private static final Logger LOG = Logger.getLogger(Refunds.class);

    private static final int RETRIES = 2;

    private final Mutiny.SessionFactory sessions;
    private final Orders orders;
    private final Outbox outbox;
    private final MeterRegistry metrics;

    Refunds(Mutiny.SessionFactory sessions, Orders orders, Outbox outbox, MeterRegistry metrics) {
        this.sessions = sessions;
        this.orders = orders;
        this.outbox = outbox;
        this.metrics = metrics;
    }

    /**
     * Locks these orders, lets the work change what it wants, and keeps history and messages, all as one. Where somebody else
     * was in the way, it begins anew.
     */
    public Uni<Void> change(Collection<OrderKey> keys, Function<Books, Uni<Void>> work) {
        return Uni.createFrom()
                .deferred(() -> changeOnce(keys, work))
                .onFailure(Trouble::isLock)
                .retry()
                .atMost(RETRIES);
    }

    private Uni<Void> changeOnce(Collection<OrderKey> keys, Function<Books, Uni<Void>> work) {
        List<OutboxMessage> leaving = new ArrayList<>();
        return sessions.withTransaction(session -> orders.lock(session, keys)
                        .map(locked -> new Books(session, locked, Instant.now().truncatedTo(ChronoUnit.MILLIS)))
                        .call(books -> work.apply(books))
                        .call(books -> store(books, leaving)))
                .invoke(this::note)
                .invoke(books -> outbox.committed(leaving))
                .replaceWithVoid();
    }

    /** In this order the database gets them in batches: a batch ends where the kind of row changes. */
    private Uni<Void> store(Books books, List<OutboxMessage> leaving) {
        for (int i = 0; i < books.changes().size(); i++) {
            String key = books.changed().get(i).order().key().toString();
            books.changes().get(i).told().forEach(message -> leaving.add(outbox.row(key, message, books.now())));
        }
        List<Object> rows = new ArrayList<>(books.created());
        books.changes().forEach(change -> rows.add(change.written()));
        rows.addAll(leaving);
        return books.session().persistAll(rows.toArray());
    }

    /** One line and one count per change. */
    private void note(Books books) {
        for (Change change : books.changes()) {
            HistoryEntry entry = change.written();
            LOG.infof("refundId=%d cause=%s status=%s", entry.refundId(), entry.cause(), entry.to());
            metrics.counter(
                            "hub.refund.changes",
                            "cause",
                            entry.cause(),
                            "status",
                            entry.to().name())
                    .increment();
        }
    }

    /** The refunds that were already asked for by these references, with their payouts. */
    public Uni<List<Refund>> bySourceRefs(
            Mutiny.Session session, String seller, String sourceKind, Collection<String> sourceRefs) {
        return session.createSelectionQuery(
                        "from Refund r left join fetch r.payouts"
                                + " where r.order.key.seller = :seller and r.wish.sourceKind = :kind and r.wish.sourceRef in :refs",
                        Refund.class)
                .setParameter("seller", seller)
                .setParameter("kind", sourceKind)
                .setParameter("refs", List.copyOf(sourceRefs))
                .getResultList();
    }

    public Uni<List<Refund>> byIds(Mutiny.Session session, Collection<Long> ids) {
        return session.createSelectionQuery("from Refund r left join fetch r.payouts where r.id in :ids", Refund.class)
                .setParameter("ids", List.copyOf(ids))
                .getResultList();
    }

    /** The refunds of these orders that wait for the merchant's feed, oldest first. */
    public Uni<List<Refund>> requestedOf(Mutiny.Session session, Collection<OrderKey> keys) {
        return session.createSelectionQuery(
                        "from Refund r left join fetch r.payouts"
                                + " where r.order.key in :keys and r.status = REQUESTED order by r.id",
                        Refund.class)
                .setParameter("keys", List.copyOf(keys))
                .getResultList();
    }

    /** A part of a list, with payouts. */
    Uni<List<Refund>> list(RefundQuery query, int from, int most) {
        return sessions.withSession(session -> {
            Mutiny.SelectionQuery<Refund> selection = session.createSelectionQuery(query.text(), Refund.class);
            query.parameters().forEach(selection::setParameter);
            return selection
                    .setFirstResult(from)
                    .setMaxResults(most)
                    .getResultList()
                    .call(found -> withPayouts(session, found));
        });
    }

    private static Uni<List<Refund>> withPayouts(Mutiny.Session session, List<Refund> refunds) {
        return refunds.isEmpty()
                ? Uni.createFrom().item(refunds)
                : session.createSelectionQuery(
                                "from Refund r left join fetch r.payouts where r in :refunds", Refund.class)
                        .setParameter("refunds", refunds)
                        .getResultList();
    }

    /** So many new ids, rising. */
    public Uni<List<Long>> newIds(Mutiny.Session session, int count) {
        return session.createNativeQuery("select nextval('refund_id') from generate_series(1, :count)", Long.class)
                .setParameter("count", count)
                .getResultList()
                .map(ArrayList::new);
    }
}
