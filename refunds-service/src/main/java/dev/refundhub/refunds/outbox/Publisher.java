package dev.refundhub.refunds.outbox;

import dev.refundhub.refunds.Trace;
import io.smallrye.mutiny.Uni;
import io.smallrye.reactive.messaging.MutinyEmitter;
import io.smallrye.reactive.messaging.kafka.api.OutgoingKafkaRecordMetadata;
import io.vertx.mutiny.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.eclipse.microprofile.reactive.messaging.Channel;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.eclipse.microprofile.reactive.messaging.Metadata;
import org.eclipse.microprofile.reactive.messaging.OnOverflow;

/** Gives rows of the outbox to Kafka as CloudEvents 1.0 in binary mode. */
@ApplicationScoped
class Publisher {

    private static final String SOURCE = "/refunds-service";

    private final MutinyEmitter<byte[]> kafka;

    Publisher(@Channel("outbox") @OnOverflow(OnOverflow.Strategy.UNBOUNDED_BUFFER) MutinyEmitter<byte[]> kafka) {
        this.kafka = kafka;
    }

    /** Completes when Kafka has them all, in their order per key. */
    Uni<Void> publish(List<Row> rows) {
        return Uni.join()
                .all(rows.stream().map(row -> kafka.sendMessage(record(row))).toList())
                .andCollectFailures()
                .replaceWithVoid();
    }

    private static Message<byte[]> record(Row row) {
        String key = row.getString("key");
        RecordHeaders headers = new RecordHeaders();
        header(headers, "ce_specversion", "1.0");
        header(headers, "ce_id", row.getUUID("id").toString());
        header(headers, "ce_type", row.getString("type"));
        header(headers, "ce_source", SOURCE);
        header(
                headers,
                "ce_time",
                row.getOffsetDateTime("created_at").toInstant().toString());
        header(headers, "ce_subject", key);
        header(headers, Trace.HEADER, row.getString("trace"));
        header(headers, "content-type", "application/json");
        OutgoingKafkaRecordMetadata<String> metadata = OutgoingKafkaRecordMetadata.<String>builder()
                .withTopic(row.getString("topic"))
                .withKey(key)
                .withHeaders(headers)
                .build();
        return Message.of(row.getBuffer("payload").getBytes(), Metadata.of(metadata));
    }

    private static void header(RecordHeaders headers, String name, String value) {
        headers.add(name, value.getBytes(StandardCharsets.UTF_8));
    }
}
