package dev.refundhub.local.story;

import dev.refundhub.local.http.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/** Everything that was ever said on a topic, and what is said from now on. */
final class TopicTail<T> implements AutoCloseable {
    private final KafkaConsumer<String, byte[]> consumer;
    private final Class<T> type;
    private final Consumer<T> listener;
    private final List<T> heard = new CopyOnWriteArrayList<>();
    private final Thread reader;

    TopicTail(String kafka, String topic, Class<T> type, Consumer<T> listener) {
        this.type = type;
        this.listener = listener;
        consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", kafka, "enable.auto.commit", false),
                new StringDeserializer(),
                new ByteArrayDeserializer());
        List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                .map(partition -> new TopicPartition(topic, partition.partition()))
                .toList();
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
        reader = new Thread(this::read, "tail of " + topic);
        reader.setDaemon(true);
        reader.start();
    }

    private void read() {
        try (consumer) {
            while (true) {
                consumer.poll(Duration.ofSeconds(1)).forEach(this::hear);
            }
        } catch (WakeupException e) {
            // closed
        }
    }

    private void hear(ConsumerRecord<String, byte[]> message) {
        try {
            T said = Json.MAPPER.readValue(message.value(), type);
            heard.add(said);
            listener.accept(said);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    List<T> heard() {
        return List.copyOf(heard);
    }

    @Override
    public void close() {
        consumer.wakeup();
        try {
            reader.join(Duration.ofSeconds(5).toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
