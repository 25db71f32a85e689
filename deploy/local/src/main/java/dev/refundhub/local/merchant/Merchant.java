package dev.refundhub.local.merchant;

import dev.refundhub.local.http.Json;
import dev.refundhub.local.stack.Settings;
import dev.refundhub.messages.MerchantOrder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** The merchant's own order system: it tells orders to anyone. */
public final class Merchant implements AutoCloseable {
    private final Settings settings;
    private final KafkaProducer<String, byte[]> producer;

    public Merchant(Settings settings) {
        this.settings = settings;
        Map<String, Object> kafka =
                Map.of("bootstrap.servers", settings.kafka(), "acks", "all", "linger.ms", 0, "max.block.ms", 10_000);
        producer = new KafkaProducer<>(kafka, new StringSerializer(), new ByteArraySerializer());
    }

    /** Puts an order on its topic, byte for byte, and what was sold through Violet into its simulator. */
    public MerchantOrder tell(byte[] order) {
        MerchantOrder told = read(order);
        if (settings.foreignViolet().isEmpty()) {
            VioletBags.seed(settings.violetSimulator(), told);
        }
        String key = told.seller() + "/" + told.orderId();
        ProducerRecord<String, byte[]> message = new ProducerRecord<>(MerchantOrder.TOPIC, key, order);
        header(message, "ce_specversion", "1.0");
        header(message, "ce_id", UUID.randomUUID().toString());
        header(message, "ce_type", MerchantOrder.TYPE);
        header(message, "ce_source", "/merchant");
        header(message, "ce_time", Instant.now().toString());
        header(message, "ce_subject", key);
        header(message, "content-type", "application/json");
        try {
            producer.send(message).get();
        } catch (ExecutionException e) {
            throw new IllegalStateException(
                    "Kafka did not take the order: " + e.getCause().getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
        return told;
    }

    private static MerchantOrder read(byte[] order) {
        try {
            return Json.MAPPER.readValue(order, MerchantOrder.class);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void header(ProducerRecord<String, byte[]> message, String name, String value) {
        message.headers().add(name, value.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public void close() {
        producer.close();
    }
}
