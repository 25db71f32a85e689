package dev.refundhub.refunds;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.refundhub.messages.MerchantOrder;
import dev.refundhub.messages.PartnerClaim;
import dev.refundhub.messages.PartnerReport;
import dev.refundhub.messages.SaleHint;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Instant;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One trace from what was told to everything that is told because of it. */
@QuarkusTest
@QuarkusTestResource(Surroundings.class)
class TraceTest {

    private static final String FORM = "00-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}";
    private static int lastCase = 70_000;

    private final String order = UUID.randomUUID().toString();
    private final String other = UUID.randomUUID().toString();
    private Topics topics;

    @BeforeEach
    void open() {
        topics = new Topics();
        Api.as(Tokens.seller("acme"))
                .body(
                        """
                        {"sources":{"acme-shipped":{"autoApprove":{"USD":{"upTo":500.00,"perDay":1000000.00}},
                        "payOn":"RECEIVED","includeTax":true}},"askWithinDays":null,"overdueAfterDays":30}
                        """)
                .put("/api/v2/sellers/acme/policy")
                .then()
                .statusCode(200);
    }

    @AfterEach
    void close() {
        topics.close();
    }

    @Test
    void claimsThatAreTakenTogetherKeepTheirTracesApart() {
        Api.put(Samples.order("acme", order, 1));
        Api.put(Samples.order("acme", other, 1));

        claim(order, trace('a'));
        claim(other, trace('b'));
        paymentFor(order);
        paymentFor(other);
        topics.awaitEvent(key(order), e -> true);
        topics.awaitEvent(key(other), e -> true);

        assertEquals(Set.of(trace('a')), topics.traces("violet-instructions", key(order)));
        assertEquals(Set.of(trace('a')), topics.traces("refund-events", key(order)));
        assertEquals(Set.of(trace('b')), topics.traces("violet-instructions", key(other)));
        assertEquals(Set.of(trace('b')), topics.traces("refund-events", key(other)));
    }

    @Test
    void aReportGoesOnWithItsOwn() {
        Api.put(Samples.order("acme", order, 1));
        claim(order, trace('a'));
        JsonNode payment = paymentFor(order);

        PartnerReport report = Samples.report(
                payment.get("instructionId").asText(),
                order,
                payment.get("refundId").asLong(),
                1,
                "COMPLETED",
                true,
                21077);
        topics.tell(PartnerReport.TOPIC, key(order), PartnerReport.TYPE, report, trace('c'));
        topics.awaitEvent(key(order), e -> e.get("status").asText().equals("ISSUED"));

        assertEquals(Set.of(trace('a'), trace('c')), topics.traces("refund-events", key(order)));
        await().atMost(Topics.BOUND)
                .until(() -> topics.traces("shipped-suite-instructions", key(order)), Set.of(trace('c'))::equals);
    }

    @Test
    void whatWaitedForItsOrderGoesOnWithTheOrders() {
        claim(order, trace('a'));
        MerchantOrder told = Samples.order("acme", order, 1);

        topics.tell(MerchantOrder.TOPIC, key(order), MerchantOrder.TYPE, told, trace('d'));
        paymentFor(order);

        assertEquals(Set.of(trace('d')), topics.traces("violet-instructions", key(order)));
    }

    @Test
    void aHintGoesOnIntoTheLook() {
        Api.put(Samples.order("acme", order, 1));

        SaleHint hint = new SaleHint(
                "violet",
                "VIOLET",
                UUID.randomUUID().toString(),
                Instant.parse("2026-03-31T23:00:25.146Z"),
                "61001",
                "violet",
                61001,
                62001L,
                "ORDER_REFUNDED");
        topics.tell(SaleHint.TOPIC, "violet/violet/61001", SaleHint.TYPE, hint, trace('e'));

        await().atMost(Topics.BOUND)
                .until(() -> topics.traces("violet-instructions", key(order)), Set.of(trace('e'))::equals);
    }

    @Test
    void whatARequestCausesBelongsToItsTrace() {
        Api.put(Samples.order("acme", order, 1));

        Api.as(Tokens.seller("acme"))
                .header("traceparent", trace('f'))
                .body("{\"orderId\":\"%s\",\"reason\":\"r\",\"amount\":1,\"refundOnly\":true,\"approve\":true}"
                        .formatted(order))
                .post("/api/v2/refunds")
                .then()
                .statusCode(201);
        paymentFor(order);
        topics.awaitEvent(key(order), e -> true);

        assertEquals(Set.of(trace('f')), topics.traces("violet-instructions", key(order)));
        assertEquals(Set.of(trace('f')), topics.traces("refund-events", key(order)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "nonsense",
                "00-00000000000000000000000000000000-aaaaaaaaaaaaaaaa-01",
                "00-aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa-0000000000000000-01",
                "00-aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa-aaaaaaaaaaaaaaaa-01-x",
                "00-AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA-aaaaaaaaaaaaaaaa-01"
            })
    void whatIsNoTraceBeginsANewOne(String told) {
        Api.put(Samples.order("acme", order, 1));

        claim(order, told);
        paymentFor(order);

        String begun =
                topics.traces("violet-instructions", key(order)).iterator().next();
        assertTrue(begun.matches(FORM), begun);
        assertNotEquals(told, begun);
        assertNull(Trace.of(told));
        assertEquals(begun, Trace.of(begun));
    }

    private static String trace(char digit) {
        return "00-" + String.valueOf(digit).repeat(32) + "-"
                + String.valueOf(digit).repeat(16) + "-01";
    }

    private static String key(String order) {
        return "acme/" + order;
    }

    private void claim(String order, String traceparent) {
        String caseRef = String.valueOf(lastCase++);
        PartnerClaim claim = Samples.claim("acme", order, caseRef, Samples.LINE, null);
        topics.tell(PartnerClaim.TOPIC, "acme/acme-shipped/" + caseRef, PartnerClaim.TYPE, claim, traceparent);
    }

    private JsonNode paymentFor(String order) {
        return await().atMost(Topics.BOUND)
                .until(
                        () -> topics.heard("violet-instructions", key(order)).stream()
                                .filter(said -> said.get("kind").asText().equals("PAY"))
                                .findFirst(),
                        java.util.Optional::isPresent)
                .orElseThrow();
    }
}
