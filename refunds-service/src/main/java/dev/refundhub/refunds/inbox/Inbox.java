package dev.refundhub.refunds.inbox;

import io.smallrye.mutiny.Uni;
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
 * Takes what Kafka brings: a batch in one transaction; where that fails, each record in its own. A record is put aside only
 * for what it is itself; everything else is waited for, without end.
 */
@ApplicationScoped
public class Inbox {

    private static final Logger LOG = Logger.getLogger(Inbox.class);

    private static final Duration FIRST_WAIT = Duration.ofMillis(100);
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(30);

    private final Mutiny.SessionFactory sessions;
    private final DeadLetters deadLetters;
    private final Vertx vertx;
    private final Set<String> waiting = ConcurrentHashMap.newKeySet();

    Inbox(Mutiny.SessionFactory sessions, DeadLetters deadLetters, Vertx vertx) {
        this.sessions = sessions;
        this.deadLetters = deadLetters;
        this.vertx = vertx;
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
            } catch (Refused e) {
                aside = aside.chain(() -> insist(() -> putAside(unread, e.getMessage()), unread, FIRST_WAIT));
            }
        }
        return understood.isEmpty() ? aside : aside.chain(() -> together(understood, work));
    }

    private <T> Uni<Void> together(List<Received<T>> batch, Function<List<Received<T>>, Uni<Void>> work) {
        return work.apply(batch).onFailure().recoverWithUni(failure -> {
            LOG.infof("a batch of %d failed, taking each alone: %s", batch.size(), cause(failure));
            Uni<Void> each = Uni.createFrom().voidItem();
            for (Received<T> received : batch) {
                each = each.chain(() -> alone(received, work));
            }
            return each;
        });
    }

    private <T> Uni<Void> alone(Received<T> received, Function<List<Received<T>>, Uni<Void>> work) {
        return insist(
                () -> work.apply(List.of(received))
                        .onFailure(Trouble::lasts)
                        .recoverWithUni(failure -> putAside(received, cause(failure))),
                received,
                FIRST_WAIT);
    }

    private Uni<Void> putAside(Received<?> received, String reason) {
        return sessions.withTransaction(session -> deadLetters.putAside(session, received, reason));
    }

    /** On a timer of this context: a session must not change its thread. */
    private Uni<Void> insist(Supplier<Uni<Void>> attempt, Received<?> received, Duration wait) {
        String place = received.kafka().topic() + "/" + received.kafka().partition();
        return attempt.get().invoke(() -> waiting.remove(place)).onFailure().recoverWithUni(failure -> {
            waiting.add(place);
            LOG.warnf("%s waits %d ms: %s", place, wait.toMillis(), cause(failure));
            return after(wait).chain(() -> insist(attempt, received, longer(wait)));
        });
    }

    private Uni<Void> after(Duration wait) {
        long jittered = ThreadLocalRandom.current().nextLong(wait.toMillis() / 2, wait.toMillis() + 1);
        return Uni.createFrom().emitter(done -> vertx.setTimer(jittered, timer -> done.complete(null)));
    }

    private static Duration longer(Duration wait) {
        Duration twice = wait.multipliedBy(2);
        return twice.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : twice;
    }

    private static String cause(Throwable failure) {
        Throwable deepest = failure;
        while (deepest.getCause() != null) {
            deepest = deepest.getCause();
        }
        return deepest.toString();
    }

    /** The partitions that wait for something outside to heal. */
    public Set<String> waiting() {
        return Set.copyOf(waiting);
    }
}
