package dev.refundhub.local.prove.load;

import dev.refundhub.local.http.Json;
import dev.refundhub.local.merchant.VioletBags;
import dev.refundhub.local.stack.Fleet;
import dev.refundhub.messages.MerchantOrder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** The merchant's order system: it tells its orders until Kafka has them, and waits for nobody. */
final class OrderFeed implements AutoCloseable {
    private final Fleet fleet;
    private final KafkaProducer<String, byte[]> producer;

    OrderFeed(Fleet fleet) {
        this.fleet = fleet;
        producer = new KafkaProducer<>(
                Map.of(
                        "bootstrap.servers",
                        fleet.settings().kafka(),
                        "acks",
                        "all",
                        "linger.ms",
                        0,
                        "max.block.ms",
                        2_000,
                        "request.timeout.ms",
                        2_000,
                        "delivery.timeout.ms",
                        4_000,
                        "reconnect.backoff.max.ms",
                        500),
                new StringSerializer(),
                new ByteArraySerializer());
    }

    /** Puts what was sold through Violet there. */
    void sell(byte[] order) {
        try {
            VioletBags.seed(fleet.settings().violetSimulator(), Json.MAPPER.readValue(order, MerchantOrder.class));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Tells Kafka.
     *
     * @param taken hears whether Kafka has it
     */
    void tell(Sold order, byte[] message, Consumer<Boolean> taken) {
        String key = order.seller() + "/" + order.orderId();
        ProducerRecord<String, byte[]> record = new ProducerRecord<>(MerchantOrder.TOPIC, key, message);
        Map.of(
                        "ce_specversion",
                        "1.0",
                        "ce_id",
                        UUID.randomUUID().toString(),
                        "ce_type",
                        MerchantOrder.TYPE,
                        "ce_source",
                        "/merchant",
                        "ce_subject",
                        key)
                .forEach((name, value) -> record.headers().add(name, value.getBytes(StandardCharsets.UTF_8)));
        Future<RecordMetadata> unused = producer.send(record, (where, failure) -> taken.accept(failure == null));
    }

    @Override
    public void close() {
        producer.close(Duration.ofSeconds(5));
    }
}
