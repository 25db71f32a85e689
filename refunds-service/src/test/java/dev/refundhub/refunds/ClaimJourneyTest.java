package dev.refundhub.refunds;

import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.refundhub.messages.MerchantOrder;
import dev.refundhub.messages.PartnerClaim;
import dev.refundhub.messages.PartnerReport;
import dev.refundhub.refunds.inbox.Inbox;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(Surroundings.class)
class ClaimJourneyTest {

    private static int lastCase = 100;

    private final String order = UUID.randomUUID().toString();
    private final String key = "acme/" + order;
    private final String caseRef = String.valueOf(lastCase++);
    private Topics topics;

    @Inject
    Inbox inbox;

    @BeforeEach
    void open() {
        topics = new Topics();
        putPolicy("acme", "500.00", "1000000.00");
    }

    @AfterEach
    void close() {
        topics.close();
    }

    @Test
    void aClaimIsPaidOnceAndConfirmed() {
        tell(Samples.order("acme", order, 3));
        tell(claim(caseRef));
        JsonNode approved = topics.awaitEvent(key, e -> status(e).equals("PROCESSING"));
        long id = approved.get("refundId").asLong();
        JsonNode pay = await().atMost(Topics.BOUND)
                .until(() -> topics.heard("violet-instructions", key), said -> said.size() == 1)
                .get(0);

        tell(Samples.report(pay.get("instructionId").asText(), order, id, 1, "COMPLETED", true, 21077));
        topics.awaitEvent(key, e -> status(e).equals("ISSUED"));
        JsonNode confirm = await().atMost(Topics.BOUND)
                .until(() -> topics.heard("shipped-suite-instructions", key), said -> said.size() == 1)
                .get(0);
        tell(confirmed(confirm, id));
        topics.awaitEvent(key, e -> e.get("cause").asText().equals("CONFIRMATION_COMPLETED"));

        assertEquals(21077, pay.get("amountMinor").asLong());
        assertEquals(0, pay.get("shippingMinor").asLong());
        assertEquals(700101, pay.at("/skus/0/orderSkuId").asLong());
        assertEquals(21077, pay.at("/skus/0/amountMinor").asLong());
        assertEquals("violet", pay.get("account").asText());
        assertEquals("Claim for a lost parcel", pay.get("text").asText());
        assertEquals(Long.parseLong(caseRef), confirm.get("requestId").asLong());
        assertEquals(21077, confirm.get("amountMinor").asLong());
        assertEquals("shipped", confirm.get("account").asText());
        assertEquals(
                List.of(1, 2, 3, 4),
                topics.heard("refund-events", key).stream()
                        .map(e -> e.get("version").asInt())
                        .toList());
        refund(id)
                .body("data.status", equalTo("ISSUED"))
                .body("data.amount", equalTo(210.77f))
                .body("data.confirmation.state", equalTo("CONFIRMED"))
                .body("data.payouts[0].outcome", equalTo("COMPLETED"));
    }

    @Test
    void theSameClaimAgainChangesNothing() {
        tell(Samples.order("acme", order, 1));
        tell(claim(caseRef));
        topics.awaitEvent(key, e -> status(e).equals("PROCESSING"));

        tell(claim(caseRef));
        tell(claim(caseRef));
        tell(claim(caseRef + "7"));
        topics.awaitEvent(key, e -> e.get("sourceRef").asText().equals(caseRef + "7"));

        assertEquals(1, topics.heard("violet-instructions", key).size());
        assertEquals(1, Rows.count("select count(*) from refund where source_ref = ?", caseRef));
    }

    @Test
    void aClaimForUnitsThatAreTakenWaitsForAPerson() {
        tell(Samples.order("acme", order, 1));
        tell(claim(caseRef));
        topics.awaitEvent(key, e -> status(e).equals("PROCESSING"));

        tell(claim(caseRef + "7"));

        JsonNode second =
                topics.awaitEvent(key, e -> e.get("sourceRef").asText().equals(caseRef + "7"));
        assertEquals("REQUESTED", status(second));
        assertEquals("CLAIMED_TWICE", second.at("/holds/0").asText());
        assertEquals(21077, reserved());
    }

    @Test
    void aClaimForALineThatDoesNotExistWaitsForAPersonWithAmountZero() {
        tell(Samples.order("acme", order, 1));

        tell(Samples.claim("acme", order, caseRef, "no-such-line", null));

        JsonNode held = topics.awaitEvent(key, e -> true);
        assertEquals("REQUESTED", status(held));
        assertEquals("UNKNOWN_LINE", held.at("/holds/0").asText());
        assertEquals(0, held.get("amountMinor").asLong());
        assertEquals(0, reserved());
    }

    @Test
    void aClaimBeyondThePolicysLimitWaitsForAPerson() {
        putPolicy("acme", "200.00", "5000.00");
        tell(Samples.order("acme", order, 1));

        tell(claim(caseRef));

        JsonNode held = topics.awaitEvent(key, e -> !e.get("holds").isEmpty());
        assertEquals("LIMIT", held.at("/holds/0").asText());
        assertEquals(21077, reserved());
    }

    @Test
    void withoutAPolicyAClaimWaitsForTheSeller() {
        String initech = "initech/" + order;
        topics.tell("orders", initech, MerchantOrder.TYPE, Samples.order("initech", order, 1));

        topics.tell(
                "partner-events",
                initech,
                PartnerClaim.TYPE,
                Samples.claim("initech", order, caseRef, Samples.LINE, null));

        JsonNode event = topics.awaitEvent(initech, e -> true);
        assertEquals("REQUESTED", status(event));
        assertEquals(0, event.get("holds").size());
    }

    @Test
    void aClaimForAnOrderThatNobodyKnowsIsLearnedAndPaidWhenTheOrderComes() {
        tell(Samples.claim("acme", order, caseRef, Samples.LINE, Samples.order("acme", order, 0, 1, null)));
        JsonNode learned = topics.awaitEvent(key, e -> true);
        RestAssured.given()
                .auth()
                .oauth2(Tokens.seller("acme"))
                .get("/api/v2/refunds?hold=ORDER_UNCONFIRMED&orderId=" + order)
                .then()
                .statusCode(200)
                .body("data", hasSize(1))
                .body("data[0].holds.code", hasItem("ORDER_UNCONFIRMED"));

        tell(Samples.order("acme", order, 1));

        JsonNode approved = topics.awaitEvent(key, e -> status(e).equals("PROCESSING"));
        assertEquals("ORDER_UNCONFIRMED", learned.at("/holds/0").asText());
        assertEquals(0, approved.get("holds").size());
        await().atMost(Topics.BOUND)
                .until(() -> topics.heard("violet-instructions", key).size() == 1);
        assertEquals(21077, reserved());
    }

    /** A claim has more than the merchant's word leaves: it waits for a person, and the promise is kept. */
    @Test
    void whatWasApprovedOfALearnedOrderComesBeforeWhatIsOnlyAskedForWhenTheOrderComes() {
        tell(Samples.claim("acme", order, caseRef, Samples.LINE, Samples.order("acme", order, 0, 2, null)));
        topics.awaitEvent(key, e -> true);
        long promised = Api.id(Api.ask(
                Tokens.seller("acme"),
                "{\"orderId\":\"%s\",\"reason\":\"r\",\"amount\":100,\"refundOnly\":true}".formatted(order)));
        Api.act(Tokens.seller("acme"), promised, "{\"action\":\"APPROVE\"}")
                .then()
                .statusCode(200);

        tell(Samples.order("acme", order, 1));

        JsonNode kept = topics.awaitEvent(
                key,
                e -> e.get("refundId").asLong() == promised
                        && e.get("cause").asText().equals("ORDER_CONFIRMED"));
        JsonNode asked = topics.awaitEvent(
                key,
                e -> e.get("sourceRef").asText().equals(caseRef)
                        && e.get("cause").asText().equals("ORDER_CONFIRMED"));
        assertEquals("PROCESSING", status(kept));
        assertEquals(0, kept.get("holds").size());
        assertEquals("REQUESTED", status(asked));
        assertEquals("OVER_ENTITLEMENT", asked.at("/holds/0").asText());
        assertEquals(10000, reserved());
    }

    @Test
    void aClaimThatTellsNoOrderIsParkedAndTakenUpWhenTheOrderComes() {
        tell(claim(caseRef));
        await().atMost(Topics.BOUND)
                .until(() -> Rows.count("select count(*) from parked_event where order_id = ?", order) == 1);

        tell(Samples.order("acme", order, 1));

        topics.awaitEvent(key, e -> status(e).equals("PROCESSING"));
        assertEquals(0, Rows.count("select count(*) from parked_event where order_id = ?", order));
    }

    @Test
    void aParkedClaimIsTakenUpAlsoWhenItsOrderWasLearnedInBetween() {
        tell(claim(caseRef));
        await().atMost(Topics.BOUND)
                .until(() -> Rows.count("select count(*) from parked_event where order_id = ?", order) == 1);
        tell(Samples.claim("acme", order, caseRef + "7", Samples.LINE, Samples.order("acme", order, 0, 1, null)));
        topics.awaitEvent(key, e -> e.get("sourceRef").asText().equals(caseRef + "7"));

        tell(Samples.order("acme", order, 1));

        topics.awaitEvent(key, e -> e.get("sourceRef").asText().equals(caseRef));
        assertEquals(0, Rows.count("select count(*) from parked_event where order_id = ?", order));
        assertEquals(21077, reserved());
    }

    @Test
    void aClaimWithTextsThatCannotBeKeptIsPutAside() {
        PartnerClaim good = claim(caseRef);
        for (String reason : List.of("nul \u0000", "x".repeat(1001))) {
            tell(new PartnerClaim(
                    good.seller(),
                    good.source(),
                    good.partner(),
                    good.deliveryId(),
                    good.receivedAt(),
                    good.caseRef(),
                    good.order(),
                    good.kind(),
                    reason,
                    good.items(),
                    null));
        }

        await().atMost(Topics.BOUND)
                .until(() -> Rows.count("select count(*) from dead_letter where key = ?", key) == 2);
    }

    @Test
    void aLineThatWasNotSoldThroughVioletIsPaidByHand() {
        tell(Samples.order("acme", order, 1, 1, null));

        tell(claim(caseRef));

        JsonNode approved = topics.awaitEvent(key, e -> status(e).equals("PROCESSING"));
        assertEquals("MANUAL", approved.at("/payouts/0/channel").asText());
        assertEquals(0, topics.heard("violet-instructions", key).size());
    }

    @Test
    void whatCannotBeUnderstoodIsPutAsideAndItsNeighboursAreNot() {
        tell(Samples.order("acme", order, 1));
        topics.tellBytes("partner-events", key, PartnerClaim.TYPE, "{\"seller\":".getBytes(StandardCharsets.UTF_8));
        topics.tellBytes("partner-events", key, "dev.refundhub.unheard-of.v1", "{}".getBytes(StandardCharsets.UTF_8));
        topics.tellBytes("partner-events", key, PartnerClaim.TYPE, "{}".getBytes(StandardCharsets.UTF_8));

        tell(claim(caseRef));

        topics.awaitEvent(key, e -> status(e).equals("PROCESSING"));
        assertEquals(3, Rows.count("select count(*) from dead_letter where key = ?", key));
    }

    @Test
    void anOrderThatContradictsItsOwnVersionIsPutAside() {
        tell(Samples.order("acme", order, 2));
        tell(Samples.order("acme", order, 2, 3, null));
        tell(Samples.order("acme", order, 1, 3, null));

        await().atMost(Topics.BOUND)
                .until(() -> Rows.count("select count(*) from dead_letter where key = ?", key) == 1);
        assertEquals(21077, Rows.count("select paid from customer_order where order_id = ?", order));
    }

    @Test
    void aClaimWaitsWithoutEndForWhatWillHealAndIsTakenThen() throws SQLException {
        tell(Samples.order("acme", order, 1));
        try (Rows.Lock lock = Rows.lock("select * from customer_order where order_id = '" + order + "' for update")) {
            tell(claim(caseRef));
            await().atMost(Topics.BOUND).until(() -> !inbox.waiting().isEmpty());
            assertEquals(List.of(), topics.heard("refund-events", key));
            assertTrue(lock.isHeld());
        }

        topics.awaitEvent(key, e -> status(e).equals("PROCESSING"));
        await().atMost(Topics.BOUND).until(() -> inbox.waiting().isEmpty());
        assertEquals(0, Rows.count("select count(*) from dead_letter where key = ?", key));
    }

    @Test
    void theSameClaimAgainWaitsForNobody() throws SQLException {
        tell(Samples.order("acme", order, 1));
        tell(claim(caseRef));
        topics.awaitEvent(key, e -> status(e).equals("PROCESSING"));
        String other = "other-" + order;

        try (Rows.Lock lock = Rows.lock("select * from customer_order where order_id = '" + order + "' for update")) {
            tell(claim(caseRef));
            tell(Samples.claim("acme", other, "other-" + caseRef, Samples.LINE, null));
            await().atMost(Topics.BOUND)
                    .until(() -> Rows.count("select count(*) from parked_event where order_id = ?", other) == 1);
            assertTrue(lock.isHeld());
        }
    }

    @Test
    void aClaimThatDoesNotSayWhenItWasReceivedIsTaken() {
        tell(Samples.order("acme", order, 1));
        tell(Samples.claim("acme", order, caseRef, Samples.LINE, null, null));
        topics.awaitEvent(key, e -> status(e).equals("PROCESSING"));
    }

    @Test
    void aReportAboutAPayoutThatNobodyKnowsIsPutAside() {
        tell(Samples.order("acme", order, 1));

        tell(Samples.report("hub-0000000000000000", order, 1, 1, "COMPLETED", true, 21077));

        await().atMost(Topics.BOUND)
                .until(() ->
                        Rows.count("select count(*) from dead_letter where key = ? and reason = 'UNKNOWN_PAYOUT'", key)
                                == 1);
    }

    @Test
    void whatWasRefundedElsewhereIsBookedOnceAndLeavesLessForAClaim() {
        MerchantOrder.RefundedElsewhere fact = new MerchantOrder.RefundedElsewhere("re_1", 500, List.of());
        tell(with(Samples.order("acme", order, 1), fact));
        tell(with(Samples.order("acme", order, 2), fact));
        JsonNode booked = topics.awaitEvent(key, e -> true);

        tell(claim(caseRef));

        JsonNode held = topics.awaitEvent(key, e -> e.get("sourceRef").asText().equals(caseRef));
        assertEquals("ISSUED", status(booked));
        assertEquals("EXTERNAL", booked.at("/payouts/0/channel").asText());
        assertEquals("OVER_ENTITLEMENT", held.at("/holds/0").asText());
        assertEquals(500, Rows.count("select issued from customer_order where order_id = ?", order));
        assertEquals(0, reserved());
    }

    @Test
    void whatWasRefundedElsewhereBeyondWhatWasPaidIsExcess() {
        tell(with(
                Samples.order("acme", order, 1),
                new MerchantOrder.RefundedElsewhere(
                        "re_1", 30000, List.of(new MerchantOrder.RefundedLine(Samples.LINE, 1, 30000)))));

        JsonNode booked = topics.awaitEvent(key, e -> true);

        assertEquals("EXCESS", booked.at("/holds/0").asText());
        assertEquals(30000 - 21077, Rows.count("select excess from customer_order where order_id = ?", order));
    }

    private static MerchantOrder with(MerchantOrder o, MerchantOrder.RefundedElsewhere fact) {
        return new MerchantOrder(
                o.seller(),
                o.orderId(),
                o.number(),
                o.version(),
                o.placedAt(),
                o.currency(),
                o.paidMinor(),
                o.discountMinor(),
                o.customer(),
                o.lines(),
                o.shipping(),
                List.of(fact),
                null);
    }

    @Test
    void aMessageLeavesAsACloudEvent() {
        tell(Samples.order("acme", order, 1));
        tell(claim(caseRef));
        topics.awaitEvent(key, e -> true);

        ConsumerRecord<String, byte[]> event =
                topics.records("refund-events", key).get(0);

        assertEquals("1.0", header(event, "ce_specversion"));
        assertEquals("dev.refundhub.refund-changed.v1", header(event, "ce_type"));
        assertEquals("/refunds-service", header(event, "ce_source"));
        assertEquals(key, header(event, "ce_subject"));
        assertEquals("application/json", header(event, "content-type"));
        assertNotNull(UUID.fromString(header(event, "ce_id")));
        await().atMost(Topics.BOUND).until(() -> Rows.count("select count(*) from outbox where key = ?", key) == 0);
    }

    private static String header(ConsumerRecord<String, byte[]> event, String name) {
        return new String(event.headers().lastHeader(name).value(), StandardCharsets.UTF_8);
    }

    private PartnerClaim claim(String ref) {
        return Samples.claim("acme", order, ref, Samples.LINE, null);
    }

    private void tell(PartnerClaim claim) {
        topics.tell("partner-events", key, PartnerClaim.TYPE, claim);
    }

    /** Told and taken: what follows may rely on it. */
    private void tell(MerchantOrder told) {
        topics.tell("orders", key, MerchantOrder.TYPE, told);
        await().atMost(Topics.BOUND)
                .until(() ->
                        Rows.count("select count(*) from customer_order where order_id = ? and version >= 1", order)
                                == 1);
    }

    private void tell(PartnerReport report) {
        topics.tell("partner-reports", key, PartnerReport.TYPE, report);
    }

    private PartnerReport confirmed(JsonNode confirm, long id) {
        PartnerReport r = Samples.report(confirm.get("instructionId").asText(), order, id, 1, "COMPLETED", true, 21077);
        return new PartnerReport(
                r.instructionId(),
                r.seller(),
                r.orderId(),
                r.refundId(),
                "CONFIRM",
                1,
                r.outcome(),
                true,
                r.movedMinor(),
                r.currency(),
                null,
                null,
                null,
                1,
                r.at(),
                List.of(),
                List.of());
    }

    private static String status(JsonNode event) {
        return event.get("status").asText();
    }

    private long reserved() {
        return Rows.count("select reserved from customer_order where order_id = ?", order);
    }

    private static ValidatableResponse refund(long id) {
        return RestAssured.given()
                .auth()
                .oauth2(Tokens.seller("acme"))
                .get("/api/v2/refunds/" + id)
                .then()
                .statusCode(200);
    }

    private static void putPolicy(String seller, String upTo, String perDay) {
        String policy =
                """
                {"sources":{"%s-shipped":{"autoApprove":{"USD":{"upTo":%s,"perDay":%s}},
                 "payOn":"RECEIVED","includeTax":true}},"askWithinDays":null,"overdueAfterDays":30}
                """;
        RestAssured.given()
                .auth()
                .oauth2(Tokens.operator())
                .contentType("application/json")
                .body(policy.formatted(seller, upTo, perDay))
                .put("/api/v2/sellers/" + seller + "/policy")
                .then()
                .statusCode(200);
    }
}
