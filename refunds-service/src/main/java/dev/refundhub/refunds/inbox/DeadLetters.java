package dev.refundhub.refunds.inbox;

import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.hibernate.reactive.mutiny.Mutiny;
import org.jboss.logging.Logger;

/** What was put aside for what it is itself, whole, for a person to look at. */
@ApplicationScoped
public class DeadLetters {

    private static final Logger LOG = Logger.getLogger(DeadLetters.class);

    private static final int REASON_LENGTH = 500;

    private final MeterRegistry metrics;

    DeadLetters(MeterRegistry metrics) {
        this.metrics = metrics;
    }

    /** Puts a record aside in the session's transaction; the same record once, however often it comes. */
    public Uni<Void> putAside(Mutiny.Session session, Received<?> received, String reason) {
        ConsumerRecord<String, byte[]> kafka = received.kafka();
        LOG.warnf("put aside %s/%d/%d: %s", kafka.topic(), kafka.partition(), kafka.offset(), reason);
        metrics.counter("hub.dead.letters", "topic", kafka.topic()).increment();
        return session.createNativeQuery(
                        "insert into dead_letter (topic, part, position, key, type, value, event_id, reason)"
                                + " values (:topic, :part, :position, :key, :type, :value, :event, :reason)"
                                + " on conflict (topic, part, position) do nothing")
                .setParameter("topic", kafka.topic())
                .setParameter("part", kafka.partition())
                .setParameter("position", kafka.offset())
                .setParameter("key", printable(kafka.key()))
                .setParameter("type", printable(received.type()))
                .setParameter("value", kafka.value())
                .setParameter("event", printable(received.eventId()))
                .setParameter("reason", printable(reason.substring(0, Math.min(reason.length(), REASON_LENGTH))))
                .executeUpdate()
                .replaceWithVoid();
    }

    /** PostgreSQL keeps no NUL in text. */
    private static String printable(String text) {
        return text == null ? null : text.replace('\0', '?');
    }
}
