package dev.refundhub.refunds;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.awaitility.Awaitility;

/** The other end of every topic: tells what others tell, and hears what the service says. */
final class Topics implements AutoCloseable {

    static final Duration BOUND = Duration.ofSeconds(20);

    static final ObjectMapper JSON = JsonMapper.builder()
            .addModule(new JavaTimeModule())
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .build();

    private final KafkaProducer<String, byte[]> producer;
    private final KafkaConsumer<String, byte[]> consumer;
    private final List<ConsumerRecord<String, byte[]>> heard = new ArrayList<>();

    Topics() {
        producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", Surroundings.kafka()), new StringSerializer(), new ByteArraySerializer());
        consumer = new KafkaConsumer<>(
                Map.of(
                        "bootstrap.servers", Surroundings.kafka(),
                        "group.id", UUID.randomUUID().toString(),
                        "auto.offset.reset", "earliest"),
                new StringDeserializer(),
                new ByteArrayDeserializer());
        consumer.subscribe(List.of("violet-instructions", "shipped-suite-instructions", "refund-events"));
    }

    void tell(String topic, String key, String type, Object message) {
        tell(topic, key, type, message, null);
    }

    /** With the trace of what caused it; null for none. */
    void tell(String topic, String key, String type, Object message, String traceparent) {
        try {
            tellBytes(topic, key, type, JSON.writeValueAsBytes(message), traceparent);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void tellBytes(String topic, String key, String type, byte[] value) {
        tellBytes(topic, key, type, value, null);
    }

    private void tellBytes(String topic, String key, String type, byte[] value, String traceparent) {
        ProducerRecord<String, byte[]> telling = new ProducerRecord<>(topic, key, value);
        telling.headers().add("ce_type", type.getBytes(StandardCharsets.UTF_8));
        telling.headers().add("ce_id", UUID.randomUUID().toString().getBytes(StandardCharsets.UTF_8));
        if (traceparent != null) {
            telling.headers().add("traceparent", traceparent.getBytes(StandardCharsets.UTF_8));
        }
        try {
            producer.send(telling).get();
        } catch (InterruptedException | ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    /** What was said on a topic about an order so far, oldest first. */
    List<JsonNode> heard(String topic, String key) {
        return records(topic, key).stream().map(Topics::json).toList();
    }

    /** The payments that were ordered for an order so far, oldest first; not what was said of those that came to nothing. */
    List<JsonNode> payments(String key) {
        return heard("violet-instructions", key).stream()
                .filter(said -> said.get("kind").asText().equals("PAY"))
                .toList();
    }

    List<ConsumerRecord<String, byte[]>> records(String topic, String key) {
        consumer.poll(Duration.ofMillis(50)).forEach(heard::add);
        return heard.stream()
                .filter(r -> r.topic().equals(topic) && key.equals(r.key()))
                .toList();
    }

    /** The traces of what was said on a topic about an order. */
    Set<String> traces(String topic, String key) {
        return records(topic, key).stream()
                .map(said -> new String(said.headers().lastHeader("traceparent").value(), StandardCharsets.UTF_8))
                .collect(Collectors.toSet());
    }

    /** Waits until an event about the order fits. */
    JsonNode awaitEvent(String key, Predicate<JsonNode> fits) {
        return Awaitility.await("event about " + key)
                .atMost(BOUND)
                .until(
                        () -> heard("refund-events", key).stream().filter(fits).findFirst(),
                        java.util.Optional::isPresent)
                .orElseThrow();
    }

    static JsonNode json(ConsumerRecord<String, byte[]> said) {
        try {
            return JSON.readTree(said.value());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        producer.close();
        consumer.close();
    }
}
