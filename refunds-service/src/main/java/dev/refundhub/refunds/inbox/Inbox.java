package dev.refundhub.refunds.inbox;

import dev.refundhub.refunds.Attempt;
import dev.refundhub.refunds.Refused;
import dev.refundhub.refunds.Trouble;
import io.micrometer.core.instrument.LongTaskTimer;
import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.hibernate.reactive.mutiny.Mutiny;
import org.jboss.logging.Logger;

/**
 * Takes what Kafka brings: a batch in one transaction; where that fails, in halves, down to a record in its own. A record is
 * put aside only for what it is itself; everything else is waited for, without end.
 */
@ApplicationScoped
public class Inbox {

    private static final Logger LOG = Logger.getLogger(Inbox.class);

    private static final Duration FIRST_WAIT = Duration.ofMillis(100);
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(30);

    private final Mutiny.SessionFactory sessions;
    private final DeadLetters deadLetters;
    private final Vertx vertx;
    private final MeterRegistry metrics;
    private final Set<String> waiting = ConcurrentHashMap.newKeySet();

    Inbox(Mutiny.SessionFactory sessions, DeadLetters deadLetters, Vertx vertx, MeterRegistry metrics) {
        this.sessions = sessions;
        this.deadLetters = deadLetters;
        this.vertx = vertx;
        this.metrics = metrics;
    }

    /** How a record is read; {@link Refused} for what is not understood. */
    public interface Reader<T> {
        T read(String type, byte[] value);
    }

    /**
     * Completes when everything is committed.
     *
     * @param work changes what a list of messages asks for, in one transaction
     */
    public <T> Uni<Void> take(
            ConsumerRecords<String, byte[]> records, Reader<T> reader, Function<List<Received<T>>, Uni<Void>> work) {
        List<Received<T>> understood = new ArrayList<>();
        Uni<Void> aside = Uni.createFrom().voidItem();
        for (ConsumerRecord<String, byte[]> kafka : records) {
            Received<T> unread = new Received<>(kafka, null);
            try {
                understood.add(new Received<>(kafka, reader.read(unread.type(), kafka.value())));
            } catch (RuntimeException e) {
                String reason = e instanceof Refused ? e.getMessage() : e.toString();
                aside = aside.chain(() -> insist(unread, () -> putAside(unread, reason)));
            }
        }
        Uni<Void> all = understood.isEmpty() ? aside : aside.chain(() -> together(understood, work));
        LongTaskTimer.Sample busy = busy(records).start();
        return all.onTermination().invoke(busy::stop);
    }

    /** Shows for how long the oldest batch has been worked on: a consumer that stands still does not end its batch. */
    private LongTaskTimer busy(ConsumerRecords<String, byte[]> records) {
        String topic = records.partitions().iterator().next().topic();
        return LongTaskTimer.builder("hub.inbox.batch").tag("topic", topic).register(metrics);
    }

    /** What fails together is halved: what cannot be done now, or ever, is soon alone, and the rest goes on together. */
    private <T> Uni<Void> together(List<Received<T>> batch, Function<List<Received<T>>, Uni<Void>> work) {
        if (batch.size() == 1) {
            return alone(batch.get(0), work);
        }
        return Uni.createFrom().deferred(() -> work.apply(batch)).onFailure().recoverWithUni(failure -> {
            LOG.infof(stack(failure), "a batch of %d failed and is halved: %s", batch.size(), cause(failure));
            int half = batch.size() / 2;
            return together(batch.subList(0, half), work)
                    .chain(() -> together(batch.subList(half, batch.size()), work));
        });
    }

    private <T> Uni<Void> alone(Received<T> received, Function<List<Received<T>>, Uni<Void>> work) {
        return insist(received, () -> Uni.createFrom()
                .deferred(() -> work.apply(List.of(received)))
                .onFailure(Trouble::lasts)
                .recoverWithUni(failure -> {
                    if (Trouble.isUnexpected(failure)) {
                        LOG.warn("a record is put aside for a fault of ours", failure);
                    }
                    return putAside(received, cause(failure));
                }));
    }

    private Uni<Void> putAside(Received<?> received, String reason) {
        return Attempt.of(() -> sessions.withTransaction(
                session -> deadLetters.putAside(session, List.of(new DeadLetters.Aside(received, reason)))));
    }

    private Uni<Void> insist(Received<?> received, Supplier<Uni<Void>> attempt) {
        String place = received.kafka().topic() + "/" + received.kafka().partition();
        return Uni.createFrom().emitter(done -> attempt(place, attempt, FIRST_WAIT, done));
    }

    /** Again on a timer of this context, since a session must not change its thread; never one attempt inside another. */
    private void attempt(String place, Supplier<Uni<Void>> attempt, Duration wait, UniEmitter<? super Void> done) {
        Uni.createFrom()
                .deferred(() -> attempt.get())
                .subscribe()
                .with(
                        nothing -> {
                            waiting.remove(place);
                            done.complete(null);
                        },
                        failure -> {
                            waiting.add(place);
                            LOG.warnf(stack(failure), "%s waits %d ms: %s", place, wait.toMillis(), cause(failure));
                            vertx.setTimer(jittered(wait), timer -> attempt(place, attempt, longer(wait), done));
                        });
    }

    private static long jittered(Duration wait) {
        return ThreadLocalRandom.current().nextLong(wait.toMillis() / 2, wait.toMillis() + 1);
    }

    private static Duration longer(Duration wait) {
        Duration twice = wait.multipliedBy(2);
        return twice.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : twice;
    }

    private static String cause(Throwable failure) {
        return Trouble.cause(failure).toString();
    }

    /** Where it comes from is told of what nobody expects: null for the rest. */
    private static Throwable stack(Throwable failure) {
        return Trouble.isUnexpected(failure) ? failure : null;
    }

    /** The partitions that wait for something outside to heal. */
    public Set<String> waiting() {
        return Set.copyOf(waiting);
    }
}
