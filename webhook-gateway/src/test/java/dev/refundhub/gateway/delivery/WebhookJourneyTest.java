package dev.refundhub.gateway.delivery;

import static dev.refundhub.gateway.SampleBodies.refundRequest;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.refundhub.gateway.KeptDeliveries;
import dev.refundhub.gateway.PartnerEventsTopic;
import dev.refundhub.gateway.SampleBodies;
import dev.refundhub.gateway.SentDelivery;
import dev.refundhub.gateway.Surroundings;
import io.agroal.api.AgroalDataSource;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

@QuarkusTest
@WithTestResource(Surroundings.class)
class WebhookJourneyTest {

    private static final int LIMIT = 256 * 1024;

    @TestHTTPResource("/")
    URI gateway;

    @TestHTTPResource(value = "/metrics", management = true)
    URI metricsPage;

    @ConfigProperty(name = "kafka.bootstrap.servers")
    String kafka;

    @Inject
    KeptDeliveries kept;

    @Inject
    DeliveryDays days;

    @Inject
    AgroalDataSource database;

    @Inject
    DeliverySettings settings;

    @Inject
    ObjectMapper json;

    @Test
    void aSignedDeliveryIsKeptAndTold() throws JsonProcessingException {
        HttpResponse<String> answer =
                acme(refundRequest()).signed(Surroundings.SECRET).send();

        assertEquals(200, answer.statusCode());
        assertEquals("{\"status\":\"ok\"}", answer.body());
        String id = answer.headers().firstValue("Delivery-Id").orElseThrow();
        ConsumerRecord<String, String> told = oneTold("acme/acme-shipped/2");
        assertEquals(json.readTree(expectedClaim(id)), json.readTree(told.value()));
        assertEquals(expectedHeaders(id), headers(told));
        await().atMost(Duration.ofSeconds(5)).until(() -> kept.stateOf(id).equals("TOLD"));
        assertEquals("t", kept.one("select sha256 = sha256(body) from delivery where id = '" + id + "'"));
        assertEquals(
                refundRequest(), kept.one("select convert_from(body, 'UTF8') from delivery where id = '" + id + "'"));
    }

    @Test
    void theSameDeliveryAgainIsKeptAndToldAgain() {
        String first = accepted(acme(refundRequest(201)).signed(Surroundings.SECRET));
        String second = accepted(acme(refundRequest(201)).signed(Surroundings.SECRET));

        await().atMost(Duration.ofSeconds(5))
                .until(() -> told("acme/acme-shipped/201").size() == 2);
        await().atMost(Duration.ofSeconds(5)).until(() -> kept.stateOf(first).equals("TOLD"));
        await().atMost(Duration.ofSeconds(5)).until(() -> kept.stateOf(second).equals("TOLD"));
    }

    @Test
    void aSecretThatIsBeingReplacedStillCounts() {
        accepted(acme(refundRequest(202)).signed(Surroundings.OLD_SECRET));
    }

    @Test
    void theSignatureMayStandUnderTheNameThatTheDocumentsPrint() {
        byte[] body = refundRequest(203).getBytes(UTF_8);

        accepted(SentDelivery.to(gateway, "acme-shipped", body)
                .with("x_shipped_suite_hmac_sha256", SentDelivery.signature(body, Surroundings.SECRET)));
    }

    @Test
    void noCredentialIsKept() {
        String id = accepted(acme(refundRequest(204))
                .signed(Surroundings.SECRET)
                .with("Authorization", "Bearer something")
                .with("X-Other", "kept"));

        String headers = kept.one("select lower(headers::text) from delivery where id = '" + id + "'");

        assertTrue(headers.contains("\"x-other\": \"kept\""), headers);
        assertTrue(!headers.contains("hmac") && !headers.contains("something"), headers);
    }

    @Test
    void theContentTypeIsNotLookedAt() {
        accepted(acme(refundRequest(205)).signed(Surroundings.SECRET).with("Content-Type", "gar;;bage/\"/="));
    }

    @Test
    void aBodyOfExactlyTheLimitIsTaken() {
        String padded =
                refundRequest(206) + " ".repeat(LIMIT - refundRequest(206).getBytes(UTF_8).length);

        accepted(acme(padded).signed(Surroundings.SECRET));
    }

    @TestFactory
    Stream<DynamicTest> whatIsNotTrustedIsAnswered401AndLeavesNoTrace() {
        String body = refundRequest(301);
        String right = SentDelivery.signature(body.getBytes(UTF_8), Surroundings.SECRET);
        return Map.of(
                        "without a signature", acme(body),
                        "with another source's secret", acme(body).signed(Surroundings.OTHER_SECRET),
                        "with the signature of another body",
                                acme(body)
                                        .with(
                                                "X-Shipped-Suite-Hmac-Sha256",
                                                SentDelivery.signature(new byte[0], Surroundings.SECRET)),
                        "with a doubled signature",
                                acme(body).signed(Surroundings.SECRET).signed(Surroundings.SECRET),
                        "with one signature under each name",
                                acme(body).signed(Surroundings.SECRET).with("X_SHIPPED_SUITE_HMAC_SHA256", right),
                        "with an unpadded signature",
                                acme(body).with("X-Shipped-Suite-Hmac-Sha256", right.replace("=", "")),
                        "to an unknown source",
                                SentDelivery.to(gateway, "nobody", body).signed(Surroundings.SECRET),
                        "to the source unknown",
                                SentDelivery.to(gateway, "unknown", body).signed(Surroundings.SECRET),
                        "without a body or signature", acme(""))
                .entrySet()
                .stream()
                .map(sent -> DynamicTest.dynamicTest(sent.getKey(), () -> {
                    int before = kept.count();

                    HttpResponse<String> answer = sent.getValue().send();

                    assertEquals(401, answer.statusCode());
                    assertEquals("", answer.body());
                    assertEquals(
                            List.of("content-length"),
                            List.copyOf(answer.headers().map().keySet()));
                    assertEquals(before, kept.count());
                    assertEquals(List.of(), told("acme/acme-shipped/301"));
                }));
    }

    @TestFactory
    Stream<DynamicTest> whatIsNoDeliveryIsRefusedForEverySource() {
        String body = refundRequest(302);
        String tooLong = "x".repeat(300 * 1024);
        return Stream.of("acme-shipped", "nobody")
                .flatMap(source -> Stream.of(
                        refused(413, "300 KiB", to(source, tooLong).signed(Surroundings.SECRET)),
                        refused(
                                413,
                                "one byte over",
                                to(source, "x".repeat(LIMIT + 1)).signed(Surroundings.SECRET)),
                        refused(
                                413,
                                "300 KiB in chunks",
                                to(source, tooLong).signed(Surroundings.SECRET).chunked()),
                        refused(
                                415,
                                "gzip",
                                to(source, body).signed(Surroundings.SECRET).with("Content-Encoding", "gzip")),
                        refused(405, "GET", to(source, body).as("GET", BodyPublishers.noBody())),
                        refused(
                                405,
                                "PUT",
                                to(source, body)
                                        .signed(Surroundings.SECRET)
                                        .as("PUT", BodyPublishers.ofString(body)))));
    }

    private DynamicTest refused(int status, String name, SentDelivery sent) {
        return DynamicTest.dynamicTest(name, () -> {
            int before = kept.count();

            HttpResponse<String> answer = sent.send();

            assertEquals(status, answer.statusCode());
            assertEquals(
                    status == 405 ? List.of("POST") : List.of(),
                    answer.headers().allValues("Allow"));
            assertEquals("", answer.body());
            assertEquals(before, kept.count());
        });
    }

    @Test
    void nothingElseIsThere() {
        assertAll(Stream.of("/", "/webhooks", "/webhooks/", "/webhooks/acme-shipped/more", "/q/health", "/q/metrics")
                .map(path -> () -> assertEquals(
                        404, acme("").at(gateway.resolve(path)).send().statusCode(), path)));
    }

    @TestFactory
    Stream<DynamicTest> whatIsTrustedButNotUnderstoodIsKeptAndNotTold() {
        return Map.of(
                        "{\"topic\":\"refund.requested\",",
                        "NOT_JSON",
                        "",
                        "NOT_JSON",
                        "{\"topic\":\"refund.invented\",\"payload\":{\"id\":303}}",
                        "UNKNOWN_TOPIC",
                        SampleBodies.envelope("replacement.requested", SampleBodies.sample("refund-request.json")),
                        "CONTRADICTORY",
                        "{\"topic\":\"refund.requested\",\"payload\":{}}",
                        "NO_REQUEST_ID")
                .entrySet()
                .stream()
                .map(sent -> DynamicTest.dynamicTest(sent.getValue(), () -> {
                    String id = accepted(acme(sent.getKey()).signed(Surroundings.SECRET));

                    await().atMost(Duration.ofSeconds(5))
                            .until(() -> kept.stateOf(id).equals("QUARANTINED " + sent.getValue()));
                    assertEquals(
                            sent.getKey(),
                            kept.one("select convert_from(body, 'UTF8') from delivery where id = '" + id + "'"));
                    assertEquals(List.of(), told("acme/acme-shipped/303"));
                }));
    }

    @Test
    void whatADeadProcessLeftIsTakenUp() {
        UUID left = DeliveryId.at(Instant.now());

        kept.leave(left, "globex-shipped", refundRequest(401).getBytes(UTF_8));

        oneTold("globex/globex-shipped/401");
        await().atMost(Duration.ofSeconds(5))
                .until(() -> kept.stateOf(left.toString()).equals("TOLD"));
    }

    @Test
    void whatIsLeftOfASourceThatIsNotOursIsLeftToOthers() {
        UUID foreign = DeliveryId.at(Instant.now());
        UUID left = DeliveryId.at(Instant.now());

        kept.leave(foreign, "initech-shipped", refundRequest(402).getBytes(UTF_8));
        kept.leave(left, "globex-shipped", refundRequest(403).getBytes(UTF_8));

        await().atMost(Duration.ofSeconds(5))
                .until(() -> kept.stateOf(left.toString()).equals("TOLD"));
        assertEquals("NEW", kept.stateOf(foreign.toString()));
    }

    @Test
    void whatKafkaFindsTooLargeIsQuarantined() {
        String items = "{\"external_id\":\"34188136\",\"quantity\":1},".repeat(4_000);
        String large = refundRequest(405).replaceFirst("\"affected_items\": *\\[", "\"affected_items\":[" + items);

        String id = accepted(acme(large).signed(Surroundings.SECRET));

        await().atMost(Duration.ofSeconds(10)).until(() -> kept.stateOf(id).equals("QUARANTINED TOO_LARGE"));
    }

    @Test
    void manyAtOnceAreAllKeptAndToldOnceEach() {
        List<CompletableFuture<String>> sent = IntStream.range(1000, 1200)
                .mapToObj(caseRef -> CompletableFuture.supplyAsync(
                        () -> accepted(SentDelivery.to(gateway, "globex-shipped", refundRequest(caseRef))
                                .signed(Surroundings.OTHER_SECRET))))
                .toList();

        List<String> ids = sent.stream().map(CompletableFuture::join).distinct().toList();

        assertEquals(200, ids.size());
        await().atMost(Duration.ofSeconds(10)).until(() -> kept.countIn("TOLD", ids), told -> told == 200);
        assertEquals(
                1,
                told("globex/globex-shipped/" + (1000 + new Random().nextInt(200)))
                        .size());
    }

    @Test
    void whatPostgresDoesNotTakeIsNotAccepted() throws SQLException {
        Instant began = Instant.now();
        HttpResponse<String> answer;

        try (Connection frozen = kept.freeze()) {
            answer = acme(refundRequest(501)).signed(Surroundings.SECRET).send();
            frozen.rollback();
        }

        assertEquals(503, answer.statusCode());
        assertEquals("5", answer.headers().firstValue("Retry-After").orElseThrow());
        Duration taken = Duration.between(began, Instant.now());
        assertTrue(taken.toMillis() > 4_500 && taken.toMillis() < 7_000, taken.toString());
        accepted(acme(refundRequest(501)).signed(Surroundings.SECRET));
    }

    @Test
    void everyDayToComeHasItsPartition() {
        LocalDate today = LocalDate.now(ZoneOffset.UTC);

        assertAll(today.datesUntil(today.plusDays(8))
                .map(day -> "delivery_" + day.format(DateTimeFormatter.BASIC_ISO_DATE))
                .map(partition -> () -> assertEquals(partition, kept.one("select to_regclass('" + partition + "')"))));
    }

    @Test
    void aDayThatCannotBePreparedDoesNotEndTheStart() throws SQLException {
        try (Connection elsewhere = database.getConnection();
                Statement statement = elsewhere.createStatement()) {
            elsewhere.setAutoCommit(false);
            statement.execute("select pg_advisory_xact_lock(hashtext('delivery days'))");

            assertDoesNotThrow(() -> new DeliveryDays(database, settings).atStart(new StartupEvent()));

            elsewhere.rollback();
        }
    }

    @Test
    void whatCameBeforeItsPartitionMovesIntoIt() throws SQLException {
        LocalDate unprepared = LocalDate.now(ZoneOffset.UTC).plusDays(12);
        UUID early = DeliveryId.at(unprepared.atTime(12, 0).toInstant(ZoneOffset.UTC));
        String partition = "select tableoid::regclass from delivery where id = '" + early + "'";
        kept.leave(early, "initech-shipped", new byte[0]);
        assertEquals("delivery_default", kept.one(partition));

        days.prepareUntil(unprepared);

        assertEquals("delivery_" + unprepared.format(DateTimeFormatter.BASIC_ISO_DATE), kept.one(partition));
    }

    @TestFactory
    Stream<DynamicTest> afterARefusalTheConnectionBringsTheNext() {
        return Map.of(
                        "405", "PUT %s HTTP/1.1\r\nHost: a\r\nContent-Length: 200000\r\n\r\n",
                        "415",
                                "POST %s HTTP/1.1\r\nHost: a\r\nContent-Encoding: gzip\r\nContent-Length: 200000\r\n\r\n",
                        "413", "POST %s HTTP/1.1\r\nHost: a\r\nContent-Length: 300000\r\n\r\n")
                .entrySet()
                .stream()
                .map(refused -> DynamicTest.dynamicTest(refused.getKey(), () -> {
                    String head = refused.getValue().formatted("/webhooks/acme-shipped");
                    String body = "x".repeat(head.contains("200000") ? 200_000 : 300_000);
                    String next = "GET /webhooks/acme-shipped HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n";

                    assertEquals(List.of(refused.getKey(), "405"), statuses(head + body + next));
                }));
    }

    /** Of everything that is answered until the connection is closed. */
    private List<String> statuses(String sent) throws IOException {
        try (Socket socket = new Socket(gateway.getHost(), gateway.getPort())) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream().write(sent.getBytes(UTF_8));
            return new String(socket.getInputStream().readAllBytes(), UTF_8)
                    .lines()
                    .filter(line -> line.startsWith("HTTP/1.1 "))
                    .map(line -> line.substring(9, 12))
                    .toList();
        }
    }

    @Test
    void aBodyThatDoesNotArriveIsNotWaitedFor() throws IOException {
        try (Socket slow = new Socket(gateway.getHost(), gateway.getPort())) {
            slow.getOutputStream()
                    .write("POST /webhooks/acme-shipped HTTP/1.1\r\nHost: a\r\nContent-Length: 9\r\n\r\nhalf"
                            .getBytes(UTF_8));

            String answer = new String(slow.getInputStream().readAllBytes(), UTF_8);

            assertTrue(answer.startsWith("HTTP/1.1 408 "), answer);
        }
    }

    @Test
    void whatHappensIsCounted() {
        accepted(acme(refundRequest(701)).signed(Surroundings.SECRET));
        acme(refundRequest(701)).send();
        to("nobody", "").send();

        await().atMost(Duration.ofSeconds(5)).untilAsserted(() -> {
            String metrics = acme("").at(metricsPage)
                    .as("GET", BodyPublishers.noBody())
                    .send()
                    .body();
            assertAll(Stream.of(
                            "hub_deliveries_total{outcome=\"kept\",reason=\"\",source=\"acme-shipped\"}",
                            "hub_deliveries_total{outcome=\"told\",reason=\"\",source=\"acme-shipped\"}",
                            "hub_deliveries_untrusted_total{source=\"acme-shipped\"}",
                            "hub_deliveries_untrusted_total{source=\"unknown\"}",
                            "hub_deliveries_untold_age_seconds",
                            "hub_delivery_commit_seconds_count")
                    .map(name -> () -> assertTrue(metrics.contains(name), name)));
        });
    }

    private SentDelivery acme(String body) {
        return to("acme-shipped", body);
    }

    private SentDelivery to(String source, String body) {
        return SentDelivery.to(gateway, source, body);
    }

    private static String accepted(SentDelivery sent) {
        HttpResponse<String> answer = sent.send();
        assertEquals(200, answer.statusCode());
        return answer.headers().firstValue("Delivery-Id").orElseThrow();
    }

    private List<ConsumerRecord<String, String>> told(String key) {
        return PartnerEventsTopic.told(kafka, key);
    }

    private ConsumerRecord<String, String> oneTold(String key) {
        await().atMost(Duration.ofSeconds(10)).until(() -> !told(key).isEmpty());
        List<ConsumerRecord<String, String>> told = told(key);
        assertEquals(1, told.size());
        return told.get(0);
    }

    private static Map<String, String> headers(ConsumerRecord<String, String> told) {
        Map<String, String> headers = new HashMap<>();
        told.headers().forEach(header -> headers.put(header.key(), new String(header.value(), UTF_8)));
        return headers;
    }

    private Map<String, String> expectedHeaders(String id) {
        return Map.of(
                "ce_specversion", "1.0",
                "ce_id", id,
                "ce_type", "dev.refundhub.claim.v1",
                "ce_source", "/webhook-gateway",
                "ce_time", receivedAt(id),
                "ce_subject", "acme/acme-shipped/2",
                "traceparent",
                        "00-" + id.replace("-", "") + "-" + id.replace("-", "").substring(16) + "-00",
                "content-type", "application/json");
    }

    private String expectedClaim(String id) {
        return SampleBodies.sample("expected-claim.json")
                .replace("DELIVERY_ID", id)
                .replace("RECEIVED_AT", receivedAt(id));
    }

    private static String receivedAt(String id) {
        return Instant.ofEpochMilli(UUID.fromString(id).getMostSignificantBits() >>> 16)
                .toString();
    }
}
