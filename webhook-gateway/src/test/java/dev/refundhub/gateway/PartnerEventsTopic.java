package dev.refundhub.gateway;

import dev.refundhub.messages.PartnerClaim;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;

/** The topic as somebody else sees it. */
public final class PartnerEventsTopic {

    private static final int PARTITIONS = 12;
    /** Small, so that a delivery can be too large for it. */
    private static final Map<String, String> LIMIT = Map.of("max.message.bytes", "65536");

    private PartnerEventsTopic() {}

    public static void create(String bootstrap) {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrap))) {
            admin.createTopics(List.of(new NewTopic(PartnerClaim.TOPIC, PARTITIONS, (short) 1).configs(LIMIT)))
                    .all()
                    .toCompletionStage()
                    .toCompletableFuture()
                    .join();
        }
    }

    /** All records with this key that are there now. */
    public static List<ConsumerRecord<String, String>> told(String bootstrap, String key) {
        return told(bootstrap).stream().filter(told -> told.key().equals(key)).toList();
    }

    /** The keys of all records that are there now. */
    public static List<String> keys(String bootstrap) {
        return told(bootstrap).stream().map(ConsumerRecord::key).toList();
    }

    /** The ids of the deliveries that were told. */
    public static List<String> eventIds(String bootstrap) {
        return told(bootstrap).stream()
                .map(told -> new String(told.headers().lastHeader("ce_id").value(), StandardCharsets.UTF_8))
                .toList();
    }

    private static List<ConsumerRecord<String, String>> told(String bootstrap) {
        List<TopicPartition> partitions = IntStream.range(0, PARTITIONS)
                .mapToObj(partition -> new TopicPartition(PartnerClaim.TOPIC, partition))
                .toList();
        List<ConsumerRecord<String, String>> told = new ArrayList<>();
        try (KafkaConsumer<String, String> consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", bootstrap), new StringDeserializer(), new StringDeserializer())) {
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                consumer.poll(Duration.ofMillis(200)).forEach(told::add);
            }
        }
        return told;
    }
}
