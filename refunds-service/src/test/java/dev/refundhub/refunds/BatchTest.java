package dev.refundhub.refunds;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.refundhub.refunds.inbox.Inbox;
import dev.refundhub.refunds.inbox.Received;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.vertx.VertxContextSupport;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

/** A record that cannot be taken with others costs the others little. */
@QuarkusTest
@QuarkusTestResource(Surroundings.class)
class BatchTest {

    private static final int RECORDS = 128;
    private static final String BAD = "77";

    @Inject
    Inbox inbox;

    private final List<Integer> tried = new ArrayList<>();
    private final List<String> taken = new ArrayList<>();

    @Test
    void aBatchWithARecordThatMustBeAloneIsHalvedAndKeepsItsOrder() {
        inbox.take(records(), (type, value) -> new String(value, StandardCharsets.UTF_8), this::work)
                .await()
                .atMost(Duration.ofSeconds(10));

        assertEquals(IntStream.range(0, RECORDS).mapToObj(Integer::toString).toList(), taken);
        assertTrue(tried.size() <= 2 * 7 + 1, tried.toString());
    }

    /** With its stack: what is put aside is not tried again, so that nobody sees it a second time. */
    @Test
    void aRecordThatIsPutAsideForAFaultOfOursSaysSo() throws Throwable {
        ConsumerRecord<String, byte[]> record = records().iterator().next();
        ConsumerRecords<String, byte[]> alone =
                new ConsumerRecords<>(Map.of(new TopicPartition("orders", 0), List.of(record)), Map.of());
        try (Statements said = Statements.saidBy(Inbox.class)) {
            VertxContextSupport.subscribeAndAwait(() -> inbox.take(
                    alone, (type, value) -> new String(value, StandardCharsets.UTF_8), batch -> Uni.createFrom()
                            .failure(new NullPointerException("a field"))));

            assertEquals(List.of("a record is put aside for a fault of ours"), said.taken());
        }
    }

    private Uni<Void> work(List<Received<String>> batch) {
        List<String> values = batch.stream().map(Received::message).toList();
        tried.add(values.size());
        if (values.size() > 1 && values.contains(BAD)) {
            return Uni.createFrom().failure(new IllegalStateException("not together"));
        }
        taken.addAll(values);
        return Uni.createFrom().voidItem();
    }

    private static ConsumerRecords<String, byte[]> records() {
        List<ConsumerRecord<String, byte[]>> all = IntStream.range(0, RECORDS)
                .mapToObj(i -> new ConsumerRecord<>(
                        "orders", 0, i, "key", Integer.toString(i).getBytes(StandardCharsets.UTF_8)))
                .toList();
        return new ConsumerRecords<>(Map.of(new TopicPartition("orders", 0), all), Map.of());
    }
}
