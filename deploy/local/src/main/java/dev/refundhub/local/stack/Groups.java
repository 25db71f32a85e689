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
        asked(kafka, admin -> {
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
            return offsets;
        });
    }

    /** How many records of which partitions the group has not confirmed; what is confirmed is left out. */
    public static Map<String, Long> lag(String kafka, String group) {
        return asked(kafka, admin -> unread(confirmed(admin, group), ends(admin, group)));
    }

    /** Where the partitions that the group reads end now. */
    public static Map<TopicPartition, Long> ends(String kafka, String group) {
        return asked(kafka, admin -> ends(admin, group));
    }

    /** Whether the group has confirmed all that was there then. */
    public static boolean hasRead(String kafka, String group, Map<TopicPartition, Long> then) {
        return asked(kafka, admin -> unread(confirmed(admin, group), then)).isEmpty();
    }

    private static Map<String, Long> unread(Map<TopicPartition, Long> confirmed, Map<TopicPartition, Long> ends) {
        return ends.entrySet().stream()
                .filter(end -> end.getValue() > confirmed.get(end.getKey()))
                .collect(Collectors.toMap(
                        end -> end.getKey().toString(), end -> end.getValue() - confirmed.get(end.getKey())));
    }

    private static Map<TopicPartition, Long> confirmed(Admin admin, String group)
            throws ExecutionException, InterruptedException {
        return admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata().get().entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, each -> each.getValue().offset()));
    }

    private static Map<TopicPartition, Long> ends(Admin admin, String group)
            throws ExecutionException, InterruptedException {
        return offsets(admin, confirmed(admin, group).keySet(), OffsetSpec.latest());
    }

    private static Map<TopicPartition, OffsetAndMetadata> offsets(Admin admin, String group, Instant to)
            throws ExecutionException, InterruptedException {
        OffsetSpec since = OffsetSpec.forTimestamp(to.toEpochMilli());
        return offsets(admin, confirmed(admin, group).keySet(), since).entrySet().stream()
                .filter(each -> each.getValue() >= 0)
                .collect(Collectors.toMap(Map.Entry::getKey, each -> new OffsetAndMetadata(each.getValue())));
    }

    private static Map<TopicPartition, Long> offsets(Admin admin, Set<TopicPartition> partitions, OffsetSpec which)
            throws ExecutionException, InterruptedException {
        return admin
                .listOffsets(partitions.stream().collect(Collectors.toMap(each -> each, each -> which)))
                .all()
                .get()
                .entrySet()
                .stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, each -> each.getValue().offset()));
    }

    private static <T> T asked(String kafka, Question<T> question) {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka))) {
            return question.ask(admin);
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @FunctionalInterface
    private interface Question<T> {
        T ask(Admin admin) throws ExecutionException, InterruptedException;
    }
}
