package dev.refundhub.refunds.inbox;

import dev.refundhub.refunds.Trace;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;

/**
 * A record as Kafka brought it, and the message it was read as.
 *
 * @param message null where it could not be read
 */
public record Received<T>(ConsumerRecord<String, byte[]> kafka, T message) {

    /** The CloudEvents type; null where there is none. */
    public String type() {
        return header("ce_type");
    }

    /** The CloudEvents id, or the record's place where it has none: the same each time it is read. */
    public String eventId() {
        String id = header("ce_id");
        return id != null ? id : kafka.topic() + "/" + kafka.partition() + "/" + kafka.offset();
    }

    /** The traceparent of what it came from; null where there is none. */
    public String trace() {
        return Trace.of(header(Trace.HEADER));
    }

    private String header(String name) {
        Header header = kafka.headers().lastHeader(name);
        return header == null ? null : new String(header.value(), StandardCharsets.UTF_8);
    }
}
