package dev.refundhub.refunds.reconciliation;

import dev.refundhub.messages.VioletLook;
import dev.refundhub.refunds.Attempt;
import dev.refundhub.refunds.Periodically;
import dev.refundhub.refunds.Trace;
import dev.refundhub.refunds.order.Bag;
import dev.refundhub.refunds.order.OrderKey;
import dev.refundhub.refunds.outbox.Outbox;
import dev.refundhub.refunds.outbox.OutboxMessage;
import dev.refundhub.refunds.refund.Sellers;
import dev.refundhub.refunds.sale.Looks;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.hibernate.reactive.mutiny.Mutiny;
import org.jboss.logging.Logger;

/**
 * Begins the reconciliation of each day, and has the bags of all looked into: some at a time, those that were never heard of
 * once more each day, for a week. Replicas share the work.
 */
@ApplicationScoped
class Asking {

    private static final Logger LOG = Logger.getLogger(Asking.class);
    private static final int BATCH = 200;
    private static final int MOST_DAYS = 31;

    private static final String UNREAD =
            """
            select b.reconciliation_id, b.seller, b.order_id, b.violet_order_id, b.bag_id
            """
                    + Reconciliations.TO_BE_ASKED
                    + """
            order by b.asked_at nulls first limit :most
            for update of b skip locked
            """;

    private static final String ASKED =
            """
            update reconciled_bag b set look = a.look, asked_at = now()
            from unnest(cast(:ids as bigint[]), cast(:sellers as text[]), cast(:orders as text[]), cast(:bags as bigint[]),
                cast(:looks as text[])) as a (id, seller, order_id, bag_id, look)
            where b.reconciliation_id = a.id and b.seller = a.seller and b.order_id = a.order_id and b.bag_id = a.bag_id
            """;

    private final Mutiny.SessionFactory sessions;
    private final Reconciliations reconciliations;
    private final Sellers sellers;
    private final Outbox outbox;
    private final Periodically work;
    private final Duration poll;
    private volatile LocalDate begun;

    Asking(
            Mutiny.SessionFactory sessions,
            Reconciliations reconciliations,
            Sellers sellers,
            Outbox outbox,
            Vertx vertx,
            @ConfigProperty(name = "hub.reconciliation.poll") Duration poll) {
        this.sessions = sessions;
        this.reconciliations = reconciliations;
        this.sellers = sellers;
        this.outbox = outbox;
        this.work = new Periodically(
                "reconciliation", vertx, () -> beginDailyOrLater().chain(this::askAll));
        this.poll = poll;
    }

    /** A bag to be looked into, for a reconciliation. */
    private record Owed(long reconciliation, OrderKey order, Bag bag, VioletLook look) {}

    void start(@Observes StartupEvent started) {
        work.start(poll);
    }

    void stop(@Observes ShutdownEvent stopping) {
        work.stop();
    }

    /** A day that cannot begin does not keep the bags of others waiting. */
    private Uni<Void> beginDailyOrLater() {
        return beginDaily().onFailure().recoverWithUni(failure -> {
            LOG.warnf("the reconciliation of a day cannot begin: %s", failure.toString());
            return Uni.createFrom().voidItem();
        });
    }

    /** Once yesterday is over everywhere where a clock may differ a little. */
    private Uni<Void> beginDaily() {
        LocalDate yesterday = LocalDate.ofInstant(Instant.now().minus(Duration.ofMinutes(5)), ZoneOffset.UTC)
                .minusDays(1);
        return yesterday.equals(begun)
                ? Uni.createFrom().voidItem()
                : beginUntil(yesterday).invoke(() -> begun = yesterday);
    }

    /** Of each day since the last one that has one, as far back as a month; the first time only of this day. */
    Uni<Void> beginUntil(LocalDate day) {
        return reconciliations.lastDay().chain(last -> {
            LocalDate first = last.map(known -> known.plusDays(1)).orElse(day);
            LocalDate earliest = day.minusDays(MOST_DAYS - 1);
            Uni<Void> done = Uni.createFrom().voidItem();
            for (LocalDate each = first.isBefore(earliest) ? earliest : first;
                    !each.isAfter(day);
                    each = each.plusDays(1)) {
                LocalDate one = each;
                done = done.chain(() -> begin(one));
            }
            return done;
        });
    }

    private Uni<Void> begin(LocalDate day) {
        Instant since = day.atStartOfDay().toInstant(ZoneOffset.UTC);
        Instant until = day.plusDays(1).atStartOfDay().toInstant(ZoneOffset.UTC);
        return reconciliations.begin(since, until, "refunds-service", day).replaceWithVoid();
    }

    private Uni<Void> askAll() {
        return reconciliations
                .areToBeAsked()
                .chain(some -> some ? askThem() : Uni.createFrom().voidItem());
    }

    private Uni<Void> askThem() {
        return Uni.createFrom()
                .deferred(() -> Attempt.of(this::askSome))
                .repeat()
                .whilst(asked -> asked == BATCH && !work.isStopped())
                .collect()
                .last()
                .replaceWithVoid();
    }

    private Uni<Integer> askSome() {
        List<OutboxMessage> leaving = new ArrayList<>();
        return sessions.withTransaction(session -> session.createNativeQuery(UNREAD, Object[].class)
                        .setParameter("most", BATCH)
                        .getResultList()
                        .map(rows -> rows.stream().map(this::owed).toList())
                        .call(owed -> owed.isEmpty() ? Uni.createFrom().voidItem() : asked(session, owed))
                        .invoke(owed -> owed.forEach(each -> leaving.add(
                                outbox.row(each.order().toString(), each.look(), Trace.begun(), Instant.now()))))
                        .call(owed -> outbox.store(session, leaving)))
                .invoke(() -> outbox.committed(leaving))
                .map(List::size);
    }

    private Owed owed(Object[] row) {
        OrderKey order = new OrderKey((String) row[1], (String) row[2]);
        Bag bag = new Bag(((Number) row[3]).longValue(), ((Number) row[4]).longValue());
        String account = sellers.accounts(order.seller()).violet().orElse("none");
        return new Owed(
                ((Number) row[0]).longValue(), order, bag, Looks.into(bag, order, account, Looks.Why.RECONCILIATION));
    }

    private static Uni<Integer> asked(Mutiny.Session session, List<Owed> owed) {
        return session.createNativeQuery(ASKED)
                .setParameter("ids", owed.stream().map(Owed::reconciliation).toArray(Long[]::new))
                .setParameter(
                        "sellers", owed.stream().map(o -> o.order().seller()).toArray(String[]::new))
                .setParameter(
                        "orders", owed.stream().map(o -> o.order().orderId()).toArray(String[]::new))
                .setParameter("bags", owed.stream().map(o -> o.bag().bagId()).toArray(Long[]::new))
                .setParameter(
                        "looks",
                        owed.stream().map(o -> o.look().instructionId()).toArray(String[]::new))
                .executeUpdate();
    }
}
