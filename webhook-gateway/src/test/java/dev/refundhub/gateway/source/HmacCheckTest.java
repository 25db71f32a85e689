package dev.refundhub.gateway.source;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.refundhub.gateway.SampleBodies;
import dev.refundhub.gateway.SentDelivery;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class HmacCheckTest {

    private static final String BODY = "{\"id\":1}";

    private final HmacCheck check = new HmacCheck(List.of("X-Signed", "X_SIGNED"), List.of("new", "old"), 5);
    private final String right = signature("new");

    @TestFactory
    Stream<DynamicTest> computedVectorsHold() throws JsonProcessingException {
        JsonNode vectors = new ObjectMapper().readTree(SampleBodies.sample("signature-test-vectors.json"));
        return vectors.path("vectors")
                .valueStream()
                .map(vector -> DynamicTest.dynamicTest(vector.path("name").asText(), () -> {
                    HmacCheck known = new HmacCheck(
                            List.of("X-Signed"), List.of(vector.path("secret").asText()), 1);
                    MultiMap headers = MultiMap.caseInsensitiveMultiMap()
                            .add("x-signed", vector.path("hmac_sha256_base64").asText());
                    String body = vector.path("body_utf8").asText();

                    assertTrue(holds(known, headers, body));
                    assertFalse(holds(known, headers, body + " "));
                }));
    }

    @Test
    void anyOfTheSecretsSigns() {
        assertTrue(passes("X-Signed", right));
        assertTrue(passes("X-Signed", signature("old")));
        assertFalse(passes("X-Signed", signature("other")));
    }

    @Test
    void bothSpellingsOfTheNameCountInAnyCase() {
        assertTrue(passes("x_SIGNED", right));
        assertTrue(passes("x-signed", right));
        assertFalse(passes("X.Signed", right));
    }

    @Test
    void theHeaderStandsThereOnce() {
        assertFalse(passes());
        assertFalse(passes("X-Signed", right, "X-Signed", right));
        assertFalse(passes("X-Signed", right, "X_SIGNED", right));
        assertFalse(passes("X-Signed", "", "X-Signed", right));
        assertFalse(passes("X-Signed", right.substring(0, 20), "X-Signed", right.substring(20)));
    }

    @Test
    void onlyPaddedStandardBase64IsASignature() {
        byte[] bytes = Base64.getDecoder().decode(right);

        assertEquals(44, right.length());
        assertFalse(passes("X-Signed", right.replace("=", "")));
        assertFalse(passes("X-Signed", right + "="));
        assertFalse(passes("X-Signed", "sha256=" + right));
        assertFalse(
                passes("X-Signed", Base64.getMimeEncoder(20, new byte[] {'\n'}).encodeToString(bytes)));
        assertFalse(passes("X-Signed", right.toLowerCase(Locale.ROOT)));
        assertFalse(passes("X-Signed", ""));
    }

    private boolean passes(String... headers) {
        MultiMap sent = MultiMap.caseInsensitiveMultiMap();
        for (int i = 0; i < headers.length; i += 2) {
            sent.add(headers[i], headers[i + 1]);
        }
        return holds(check, sent, BODY);
    }

    private static String signature(String secret) {
        return SentDelivery.signature(BODY.getBytes(UTF_8), secret);
    }

    private static boolean holds(HmacCheck check, MultiMap headers, String body) {
        return check.judge(new Arrived("192.0.2.7", headers, Buffer.buffer(body))) == Finding.HOLDS;
    }
}
