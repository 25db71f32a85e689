package dev.refundhub.gateway.delivery;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.refundhub.gateway.KeptDeliveries;
import dev.refundhub.gateway.PartnerEventsTopic;
import dev.refundhub.gateway.SentDelivery;
import dev.refundhub.gateway.Surroundings;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.net.URI;
import java.net.http.HttpResponse;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Whatever stands in the body of a trusted delivery of any partner: it is answered with 200, kept whole, and told to nobody. */
@QuarkusTest
@WithTestResource(Surroundings.class)
class BadBodiesTest {

    private static final String DIGEST = "select encode(sha256(body), 'hex') from delivery where id = '%s'";

    @TestHTTPResource("/")
    URI gateway;

    @ConfigProperty(name = "kafka.bootstrap.servers")
    String kafka;

    @Inject
    KeptDeliveries kept;

    private final List<String> ids = new ArrayList<>();

    @TestFactory
    Stream<DynamicTest> areQuarantined() {
        return Stream.of("acme-shipped", "acme-optoro", "acme-refundid", "violet")
                .flatMap(source -> bodies().entrySet().stream()
                        .map(body -> DynamicTest.dynamicTest(source + ": " + body.getKey(), () -> {
                            HttpResponse<String> answer =
                                    trusted(source, body.getValue()).send();

                            assertEquals(200, answer.statusCode());
                            String id =
                                    answer.headers().firstValue("Delivery-Id").orElseThrow();
                            await().atMost(Duration.ofSeconds(5))
                                    .until(() -> kept.stateOf(id).startsWith("QUARANTINED "));
                            assertEquals(sha256(body.getValue()), kept.one(DIGEST.formatted(id)));
                            ids.add(id);
                        })));
    }

    @AfterEach
    void nothingIsTold() {
        String told = String.join(" ", PartnerEventsTopic.eventIds(kafka));
        assertEquals(List.of(), ids.stream().filter(told::contains).toList());
    }

    private static String sha256(byte[] body) throws NoSuchAlgorithmException {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(body));
    }

    private static Map<String, byte[]> bodies() {
        Map<String, byte[]> bodies = new LinkedHashMap<>();
        bodies.put("nothing", new byte[0]);
        bodies.put("white space", utf8(" \n"));
        for (String value :
                List.of("null", "0", "-0", "1e400", "1".repeat(40), "\"text\"", "[]", "{}", "[{}]", "true")) {
            bodies.put(value, utf8(value));
        }
        bodies.put("depth 10,000", utf8("[".repeat(10_000) + "]".repeat(10_000)));
        bodies.put("an object without end", utf8("{\"id\":1,"));
        bodies.put("two documents", utf8("{}{}"));
        bodies.put("20,000 names", utf8(names()));
        bodies.put("a name twice", utf8("{\"id\":1,\"order_id\":1,\"id\":2}"));
        bodies.put("no UTF-8", "{\"order_id\":\"é\"}".getBytes(ISO_8859_1));
        bodies.put("UTF-16", "{\"order_id\":1}".getBytes(UTF_16));
        bodies.put("UTF-16 without a mark", "{\"order_id\":1}".getBytes(UTF_16LE));
        bodies.put("U+0000", utf8("{\"order_id\":\"\u0000\"}"));
        bodies.put("a byte order mark", utf8("\uFEFFnull"));
        return bodies;
    }

    private static String names() {
        return IntStream.range(0, 20_000).mapToObj(i -> "\"n" + i + "\":0").collect(Collectors.joining(",", "{", "}"));
    }

    private static byte[] utf8(String text) {
        return text.getBytes(UTF_8);
    }

    private SentDelivery trusted(String source, byte[] body) {
        SentDelivery sent = SentDelivery.to(gateway, source, body);
        return switch (source) {
            case "acme-optoro" ->
                sent.with(
                        "Authorization",
                        "Basic " + Base64.getEncoder().encodeToString(utf8("optoro:" + Surroundings.PASSWORD)));
            case "acme-refundid" -> sent.with("Authorization", "Bearer " + Surroundings.TOKEN);
            case "violet" ->
                sent.with("X-Violet-Topic", "ORDER_UPDATED")
                        .with("X-Violet-Hmac", SentDelivery.signature(body, Surroundings.VIOLET_SECRET));
            default -> sent.signed(Surroundings.SECRET);
        };
    }
}
