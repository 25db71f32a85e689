package dev.refundhub.refunds.watch;

import dev.refundhub.refunds.Periodically;
import dev.refundhub.refunds.order.Money;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.core.Vertx;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Shows as gauges what is unfinished, and what waits for a person. Every replica shows the same, since it is counted in the
 * database: take the highest, not the sum.
 */
@ApplicationScoped
class Watch {

    private static final String USED = "hub.policy.used.ratio";

    /** Each row is one gauge's value for one of its labels; null where it has none. Nothing that is finished is read. */
    private static final String COUNT =
            """
            select 'hub.outbox.messages' as gauge, null as label, count(*)::float8 as value from outbox
            union all select 'hub.outbox.oldest.age.seconds', null,
                coalesce(extract(epoch from clock_timestamp() - min(created_at)), 0)::float8 from outbox
            union all select 'hub.confirmations.owed', null, count(*)::float8 from refund where confirmation_state = 'OWED'
            union all select 'hub.confirmations.oldest.age.seconds', null,
                coalesce(extract(epoch from now() - min(issued_at)), 0)::float8 from refund where confirmation_state = 'OWED'
            union all select 'hub.payouts.unclear', null, count(*)::float8 from payout where outcome = 'UNCLEAR' and not replaced
            union all select 'hub.orders.in.excess', null, count(*)::float8 from customer_order where excess > 0
            union all select 'hub.dead.letters.waiting', null, count(*)::float8 from dead_letter
            union all select 'hub.parked.events', overdue::text, count(event_id)::float8 from (values (false), (true)) as it (overdue)
                left join parked_event on (since < now() - interval '30 days') = overdue group by 2
            union all select 'hub.refunds.held', code, count(*)::float8
                from refund, string_to_table(trim(hold_codes), ' ') as code where hold_codes is not null group by 2
            """;

    private static final String APPROVED_TODAY =
            """
            select a.seller, a.source, a.currency, a.amount,
                (p.document::json #>> array['sources', a.source, 'autoApprove', a.currency, 'perDay'])::numeric as per_day
            from approved_by_policy a join policy p using (seller) where a.day = (now() at time zone 'UTC')::date
            """;

    /** What a gauge's label is called; the others have none. */
    private static final Map<String, String> LABELS =
            Map.of("hub.parked.events", "overdue", "hub.refunds.held", "hold");

    private final Pool database;
    private final MeterRegistry metrics;
    private final Periodically counting;
    private final Map<String, MultiGauge> gauges = new HashMap<>();
    private final AtomicReference<Instant> lastAnswer = new AtomicReference<>(Instant.now());
    private final Gauge silence;

    Watch(Pool database, Vertx vertx, MeterRegistry metrics) {
        this.database = database;
        this.metrics = metrics;
        this.silence = Gauge.builder("hub.database.silent.seconds", this::secondsOfSilence)
                .register(metrics);
        this.counting = new Periodically("counting what is unfinished", vertx, this::count);
    }

    void start(@Observes StartupEvent started, @ConfigProperty(name = "hub.watch.poll") Duration poll) {
        counting.start(poll);
    }

    private Uni<Void> count() {
        return database.query(COUNT)
                .execute()
                .invoke(this::showCounts)
                .chain(() -> database.query(APPROVED_TODAY).execute())
                .invoke(this::showUsed)
                .invoke(() -> lastAnswer.set(Instant.now()))
                .replaceWithVoid();
    }

    /** What the other gauges say is as old as this, and a database that is away shows nowhere else. */
    private double secondsOfSilence() {
        return Duration.between(lastAnswer.get(), Instant.now()).toMillis() / 1000.0;
    }

    private synchronized void showCounts(RowSet<Row> counted) {
        Map<String, List<MultiGauge.Row<?>>> values = new HashMap<>();
        LABELS.keySet().forEach(none -> values.put(none, new ArrayList<>()));
        for (Row row : counted) {
            String gauge = row.getString("gauge");
            String label = row.getString("label");
            Tags tags = label == null ? Tags.empty() : Tags.of(LABELS.get(gauge), label);
            values.computeIfAbsent(gauge, none -> new ArrayList<>())
                    .add(MultiGauge.Row.of(tags, row.getDouble("value")));
        }
        values.forEach(this::show);
    }

    /** How much of a day's limit is used up; a limit that was taken away, or is 0, is not shown. */
    private synchronized void showUsed(RowSet<Row> approved) {
        List<MultiGauge.Row<?>> used = new ArrayList<>();
        for (Row row : approved) {
            String currency = row.getString("currency");
            long limit = row.getBigDecimal("per_day") == null ? 0 : Money.minor(row.getBigDecimal("per_day"), currency);
            if (limit > 0) {
                used.add(MultiGauge.Row.of(
                        Tags.of(
                                "seller",
                                row.getString("seller"),
                                "source",
                                row.getString("source"),
                                "currency",
                                currency),
                        (double) row.getLong("amount") / limit));
            }
        }
        show(USED, used);
    }

    private void show(String gauge, List<MultiGauge.Row<?>> values) {
        gauges.computeIfAbsent(gauge, name -> MultiGauge.builder(name).register(metrics))
                .register(values, true);
    }

    /** The registry outlives the application where several run in one process. */
    @PreDestroy
    synchronized void leave() {
        counting.stop();
        gauges.values().forEach(gauge -> gauge.register(List.of(), true));
        metrics.remove(silence);
    }
}
