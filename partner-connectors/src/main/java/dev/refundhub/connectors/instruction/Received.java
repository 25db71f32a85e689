package dev.refundhub.connectors.instruction;

import dev.refundhub.connectors.exchange.Trace;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;

/** What came, as it came. */
record Received(ConsumerRecord<String, byte[]> raw) {

    /** The CloudEvents type; empty where there is none. */
    String type() {
        return header("ce_type");
    }

    /** The traceparent that it came with, or one that begins here. */
    String trace() {
        return Trace.of(header(Trace.HEADER));
    }

    private String header(String name) {
        Header header = raw.headers().lastHeader(name);
        return header == null || header.value() == null ? "" : new String(header.value(), StandardCharsets.UTF_8);
    }

    /** A name of something, of a length that may be kept. */
    static boolean isName(String name) {
        return name.matches("\\P{Cntrl}{1,255}");
    }

    byte[] value() {
        return raw.value() == null ? new byte[0] : raw.value();
    }

    byte[] key() {
        return raw.key() == null ? new byte[0] : raw.key().getBytes(StandardCharsets.UTF_8);
    }

    String headers() {
        StringBuilder all = new StringBuilder();
        raw.headers().forEach(header -> all.append(header.key())
                .append(": ")
                .append(header.value() == null ? "" : new String(header.value(), StandardCharsets.UTF_8))
                .append('\n'));
        return all.toString().replace('\0', ' ');
    }
}
