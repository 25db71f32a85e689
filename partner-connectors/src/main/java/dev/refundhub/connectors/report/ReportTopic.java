package dev.refundhub.connectors.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.refundhub.connectors.exchange.Trace;
import dev.refundhub.messages.PartnerReport;
import io.smallrye.mutiny.Uni;
import io.smallrye.reactive.messaging.MutinyEmitter;
import io.smallrye.reactive.messaging.kafka.api.OutgoingKafkaRecordMetadata;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.eclipse.microprofile.reactive.messaging.Channel;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.eclipse.microprofile.reactive.messaging.OnOverflow;

/** The topic {@code partner-reports}, in CloudEvents' binary mode. */
@ApplicationScoped
public class ReportTopic {

    private final MutinyEmitter<byte[]> emitter;
    private final ObjectMapper json;
    private final Duration kafkaWithin;

    ReportTopic(
            @Channel(PartnerReport.TOPIC) @OnOverflow(OnOverflow.Strategy.UNBOUNDED_BUFFER)
                    MutinyEmitter<byte[]> emitter,
            ObjectMapper json,
            @ConfigProperty(name = "hub.report.kafka-within") Duration kafkaWithin) {
        this.emitter = emitter;
        this.json = json;
        this.kafkaWithin = kafkaWithin;
    }

    /** Ends when Kafka has it; fails when Kafka takes too long to say so. */
    Uni<Void> tell(Untold untold) {
        return tell(untold.key(), untold.id(), PartnerReport.TYPE, untold.trace(), untold.report());
    }

    /**
     * The same for anything else that is told there.
     *
     * @param trace the traceparent of what caused it; null where nobody told one
     */
    public Uni<Void> tell(String key, String id, String type, String trace, Object message) {
        return emitter.sendMessage(Message.of(body(message)).addMetadata(metadata(key, id, type, Trace.of(trace))))
                .ifNoItem()
                .after(kafkaWithin)
                .fail();
    }

    private byte[] body(Object message) {
        try {
            return json.writeValueAsBytes(message);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("a report that cannot be written", impossible);
        }
    }

    private static OutgoingKafkaRecordMetadata<String> metadata(String key, String id, String type, String trace) {
        RecordHeaders headers = new RecordHeaders();
        add(headers, "ce_specversion", "1.0");
        add(headers, "ce_id", id);
        add(headers, "ce_type", type);
        add(headers, "ce_source", "/partner-connectors");
        add(headers, "ce_time", Instant.now().toString());
        add(headers, "ce_subject", key);
        add(headers, Trace.HEADER, trace);
        add(headers, "content-type", "application/json");
        return OutgoingKafkaRecordMetadata.<String>builder()
                .withKey(key)
                .withHeaders(headers)
                .build();
    }

    private static void add(RecordHeaders headers, String name, String value) {
        headers.add(name, value.getBytes(StandardCharsets.UTF_8));
    }
}
