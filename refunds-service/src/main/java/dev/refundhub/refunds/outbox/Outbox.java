package dev.refundhub.refunds.outbox;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.refundhub.messages.PaymentResolution;
import dev.refundhub.messages.RefundChanged;
import dev.refundhub.messages.ShippedSuiteConfirmation;
import dev.refundhub.messages.VioletLook;
import dev.refundhub.messages.VioletPayment;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import java.util.Map;

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
        return new OutboxMessage(shard, address.topic(), key, address.type(), bytes(message), trace, now);
    }

    /** To be called after the commit: what was stored leaves at once instead of at the next poll. */
    public void committed(List<OutboxMessage> rows) {
        rows.stream().map(OutboxMessage::shard).distinct().forEach(relay::wake);
    }

    private byte[] bytes(Object message) {
        try {
            return json.writeValueAsBytes(message);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
