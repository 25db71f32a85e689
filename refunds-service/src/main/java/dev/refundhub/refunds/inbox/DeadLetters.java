package dev.refundhub.refunds.inbox;

import dev.refundhub.refunds.Queries;
import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Base64;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.hibernate.reactive.mutiny.Mutiny;
import org.jboss.logging.Logger;

/** What was put aside for what it is itself, whole, for a person to look at. */
@ApplicationScoped
public class DeadLetters {

    private static final Logger LOG = Logger.getLogger(DeadLetters.class);

    private static final int REASON_LENGTH = 500;

    private static final String PUT_ASIDE =
            """
            insert into dead_letter (topic, part, position, key, type, value, event_id, reason)
            select topic, part, position, key, type, decode(value, 'base64'), event_id, reason
            from unnest(cast(:topics as text[]), cast(:parts as integer[]), cast(:positions as bigint[]),
                    cast(:keys as text[]), cast(:types as text[]), cast(:values as text[]), cast(:events as text[]),
                    cast(:reasons as text[]))
                as aside (topic, part, position, key, type, value, event_id, reason)
            on conflict (topic, part, position) do nothing
            """;

    private final MeterRegistry metrics;

    DeadLetters(MeterRegistry metrics) {
        this.metrics = metrics;
    }

    /** A record, and why it is put aside. */
    public record Aside(Received<?> received, String reason) {}

    /** Puts records aside in the session's transaction and one statement; the same record once, however often it comes. */
    public Uni<Void> putAside(Mutiny.Session session, List<Aside> asides) {
        asides.forEach(this::tell);
        return asides.isEmpty()
                ? Uni.createFrom().voidItem()
                : session.createNativeQuery(PUT_ASIDE)
                        .setParameter("topics", Queries.texts(asides, aside -> kafka(aside)
                                .topic()))
                        .setParameter(
                                "parts",
                                asides.stream()
                                        .map(aside -> kafka(aside).partition())
                                        .toArray(Integer[]::new))
                        .setParameter(
                                "positions",
                                asides.stream()
                                        .map(aside -> kafka(aside).offset())
                                        .toArray(Long[]::new))
                        .setParameter(
                                "keys",
                                Queries.texts(
                                        asides, aside -> printable(kafka(aside).key())))
                        .setParameter(
                                "types",
                                Queries.texts(
                                        asides,
                                        aside -> printable(aside.received().type())))
                        .setParameter(
                                "values",
                                Queries.texts(
                                        asides, aside -> base64(kafka(aside).value())))
                        .setParameter(
                                "events",
                                Queries.texts(
                                        asides,
                                        aside -> printable(aside.received().eventId())))
                        .setParameter("reasons", Queries.texts(asides, aside -> printable(shortened(aside.reason()))))
                        .executeUpdate()
                        .replaceWithVoid();
    }

    private void tell(Aside aside) {
        ConsumerRecord<String, byte[]> kafka = kafka(aside);
        LOG.warnf("put aside %s/%d/%d: %s", kafka.topic(), kafka.partition(), kafka.offset(), aside.reason());
        metrics.counter("hub.dead.letters", "topic", kafka.topic()).increment();
    }

    private static ConsumerRecord<String, byte[]> kafka(Aside aside) {
        return aside.received().kafka();
    }

    private static String base64(byte[] value) {
        return value == null ? null : Base64.getEncoder().encodeToString(value);
    }

    private static String shortened(String reason) {
        return reason.substring(0, Math.min(reason.length(), REASON_LENGTH));
    }

    /** PostgreSQL keeps no NUL in text. */
    private static String printable(String text) {
        return text == null ? null : text.replace('\0', '?');
    }
}
