package dev.refundhub.connectors.instruction;

import dev.refundhub.connectors.instruction.Heard.Resolution;
import dev.refundhub.connectors.instruction.Heard.Unreadable;
import dev.refundhub.connectors.journal.Resolutions;
import dev.refundhub.connectors.journal.Workers;
import dev.refundhub.connectors.look.Looking;
import dev.refundhub.connectors.look.Looks;
import dev.refundhub.connectors.partner.Partners;
import dev.refundhub.connectors.report.Telling;
import io.micrometer.core.instrument.LongTaskTimer;
import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/**
 * Takes a batch of instructions into the journal, whole, before Kafka is told that it may forget them. A record is put
 * aside only for what it is itself; for everything else the batch waits, without end.
 */
@ApplicationScoped
public class Inbox {

    private static final Logger LOG = Logger.getLogger(Inbox.class);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);
    private static final double JITTER = 0.5;

    private final Pool pool;
    private final Register register;
    private final Ear ear;
    private final Looks looks;
    private final Looking looking;
    private final Resolutions resolutions;
    private final Workers workers;
    private final Telling telling;
    private final MeterRegistry metrics;
    private final Duration databaseWithin;

    Inbox(
            Pool pool,
            Register register,
            Partners partners,
            Looks looks,
            Looking looking,
            Resolutions resolutions,
            Workers workers,
            Telling telling,
            MeterRegistry metrics,
            @ConfigProperty(name = "hub.journal.database-within") Duration databaseWithin) {
        this.pool = pool;
        this.register = register;
        this.ear = new Ear(partners);
        this.looks = looks;
        this.looking = looking;
        this.resolutions = resolutions;
        this.workers = workers;
        this.telling = telling;
        this.metrics = metrics;
        this.databaseWithin = databaseWithin;
    }

    public <T> Uni<Void> receive(ConsumerRecords<String, byte[]> records, Vocabulary<T> vocabulary) {
        LongTaskTimer.Sample busy = busy(vocabulary.topic()).start();
        Batch batch = new Batch();
        records.forEach(raw -> batch.add(ear.hear(new Received(raw), vocabulary)));
        return pool.withTransaction(connection -> write(connection, batch))
                .ifNoItem()
                .after(databaseWithin)
                .fail()
                .onFailure()
                .invoke(failure -> LOG.warnf("instructions wait topic=%s: %s", vocabulary.topic(), failure.toString()))
                .onFailure()
                .retry()
                .withBackOff(FIRST_PAUSE, LONGEST_PAUSE)
                .withJitter(JITTER)
                .indefinitely()
                .invoke(aside -> announce(vocabulary.topic(), aside))
                .onTermination()
                .invoke(busy::stop)
                .replaceWithVoid();
    }

    /** Shows for how long the oldest batch has been worked on: a consumer that stands still does not end its batch. */
    private LongTaskTimer busy(String topic) {
        return LongTaskTimer.builder("hub.inbox.batch").tag("topic", topic).register(metrics);
    }

    private Uni<List<Unreadable>> write(SqlConnection connection, Batch batch) {
        return register.insert(connection, batch.instructions())
                .call(taken -> register.reopen(connection, batch.carriedOut(taken)))
                .map(batch::aside)
                .call(aside -> looks.keep(connection, batch.looks()))
                .call(aside -> resolve(connection, batch, aside))
                .call(aside -> aside.isEmpty() ? Uni.createFrom().voidItem() : register.putAside(connection, aside));
    }

    /** One after the other: they are few. */
    private Uni<Void> resolve(SqlConnection connection, Batch batch, List<Unreadable> aside) {
        Uni<Void> done = Uni.createFrom().voidItem();
        for (Resolution heard : batch.resolutions()) {
            done = done.chain(() -> resolutions
                    .take(connection, heard.resolution(), heard.from().trace())
                    .invoke(objection -> objection.ifPresent(why -> aside.add(new Unreadable(heard.from(), why))))
                    .replaceWithVoid());
        }
        return done;
    }

    private void announce(String topic, List<Unreadable> aside) {
        aside.forEach(letter -> {
            var raw = letter.from().raw();
            LOG.errorf(
                    "put aside topic=%s partition=%d offset=%d reason=%s",
                    topic, raw.partition(), raw.offset(), letter.reason());
            metrics.counter("hub.dead.letters", "topic", topic, "reason", letter.reason())
                    .increment();
        });
        workers.wake();
        telling.wake();
        looking.wake();
    }
}
