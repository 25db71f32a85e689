package dev.refundhub.connectors.journal;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.vertx.core.Vertx;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jboss.logging.Logger;

/** What is unfinished, counted now and then. */
@ApplicationScoped
class JournalGauges {

    private static final Logger LOG = Logger.getLogger(JournalGauges.class);
    private static final Duration EVERY = Duration.ofSeconds(10);

    private static final String COUNT =
            """
            select count(*) filter (where state = 'DUE') as due, count(*) filter (where state = 'SENT') as sent,
                count(*) filter (where state = 'ASKING') as asking,
                coalesce(extract(epoch from now() - min(next_at) filter (where not claimed)), 0)::bigint as oldest,
                (select coalesce(extract(epoch from now() - min(coalesce(untold_since, tell_at))), 0)::bigint
                    from call where told_no < tell_no) as untold,
                (select count(*) from dead_letter) as letters
            from call where state <> 'DONE'
            """;

    private final Pool pool;
    private final Vertx vertx;
    private final MeterRegistry metrics;
    private final List<Gauge> gauges = new ArrayList<>();
    private final Map<State, AtomicLong> unfinished = new EnumMap<>(State.class);
    private final AtomicLong oldestDueSeconds = new AtomicLong();
    private final AtomicLong oldestUntoldSeconds = new AtomicLong();
    private final AtomicLong deadLetters = new AtomicLong();
    private final AtomicReference<Instant> lastAnswer = new AtomicReference<>(Instant.now());
    private long timer;

    JournalGauges(Pool pool, Vertx vertx, MeterRegistry metrics) {
        this.pool = pool;
        this.vertx = vertx;
        this.metrics = metrics;
        for (State state : new State[] {State.DUE, State.SENT, State.ASKING}) {
            unfinished.put(state, new AtomicLong());
            gauges.add(Gauge.builder("hub.journal.calls", unfinished.get(state)::get)
                    .tag("state", state.name())
                    .register(metrics));
        }
        gauges.add(Gauge.builder("hub.journal.oldest.due.seconds", () -> Math.max(0, oldestDueSeconds.get()))
                .register(metrics));
        gauges.add(Gauge.builder("hub.journal.oldest.untold.seconds", () -> Math.max(0, oldestUntoldSeconds.get()))
                .register(metrics));
        gauges.add(Gauge.builder("hub.database.silent.seconds", this::secondsOfSilence)
                .register(metrics));
        gauges.add(Gauge.builder("hub.journal.dead.letters", deadLetters::get).register(metrics));
    }

    /** The registry outlives the application where one process runs several: the next one has gauges of its own. */
    @PreDestroy
    void leave() {
        gauges.forEach(metrics::remove);
    }

    void start(@Observes StartupEvent event) {
        timer = vertx.setPeriodic(EVERY.toMillis(), tick -> count());
    }

    void stop(@Observes ShutdownEvent event) {
        vertx.cancelTimer(timer);
    }

    private void count() {
        pool.query(COUNT)
                .execute()
                .subscribe()
                .with(
                        rows -> keep(rows.iterator().next()),
                        failure -> LOG.debugf("cannot count the journal: %s", failure.toString()));
    }

    private void keep(Row row) {
        unfinished.get(State.DUE).set(row.getLong("due"));
        unfinished.get(State.SENT).set(row.getLong("sent"));
        unfinished.get(State.ASKING).set(row.getLong("asking"));
        oldestDueSeconds.set(row.getLong("oldest"));
        oldestUntoldSeconds.set(row.getLong("untold"));
        deadLetters.set(row.getLong("letters"));
        lastAnswer.set(Instant.now());
    }

    /** What the other gauges say is as old as this, and a database that is away shows nowhere else. */
    private double secondsOfSilence() {
        return Duration.between(lastAnswer.get(), Instant.now()).toMillis() / 1000.0;
    }
}
