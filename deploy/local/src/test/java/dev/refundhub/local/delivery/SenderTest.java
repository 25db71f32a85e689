package dev.refundhub.local.delivery;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Map;
import org.junit.jupiter.api.Test;

/** Each partner's own proof. */
class SenderTest {
    private static final byte[] BODY =
            "{\"topic\":\"refund.requested\",\"payload\":{\"id\":2,\"claim\":{\"note\":\"café\"}}}".getBytes(UTF_8);
    private static final String SIGNATURE = "Z4v4MKogif4bGd5u5U5JAfFsCMGPWBy5xhBYM/Ewm4c=";

    @Test
    void theTwoThatSignDoSoInTheirOwnHeaders() {
        assertEquals(
                Map.of("X-Shipped-Suite-Hmac-Sha256", SIGNATURE),
                Sender.named("shipped-suite").headers(BODY, "", "hub-test-secret", ""));
        assertEquals(
                Map.of("X-Violet-Hmac", SIGNATURE, "X-Violet-Topic", "ORDER_REFUNDED"),
                Sender.named("violet").headers(BODY, "", "hub-test-secret", "ORDER_REFUNDED"));
    }

    @Test
    void theTwoThatDoNotHaveAPasswordOrAToken() {
        assertEquals(
                Map.of("Authorization", "Basic b3B0b3JvOmEgcGFzc3dvcmQ="),
                Sender.named("optoro").headers(BODY, "optoro", "a password", ""));
        assertEquals(
                Map.of("Authorization", "Bearer a token"),
                Sender.named("refundid").headers(BODY, "", "a token", ""));
        assertEquals("/refundid", Sender.named("refundid").door());
    }
}
