package dev.refundhub.refunds.parked;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;
import io.vertx.mutiny.core.Vertx;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.jboss.logging.Logger;

/** How much waits for an order that nobody knows, and how much of that for too long. */
@ApplicationScoped
class ParkedGauges {

    private static final Logger LOG = Logger.getLogger(ParkedGauges.class);
    private static final Duration EVERY = Duration.ofMinutes(1);

    private final Pool database;
    private final Vertx vertx;
    private final MeterRegistry metrics;
    private final AtomicLong waiting = new AtomicLong();
    private final AtomicLong overdue = new AtomicLong();
    private final List<Gauge> gauges;
    private long timer;

    ParkedGauges(Pool database, Vertx vertx, MeterRegistry metrics) {
        this.database = database;
        this.vertx = vertx;
        this.metrics = metrics;
        this.gauges = List.of(gauge("false", waiting), gauge("true", overdue));
    }

    private Gauge gauge(String isOverdue, AtomicLong value) {
        return Gauge.builder("hub.parked.events", value, AtomicLong::get)
                .tag("overdue", isOverdue)
                .register(metrics);
    }

    void start(@Observes StartupEvent started) {
        timer = vertx.setPeriodic(EVERY.toMillis(), t -> count());
    }

    private void count() {
        database.query("select count(*) filter (where not " + ParkedEvents.IS_OVERDUE + ") as waiting,"
                        + " count(*) filter (where " + ParkedEvents.IS_OVERDUE + ") as overdue from parked_event")
                .execute()
                .subscribe()
                .with(
                        rows -> {
                            Row row = rows.iterator().next();
                            waiting.set(row.getLong("waiting"));
                            overdue.set(row.getLong("overdue"));
                        },
                        failure -> LOG.warnf("parked events were not counted: %s", failure.toString()));
    }

    /** The registry outlives the application where several run in one process. */
    @PreDestroy
    void leave() {
        vertx.cancelTimer(timer);
        gauges.forEach(metrics::remove);
    }
}
