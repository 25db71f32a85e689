package dev.refundhub.gateway.delivery;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.refundhub.gateway.Delivery;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TraceTest {

    private static final UUID ID = UUID.fromString("0199c0de-0000-7000-8000-000000000001");
    private static final String OWN = "00-0199c0de000070008000000000000001-8000000000000001-00";

    @Test
    void theTraceThatItCameWithGoesOn() {
        String given = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";

        assertEquals(given, trace(new JsonObject().put("traceparent", given)));
    }

    @Test
    void withoutOneItIsMadeOfTheDeliverysId() {
        assertEquals(OWN, trace(new JsonObject()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "x",
                "00-00000000000000000000000000000000-00f067aa0ba902b7-01",
                "00-4bf92f3577b34da6a3ce929d0e0e4736-0000000000000000-01",
                "00-4BF92F3577B34DA6A3CE929D0E0E4736-00f067aa0ba902b7-01",
                "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01, 00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"
            })
    void whatIsNoTraceIsNotPassedOn(String given) {
        assertEquals(OWN, trace(new JsonObject().put("traceparent", given)));
    }

    private static String trace(JsonObject headers) {
        return Trace.of(new Delivery(ID, "acme-shipped", Instant.EPOCH, headers, Buffer.buffer()));
    }
}
