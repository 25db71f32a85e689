package dev.refundhub.local.prove.check;

import com.fasterxml.jackson.databind.JsonNode;
import dev.refundhub.local.http.Json;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** All that was ever said on a topic; each reading goes on where the last one ended. Of one thread. */
final class Topic implements AutoCloseable {
    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final Duration POLL = Duration.ofMillis(100);

    private final String kafka;
    private final String name;
    private final List<JsonNode> said = new ArrayList<>();
    private KafkaConsumer<byte[], byte[]> consumer;

    Topic(String kafka, String name) {
        this.kafka = kafka;
        this.name = name;
    }

    /** What is JSON of it, in the order of each partition. */
    List<JsonNode> said() {
        if (consumer == null) {
            begin();
        }
        Map<TopicPartition, Long> ends = consumer.endOffsets(consumer.assignment(), LIMIT);
        long deadline = System.nanoTime() + LIMIT.toNanos();
        while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey(), LIMIT) < end.getValue())) {
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException(name + " cannot be read");
            }
            consumer.poll(POLL).forEach(this::hear);
        }
        return said;
    }

    /** The broker has lost all of it: begins anew, and keeps what was heard. */
    void forgetPlace() {
        close();
        consumer = null;
    }

    private void begin() {
        consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", kafka, "enable.auto.commit", false, "auto.offset.reset", "earliest"),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
        List<TopicPartition> partitions = consumer.partitionsFor(name, LIMIT).stream()
                .map(partition -> new TopicPartition(name, partition.partition()))
                .toList();
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
    }

    private void hear(ConsumerRecord<byte[], byte[]> record) {
        try {
            if (record.value() != null) {
                said.add(Json.MAPPER.readTree(record.value()));
            }
        } catch (IOException e) {
            // somebody else's garbage
        }
    }

    @Override
    public void close() {
        if (consumer != null) {
            consumer.close();
        }
    }
}
