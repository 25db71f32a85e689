package dev.refundhub.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** Bodies as the partner documents them. */
public final class SampleBodies {

    private SampleBodies() {}

    /** The body that the partner's page prints, in the envelope in which it is sent. */
    public static String refundRequest() {
        return envelope("refund.requested", sample("refund-request.json"));
    }

    /** The same for another case. */
    public static String refundRequest(int caseRef) {
        return refundRequest().replace("\"id\":2,", "\"id\":" + caseRef + ",");
    }

    public static String envelope(String topic, String payload) {
        return "{\"topic\":\"" + topic + "\",\"payload\":" + payload + "}";
    }

    public static String sample(String name) {
        try (InputStream in = SampleBodies.class.getResourceAsStream("/" + name)) {
            return new String(in.readAllBytes(), UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
