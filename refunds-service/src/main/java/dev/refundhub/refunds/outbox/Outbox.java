package dev.refundhub.refunds.outbox;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.refundhub.messages.PaymentResolution;
import dev.refundhub.messages.RefundChanged;
import dev.refundhub.messages.ShippedSuiteConfirmation;
import dev.refundhub.messages.VioletLook;
import dev.refundhub.messages.VioletPayment;
import dev.refundhub.refunds.Queries;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.hibernate.reactive.mutiny.Mutiny;

/** Turns what must be told into rows, and wakes the relay once they are committed. */
@ApplicationScoped
public class Outbox {

    private record Address(String topic, String type) {}

    private static final Map<Class<?>, Address> ADDRESSES = Map.of(
            RefundChanged.class, new Address(RefundChanged.TOPIC, RefundChanged.TYPE),
            VioletPayment.class, new Address(VioletPayment.TOPIC, VioletPayment.TYPE),
            VioletLook.class, new Address(VioletLook.TOPIC, VioletLook.TYPE),
            PaymentResolution.class, new Address(PaymentResolution.TOPIC, PaymentResolution.TYPE),
            ShippedSuiteConfirmation.class, new Address(ShippedSuiteConfirmation.TOPIC, ShippedSuiteConfirmation.TYPE));

    /** All in one statement, numbered as they come. */
    private static final String STORE =
            """
            insert into outbox (id, shard, topic, key, type, payload, trace, created_at)
            select cast(id as uuid), shard, topic, key, type, convert_to(payload, 'UTF8'), trace, cast(at as timestamptz)
            from unnest(cast(:ids as text[]), cast(:shards as integer[]), cast(:topics as text[]), cast(:keys as text[]),
                    cast(:types as text[]), cast(:payloads as text[]), cast(:traces as text[]), cast(:times as text[]))
                with ordinality as leaving (id, shard, topic, key, type, payload, trace, at, no)
            order by no
            """;

    private final ObjectMapper json;
    private final Relay relay;

    Outbox(ObjectMapper json, Relay relay) {
        this.json = json;
        this.relay = relay;
    }

    /**
     * The row for a message; what has one key leaves in order.
     *
     * @param trace the traceparent of what caused it
     */
    public OutboxMessage row(String key, Object message, String trace, Instant now) {
        Address address = ADDRESSES.get(message.getClass());
        int shard = Math.floorMod(key.hashCode(), Relay.SHARDS);
        return new OutboxMessage(
                UUID.randomUUID(), shard, address.topic(), key, address.type(), text(message), trace, now);
    }

    /** Stores them with everything else that the transaction does. */
    public Uni<Void> store(Mutiny.Session session, List<OutboxMessage> rows) {
        return rows.isEmpty()
                ? Uni.createFrom().voidItem()
                : session.createNativeQuery(STORE)
                        .setParameter("ids", Queries.texts(rows, row -> row.id().toString()))
                        .setParameter(
                                "shards",
                                rows.stream().map(OutboxMessage::shard).toArray(Integer[]::new))
                        .setParameter("topics", Queries.texts(rows, OutboxMessage::topic))
                        .setParameter("keys", Queries.texts(rows, OutboxMessage::key))
                        .setParameter("types", Queries.texts(rows, OutboxMessage::type))
                        .setParameter("payloads", Queries.texts(rows, OutboxMessage::payload))
                        .setParameter("traces", Queries.texts(rows, OutboxMessage::trace))
                        .setParameter("times", Queries.texts(rows, row -> row.createdAt()
                                .toString()))
                        .executeUpdate()
                        .replaceWithVoid();
    }

    /** To be called after the commit: what was stored leaves at once instead of at the next poll. */
    public void committed(List<OutboxMessage> rows) {
        rows.stream().map(OutboxMessage::shard).distinct().forEach(relay::wake);
    }

    private String text(Object message) {
        try {
            return json.writeValueAsString(message);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
