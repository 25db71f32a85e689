package dev.refundhub.local.stack;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/** Consumer groups, as {@code kafka-consumer-groups.sh} knows them. */
public final class Groups {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private Groups() {}

    /** As with {@code --reset-offsets --to-datetime}: the group reads again what was said since then. Nobody may be in it. */
    public static void rewind(String kafka, String group, Instant to) {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka))) {
            Map<TopicPartition, OffsetAndMetadata> offsets = offsets(admin, group, to);
            boolean done = Bounded.until(PATIENCE, () -> {
                try {
                    admin.alterConsumerGroupOffsets(group, offsets).all().get();
                    return true;
                } catch (ExecutionException somebodyIsStillInIt) {
                    return false;
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    throw new IllegalStateException(e);
                }
            });
            if (!done) {
                throw new IllegalStateException("group " + group + " cannot be rewound: somebody is still in it");
            }
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** How many records of which partitions the group has not confirmed; what is confirmed is left out. */
    public static Map<String, Long> lag(String kafka, String group) {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka))) {
            Map<TopicPartition, OffsetAndMetadata> confirmed = admin.listConsumerGroupOffsets(group)
                    .partitionsToOffsetAndMetadata()
                    .get();
            return admin
                    .listOffsets(confirmed.keySet().stream()
                            .collect(Collectors.toMap(each -> each, each -> OffsetSpec.latest())))
                    .all()
                    .get()
                    .entrySet()
                    .stream()
                    .filter(end -> end.getValue().offset()
                            != confirmed.get(end.getKey()).offset())
                    .collect(Collectors.toMap(
                            end -> group + " of " + end.getKey(),
                            end -> end.getValue().offset()
                                    - confirmed.get(end.getKey()).offset()));
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static Map<TopicPartition, OffsetAndMetadata> offsets(Admin admin, String group, Instant to)
            throws ExecutionException, InterruptedException {
        Set<TopicPartition> partitions = admin.listConsumerGroupOffsets(group)
                .partitionsToOffsetAndMetadata()
                .get()
                .keySet();
        OffsetSpec since = OffsetSpec.forTimestamp(to.toEpochMilli());
        return admin
                .listOffsets(partitions.stream().collect(Collectors.toMap(each -> each, each -> since)))
                .all()
                .get()
                .entrySet()
                .stream()
                .filter(each -> each.getValue().offset() >= 0)
                .collect(Collectors.toMap(
                        Map.Entry::getKey,
                        each -> new OffsetAndMetadata(each.getValue().offset())));
    }
}
