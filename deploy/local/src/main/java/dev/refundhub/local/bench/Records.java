package dev.refundhub.local.bench;

import dev.refundhub.local.stack.Settings;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** Puts many records on topics. */
final class Records {
    private Records() {}

    /** Returns when Kafka has all of them. */
    static void send(Settings settings, Stream<ProducerRecord<String, byte[]>> records) {
        Map<String, Object> kafka = Map.of("bootstrap.servers", settings.kafka(), "acks", "all");
        try (KafkaProducer<String, byte[]> producer =
                new KafkaProducer<>(kafka, new StringSerializer(), new ByteArraySerializer())) {
            List<Future<RecordMetadata>> sent = records.map(producer::send).toList();
            for (Future<RecordMetadata> each : sent) {
                each.get();
            }
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
