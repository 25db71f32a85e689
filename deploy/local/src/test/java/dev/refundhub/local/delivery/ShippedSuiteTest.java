package dev.refundhub.local.delivery;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** The signature against a vector that was computed elsewhere. */
class ShippedSuiteTest {
    @Test
    void theSignatureIsTheBase64OfTheHmacOverTheRawBody() {
        byte[] body = "{\"topic\":\"refund.requested\",\"payload\":{\"id\":2,\"claim\":{\"note\":\"café\"}}}"
                .getBytes(StandardCharsets.UTF_8);

        assertEquals("Z4v4MKogif4bGd5u5U5JAfFsCMGPWBy5xhBYM/Ewm4c=", ShippedSuite.sign(body, "hub-test-secret"));
    }
}
