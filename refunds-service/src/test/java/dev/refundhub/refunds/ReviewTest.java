package dev.refundhub.refunds;

import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import dev.refundhub.messages.PartnerClaim;
import dev.refundhub.messages.PartnerReport;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What operators find out about payments that nobody knows about, and see of what merchants are owed. */
@QuarkusTest
@QuarkusTestResource(Surroundings.class)
class ReviewTest {

    private static final String OPERATOR = Tokens.operator();
    private static final String SELLER = Tokens.seller("acme");
    private static final String LAST = "?size=100";

    private final String order = UUID.randomUUID().toString();
    private final String key = "acme/" + order;
    private Topics topics;
    private long id;
    private String reference;

    @BeforeEach
    void aPayment() {
        topics = new Topics();
        Api.put(Samples.order("acme", order, 1));
        id = Api.id(Api.ask(
                SELLER,
                "{\"orderId\":\"%s\",\"reason\":\"r\",\"amount\":100,\"refundOnly\":true,\"approve\":true}"
                        .formatted(order)));
        reference = instructions("PAY").get(0).get("instructionId").asText();
    }

    @AfterEach
    void close() {
        topics.close();
    }

    @Test
    void aPaymentThatNobodyKnowsAboutIsShownWithAllEvidence() {
        unclear();

        Api.as(OPERATOR)
                .get("/api/v2/reviews/" + reference)
                .then()
                .statusCode(200)
                .body("data.refundId", equalTo((int) id))
                .body("data.amount", equalTo(100f))
                .body("data.outcome", equalTo("UNCLEAR"))
                .body("data.evidence[0].httpStatus", equalTo(500))
                .body("data.found[0].partnerRefundId", equalTo("88009"));
        Api.as(OPERATOR).get("/api/v2/reviews" + LAST).then().statusCode(200).body("data.id", hasItem(reference));
    }

    @Test
    void aPersonsWordGoesToTheJournalAndItsReportDecides() {
        unclear();

        resolve("{\"verdict\":\"HAPPENED\",\"partnerRefundId\":\"88009\"}", 202);

        JsonNode told = Awaitility.await()
                .atMost(Topics.BOUND)
                .until(() -> instructions("RESOLVE"), said -> said.size() == 1)
                .get(0);
        assertEquals(reference, told.get("instructionId").asText());
        assertEquals(10000, told.get("movedMinor").asLong());
        assertEquals("OPERATOR operator-1", told.get("by").asText());
        Api.get(SELLER, id).then().body("data.status", equalTo("PROCESSING"));
        report(3, "COMPLETED", 10000);
        topics.awaitEvent(key, e -> e.get("status").asText().equals("ISSUED"));
        Api.as(SELLER)
                .get("/api/v2/refunds/" + id + "/timeline")
                .then()
                .body("data.cause", hasItem("RESOLVED_HAPPENED"))
                .body("data.who", hasItem("OPERATOR operator-1"));
        resolve("{\"verdict\":\"DID_NOT_HAPPEN\"}", 409);
    }

    @Test
    void whatDidNotHappenCanBeTriedAgainUnderAnotherReference() {
        unclear();
        resolve("{\"verdict\":\"DID_NOT_HAPPEN\"}", 202);
        report(3, "NOT_SENT", 0);
        topics.awaitEvent(key, e -> e.get("holds").toString().equals("[\"NOT_SENT\"]"));

        Api.act(SELLER, id, "{\"action\":\"RETRY\"}").then().statusCode(200);

        List<JsonNode> payments =
                Awaitility.await().atMost(Topics.BOUND).until(() -> instructions("PAY"), said -> said.size() == 2);
        assertEquals(
                1,
                payments.stream()
                        .filter(p -> p.get("instructionId").asText().equals(reference))
                        .count());
        Api.as(OPERATOR).get("/api/v2/reviews" + LAST).then().body("data.id", not(hasItem(reference)));
    }

    @Test
    void aPartThatStaysAPartIsIssuedWithWhatWasReallyPaid() {
        unclear();
        resolve("{\"verdict\":\"HAPPENED\",\"amount\":60.00}", 202);
        report(3, "PARTLY", 6000);
        topics.awaitEvent(key, e -> e.get("holds").toString().equals("[\"PARTLY\"]"));

        Api.act(SELLER, id, "{\"action\":\"MARK_ISSUED\",\"reference\":\"88009\",\"amount\":60.00}")
                .then()
                .statusCode(200)
                .body("data.status", equalTo("ISSUED"))
                .body("data.issuedAmount", equalTo(60f));

        assertEquals(0, Rows.count("select reserved from customer_order where order_id = ?", order));
        assertEquals(6000, Rows.count("select issued from customer_order where order_id = ?", order));

        report(4, "COMPLETED", 10000);
        JsonNode late = topics.awaitEvent(key, e -> e.get("sourceRef").asText().endsWith("/late"));
        assertEquals(4000, late.get("amountMinor").asLong());
        assertEquals(10000, Rows.count("select issued from customer_order where order_id = ?", order));
    }

    @Test
    void nobodyFindsOutWhatIsStillUnderWay() {
        resolve("{\"verdict\":\"HAPPENED\"}", 409);
        Api.as(OPERATOR).get("/api/v2/reviews/" + reference).then().statusCode(404);
        assertEquals(0, instructions("RESOLVE").size());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{}",
                "{\"verdict\":\"PERHAPS\"}",
                "{\"verdict\":\"HAPPENED\",\"amount\":0}",
                "{\"verdict\":\"HAPPENED\",\"amount\":1.001}",
                "{\"verdict\":\"HAPPENED\",\"amount\":\"1\"}",
                "{\"verdict\":\"DID_NOT_HAPPEN\",\"amount\":1}",
                "{\"verdict\":\"HAPPENED\",\"extra\":1}"
            })
    void aResolutionThatCannotBeMeantIsRefused(String body) {
        unclear();

        resolve(body, 400);

        assertEquals(0, instructions("RESOLVE").size());
    }

    @Test
    void noMoreThanWasToBePaidCanHaveMoved() {
        unclear();

        resolve("{\"verdict\":\"HAPPENED\",\"amount\":100.01}", 422);
    }

    @Test
    void whatAMerchantIsOwedIsListedUntilItIsConfirmed() {
        String other = "claim-" + order;
        Api.put(Samples.order("acme", other, 1));
        String request = String.valueOf(System.nanoTime());
        topics.tell(
                "partner-events", "x", PartnerClaim.TYPE, Samples.claim("acme", other, request, Samples.LINE, null));
        long claim =
                topics.awaitEvent("acme/" + other, e -> true).get("refundId").asLong();
        Api.act(SELLER, claim, "{\"action\":\"APPROVE\"}");
        Awaitility.await().atMost(Topics.BOUND).until(() -> !topics.heard("violet-instructions", "acme/" + other)
                .isEmpty());
        String pay = topics.heard("violet-instructions", "acme/" + other)
                .get(0)
                .get("instructionId")
                .asText();
        topics.tell(
                PartnerReport.TOPIC,
                "acme/" + other,
                PartnerReport.TYPE,
                Samples.report(pay, other, claim, 1, "COMPLETED", true, 21077));
        topics.awaitEvent("acme/" + other, e -> e.get("status").asText().equals("ISSUED"));

        List<Integer> owed = Api.as(OPERATOR)
                .get("/api/v2/confirmations?state=owed&size=100")
                .jsonPath()
                .getList("data.refundId");

        assertEquals(1, owed.stream().filter(each -> each == claim).count());
        Api.as(OPERATOR)
                .get("/api/v2/confirmations?state=lost")
                .then()
                .statusCode(400)
                .body("violations", hasSize(1));
    }

    private void unclear() {
        topics.tell(
                PartnerReport.TOPIC,
                key,
                PartnerReport.TYPE,
                new PartnerReport(
                        reference,
                        "acme",
                        order,
                        id,
                        "PAY",
                        2,
                        "UNCLEAR",
                        true,
                        0,
                        "USD",
                        null,
                        null,
                        "no answer",
                        1,
                        Instant.parse("2026-03-31T23:00:27.512Z"),
                        List.of(new PartnerReport.BagRefund(
                                "88009", 10000L, "USD", "COMPLETED", null, List.of(), 0L, false)),
                        List.of(new PartnerReport.Evidence(Instant.parse("2026-03-31T23:00:27Z"), "ab", 500, "9000"))));
        topics.awaitEvent(key, e -> e.get("holds").toString().equals("[\"REVIEW\"]"));
    }

    private void resolve(String body, int status) {
        Api.as(OPERATOR)
                .body(body)
                .post("/api/v2/reviews/" + reference + "/resolution")
                .then()
                .statusCode(status);
    }

    private void report(int revision, String outcome, long moved) {
        topics.tell(
                PartnerReport.TOPIC,
                key,
                PartnerReport.TYPE,
                Samples.report(reference, order, id, revision, outcome, true, moved));
    }

    private List<JsonNode> instructions(String kind) {
        Awaitility.await().atMost(Topics.BOUND).until(() -> !topics.heard("violet-instructions", key)
                .isEmpty());
        return topics.heard("violet-instructions", key).stream()
                .filter(said -> said.get("kind").asText().equals(kind))
                .toList();
    }
}
