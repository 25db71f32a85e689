package dev.refundhub.refunds;

import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import dev.refundhub.messages.BagRead;
import dev.refundhub.messages.InstantRefund;
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
import org.junit.jupiter.params.provider.CsvSource;

@QuarkusTest
@QuarkusTestResource(Surroundings.class)
class FactsTest {

    private static final String SELLER = Tokens.seller("acme");

    private final String order = UUID.randomUUID().toString();
    private final String key = "acme/" + order;
    private final String ref = "rfd-" + order;
    private final String violet = "88-" + order;
    private Topics topics;

    @BeforeEach
    void open() {
        topics = new Topics();
    }

    @AfterEach
    void close() {
        topics.close();
    }

    @Test
    void whatAPartnerBeginsToPayIsReservedAndNothingIsSent() {
        Api.put(Samples.order("acme", order, 1));

        JsonNode begun = told("REFUNDING", 21077);

        assertEquals("PROCESSING", begun.get("status").asText());
        assertEquals("EXTERNAL", begun.at("/payouts/0/channel").asText());
        assertEquals(21077, Rows.count("select reserved from customer_order where order_id = ?", order));
        assertEquals(0, topics.heard("violet-instructions", key).size());
        assertEquals(1, Rows.count("select count(*) from refund where order_id = ? and due_at is not null", order));
    }

    /** The table of the life of an instant refund, whatever comes first. */
    @ParameterizedTest
    @CsvSource({
        "REFUNDING,REFUNDED,ISSUED,21077,",
        "REFUNDING,FAILED,DENIED,0,",
        "REFUNDED,REFUNDING,ISSUED,21077,",
        "REFUNDED,REFUNDED,ISSUED,21077,",
        "REFUNDED,FAILED,ISSUED,21077,REVERSED",
        "FAILED,REFUNDING,DENIED,0,",
        "FAILED,FAILED,DENIED,0,"
    })
    void whatAPartnerSaysNextIsTakenByTheTable(String first, String then, String status, long issued, String hold) {
        Api.put(Samples.order("acme", order, 1));
        long id = told(first, 21077).get("refundId").asLong();

        tell(then, 21077, "USD");
        tell(then, 21077, "USD");
        marker();

        Api.get(SELLER, id)
                .then()
                .body("data.status", equalTo(status))
                .body("data.holds.code", equalTo(hold == null ? List.of() : List.of(hold)));
        assertEquals(issued, Rows.count("select issued from customer_order where order_id = ?", order));
        assertEquals(0, Rows.count("select reserved from customer_order where order_id = ?", order));
    }

    @Test
    void moneyThatWasPaidAfterItHadFailedIsARefundOfItsOwn() {
        Api.put(Samples.order("acme", order, 1));
        told("FAILED", 21077);

        tell("REFUNDED", 21077, "USD");

        JsonNode late = topics.awaitEvent(key, e -> e.get("sourceRef").asText().equals(ref + "/late"));
        assertEquals("ISSUED", late.get("status").asText());
        assertEquals("CONTRADICTED", late.at("/holds/0").asText());
        assertEquals(21077, late.get("amountMinor").asLong());
        assertEquals(21077, Rows.count("select issued from customer_order where order_id = ?", order));
    }

    @Test
    void whatIsNotCoveredWaitsWhileItIsBegunAndIsExcessOnceItIsPaid() {
        Api.put(Samples.order("acme", order, 1));
        long first = Api.id(Api.ask(
                SELLER, "{\"orderId\":\"%s\",\"reason\":\"r\",\"amount\":200,\"refundOnly\":true}".formatted(order)));

        JsonNode begun = told("REFUNDING", 21077);
        assertEquals("REQUESTED", begun.get("status").asText());
        assertEquals("OVER_ENTITLEMENT", begun.at("/holds/0").asText());
        tell("REFUNDED", 21077, "USD");
        JsonNode paid = topics.awaitEvent(key, e -> e.get("status").asText().equals("ISSUED"));

        assertEquals("EXCESS", paid.at("/holds/0").asText());
        assertEquals(20000, Rows.count("select excess from customer_order where order_id = ?", order));
        topics.awaitEvent(
                key,
                e -> e.get("refundId").asLong() == first
                        && e.get("holds").toString().equals("[\"EXCESS\"]"));
        Api.cancel(SELLER, first).then().statusCode(200);
        Api.get(SELLER, paid.get("refundId").asLong()).then().body("data.holds", hasSize(0));
        assertEquals(0, Rows.count("select excess from customer_order where order_id = ?", order));
    }

    @Test
    void anotherCurrencyWaitsForAPersonWithAmountZero() {
        Api.put(Samples.order("acme", order, 1));

        tell("REFUNDED", 21077, "AUD");

        JsonNode held = topics.awaitEvent(key, e -> true);
        assertEquals("UNKNOWN_CURRENCY", held.at("/holds/0").asText());
        assertEquals(0, held.get("amountMinor").asLong());
    }

    @Test
    void moreThanTheUnitsAreWorthWaitsForAPerson() {
        Api.put(Samples.order("acme", order, 1, 3, null));

        JsonNode held = told("REFUNDING", 50000);

        assertEquals("AMOUNT_MISMATCH", held.at("/holds/0").asText());
    }

    @Test
    void whatAPartnerPaysForAnOrderThatNobodyKnowsIsParkedAndTakenUp() {
        tell("REFUNDED", 21077, "USD");
        Awaitility.await()
                .atMost(Topics.BOUND)
                .until(() -> Rows.count("select count(*) from parked_event where order_id = ?", order) == 1);

        Api.put(Samples.order("acme", order, 1));

        JsonNode paid = topics.awaitEvent(key, e -> true);
        assertEquals("ISSUED", paid.get("status").asText());
        assertEquals("REFUNDID", paid.get("source").asText());
    }

    @Test
    void whatWasPaidComesBeforeWhatIsAskedForWhereAnOrderTakesUpBoth() {
        String asked = "asked-" + order;
        tell(PartnerClaim.TOPIC, PartnerClaim.TYPE, Samples.claim("acme", order, asked, Samples.LINE, null));
        tell("REFUNDED", 21077, "USD");
        Awaitility.await()
                .atMost(Topics.BOUND)
                .until(() -> Rows.count("select count(*) from parked_event where order_id = ?", order) == 2);

        Api.put(Samples.order("acme", order, 1));

        JsonNode paid = topics.awaitEvent(key, e -> e.get("sourceRef").asText().equals(ref));
        assertEquals("ISSUED", paid.get("status").asText());
        JsonNode claim = topics.awaitEvent(key, e -> e.get("sourceRef").asText().equals(asked));
        assertEquals("CLAIMED_TWICE", claim.at("/holds/0").asText());
        assertEquals(0, Rows.count("select excess from customer_order where order_id = ?", order));
    }

    @Test
    void anOrderTakesUpWhatIsBegunToBePaidAndWhatWasPaidBeyondIt() {
        String first = "first-" + order;
        park(instant(first, "REFUNDING", 21077, "USD"), instant(ref, "REFUNDED", 21077, "USD"));

        Api.put(Samples.order("acme", order, 1));

        heard(first, "PROCESSING");
        assertEquals("EXCESS", heard(ref, "ISSUED").at("/holds/0").asText());
        assertEquals(21077, Rows.count("select excess from customer_order where order_id = ?", order));
    }

    @Test
    void anOrderTakesUpWhatIsNotUnderstoodOfAPaymentThatBeganBesideAnother() {
        String first = "first-" + order;
        park(
                instant(first, "REFUNDING", 21077, "USD"),
                instant(first, "REFUNDED", 21077, "EUR"),
                instant(ref, "REFUNDED", 21077, "USD"));

        Api.put(Samples.order("acme", order, 1));

        heard(ref, "ISSUED");
        assertEquals(21077, Rows.count("select reserved from customer_order where order_id = ?", order));
    }

    /** It was beyond what was paid only until the other was known to have failed. */
    @Test
    void whatIsBeyondWhatWasPaidForAMomentHoldsNothing() {
        String first = "first-" + order;
        park(
                instant(first, "REFUNDING", 21077, "USD"),
                instant(ref, "REFUNDED", 21077, "USD"),
                instant(first, "FAILED", 21077, "USD"));

        Api.put(Samples.order("acme", order, 1));

        topics.awaitEvent(
                key,
                e -> e.get("sourceRef").asText().equals(ref) && e.get("holds").isEmpty());
        heard(first, "DENIED");
        assertEquals(0, Rows.count("select excess from customer_order where order_id = ?", order));
    }

    /** The one that has the case is not touched: the other may be locked by nobody. */
    @Test
    void aCaseThatIsToldOfAnotherOrderIsForAPersonAndStopsNobody() {
        String other = "other-" + order;
        Api.put(Samples.order("acme", order, 1));
        Api.put(Samples.order("acme", other, 1));
        tell(instant(ref, "REFUNDING", 21077, "USD"));
        heard(ref, "PROCESSING");

        tell(instant(other, ref, "REFUNDED", 21077, "USD"));
        tell(instant(other, ref, "FAILED", 21077, "USD"));

        JsonNode held = topics.awaitEvent("acme/" + other, e -> true);
        assertEquals("CONTRADICTED", held.at("/holds/0").asText());
        tell(instant(ref, "REFUNDED", 21077, "USD"));
        heard(ref, "ISSUED");
        assertEquals(1, Rows.count("select count(*) from refund where order_id = ?", other));
    }

    private void park(InstantRefund... told) {
        List.of(told).forEach(this::tell);
        Awaitility.await()
                .atMost(Topics.BOUND)
                .until(() -> Rows.count("select count(*) from parked_event where order_id = ?", order) == told.length);
    }

    private JsonNode heard(String sourceRef, String status) {
        return topics.awaitEvent(
                key,
                e -> e.get("sourceRef").asText().equals(sourceRef)
                        && e.get("status").asText().equals(status));
    }

    @Test
    void whatBeginsTogetherWithExcessWaitsForItToo() {
        String foreign = "foreign-" + order;
        tell(instant(foreign, "REFUNDED", 21077, "AUD"));
        tell(instant("first-" + order, "REFUNDED", 21077, "USD"));
        tell("REFUNDED", 21077, "USD");
        Awaitility.await()
                .atMost(Topics.BOUND)
                .until(() -> Rows.count("select count(*) from parked_event where order_id = ?", order) == 3);

        Api.put(Samples.order("acme", order, 1));

        topics.awaitEvent(
                key,
                e -> e.get("sourceRef").asText().equals(foreign)
                        && e.get("holds").toString().contains("EXCESS"));
    }

    @Test
    void aReversedRefundIsReleasedOrPaidAgain() {
        Api.put(Samples.order("acme", order, 1));
        long id = told("REFUNDED", 21077).get("refundId").asLong();
        tell("FAILED", 21077, "USD");
        topics.awaitEvent(key, e -> e.get("cause").asText().equals("REVERSED"));

        Api.act(SELLER, id, "{\"action\":\"RELEASE\"}")
                .then()
                .statusCode(200)
                .body("data.status", equalTo("ISSUED"))
                .body("data.issuedAmount", equalTo(0f))
                .body("data.reversedAmount", equalTo(210.77f))
                .body("data.holds", hasSize(0));
        Api.act(SELLER, id, "{\"action\":\"RELEASE\"}").then().statusCode(200);

        assertEquals(0, Rows.count("select issued from customer_order where order_id = ?", order));
        Api.id(Api.ask(
                SELLER,
                "{\"orderId\":\"%s\",\"reason\":\"r\",\"amount\":210.77,\"refundOnly\":true}".formatted(order)));
    }

    @Test
    void aReversedRefundPaidAgainStaysIssued() {
        Api.put(Samples.order("acme", order, 1));
        long id = told("REFUNDED", 21077).get("refundId").asLong();
        tell("FAILED", 21077, "USD");
        topics.awaitEvent(key, e -> e.get("cause").asText().equals("REVERSED"));

        Api.act(SELLER, id, "{\"action\":\"RETRY\"}").then().statusCode(200).body("data.holds", hasSize(0));
        Api.act(SELLER, id, "{\"action\":\"RETRY\"}").then().statusCode(200).body("data.payouts", hasSize(2));
        String reference = Api.get(SELLER, id).jsonPath().getString("data.payouts[1].reference");
        tell(
                PartnerReport.TOPIC,
                PartnerReport.TYPE,
                Samples.report(reference, order, id, 1, "COMPLETED", true, 21077));
        topics.awaitEvent(key, e -> e.get("cause").asText().equals("PAYOUT_COMPLETED"));

        assertEquals(21077, Rows.count("select issued from customer_order where order_id = ?", order));
        assertEquals(1, Rows.count("select count(*) from refund where order_id = ?", order));
    }

    @Test
    void aRefundMadeAtVioletItselfIsBookedOnce() {
        Api.put(Samples.order("acme", order, 1));

        read(violet, 5000L, "COMPLETED", false);
        read(violet, 5000L, "COMPLETED", false);
        JsonNode booked = topics.awaitEvent(key, e -> true);
        marker();

        assertEquals("ISSUED", booked.get("status").asText());
        assertEquals("VIOLET", booked.get("source").asText());
        assertEquals(violet, booked.get("sourceRef").asText());
        assertEquals(5000, Rows.count("select issued from customer_order where order_id = ?", order));
    }

    @ParameterizedTest
    @CsvSource({"FAILED,false", "CANCELED,false", "COMPLETED,true"})
    void whatIsOursOrMovedNothingIsNotBooked(String status, boolean ours) {
        Api.put(Samples.order("acme", order, 1));

        read(violet, 5000L, status, ours);
        marker();

        assertEquals(0, Rows.count("select issued from customer_order where order_id = ?", order));
    }

    @Test
    void aRefundAtVioletBeyondWhatWasPaidIsExcess() {
        Api.put(Samples.order("acme", order, 1));

        read(violet, 30000L, "COMPLETED", false);

        assertEquals("EXCESS", topics.awaitEvent(key, e -> true).at("/holds/0").asText());
        assertEquals(8923, Rows.count("select excess from customer_order where order_id = ?", order));
    }

    @Test
    void aRefundAtVioletOfAnUnknownAmountWaitsUntilVioletSaysIt() {
        Api.put(Samples.order("acme", order, 1));
        read(violet, null, "PROCESSING", false);
        assertEquals(
                "AMOUNT_MISMATCH",
                topics.awaitEvent(key, e -> true).at("/holds/0").asText());

        read(violet, 5000L, "COMPLETED", false);

        topics.awaitEvent(key, e -> e.get("status").asText().equals("ISSUED"));
        assertEquals(5000, Rows.count("select issued from customer_order where order_id = ?", order));
    }

    @Test
    void aRefundAtVioletThatFailsAfterAllHasComeBack() {
        Api.put(Samples.order("acme", order, 1));
        read(violet, 5000L, "PROCESSING", false);
        long id = heard(violet, "ISSUED").get("refundId").asLong();

        read(violet, 5000L, "FAILED", false);
        read(violet, 5000L, "FAILED", false);
        topics.awaitEvent(key, e -> e.at("/holds/0").asText().equals("REVERSED"));

        Api.act(SELLER, id, "{\"action\":\"RELEASE\"}").then().statusCode(200);
        assertEquals(0, Rows.count("select issued from customer_order where order_id = ?", order));
    }

    @Test
    void aRefundAtVioletThatTwoOrdersHaveIsOfTheFirstAndStopsNobody() {
        String other = "other-" + order;
        Api.put(Samples.order("acme", order, 1));
        Api.put(Samples.order("acme", other, 1));
        read(violet, null, "PROCESSING", false);
        heard(violet, "REQUESTED");

        read(other, violet, 5000L, "COMPLETED", false);
        read(violet, 5000L, "COMPLETED", false);

        heard(violet, "ISSUED");
        assertEquals(0, Rows.count("select issued from customer_order where order_id = ?", other));
    }

    @Test
    void aPaymentThatAStrangerStoodInTheWayOfIsTriedAgainOnceThatIsBooked() {
        Api.put(Samples.order("acme", order, 1));
        long id = approved();

        notSent(id, ordered(1), stranger(violet, 5000L, "COMPLETED", false));

        ordered(2);
        JsonNode again = topics.payments(key).get(1);
        assertEquals("[\"" + violet + "\"]", again.get("known").toString());
        assertEquals(5000, Rows.count("select issued from customer_order where order_id = ?", order));
        assertEquals(10000, Rows.count("select reserved from customer_order where order_id = ?", order));
        Api.get(SELLER, id).then().body("data.holds", hasSize(0)).body("data.payouts.no", equalTo(List.of(1, 2)));
    }

    /** As where Violet has made an earlier try, of which it said that it had declined it. */
    @Test
    void aPaymentThatAnotherTryOfItStoodInTheWayOfIsNotTriedAgain() {
        Api.put(Samples.order("acme", order, 1));
        long id = approved();
        String first = ordered(1);
        tell(PartnerReport.TOPIC, PartnerReport.TYPE, Samples.report(first, order, id, 1, "DECLINED", true, 0));
        topics.awaitEvent(key, e -> e.at("/holds/0").asText().equals("DECLINED"));
        Api.act(SELLER, id, "{\"action\":\"RETRY\"}").then().statusCode(200);

        notSent(
                id,
                ordered(2),
                new PartnerReport.BagRefund(violet, 10000L, "USD", "COMPLETED", first, List.of(), 0L, false));

        topics.awaitEvent(key, e -> e.at("/holds/0").asText().equals("NOT_SENT"));
        Api.get(SELLER, id).then().body("data.payouts.no", equalTo(List.of(1, 2)));
    }

    private long approved() {
        return Api.id(Api.ask(
                SELLER,
                "{\"orderId\":\"%s\",\"reason\":\"r\",\"amount\":100,\"refundOnly\":true,\"approve\":true}"
                        .formatted(order)));
    }

    /** The reference of the payment that was ordered then. */
    private String ordered(int no) {
        return Awaitility.await()
                .atMost(Topics.BOUND)
                .until(() -> topics.payments(key), said -> said.size() == no)
                .get(no - 1)
                .get("instructionId")
                .asText();
    }

    private void notSent(long id, String reference, PartnerReport.BagRefund found) {
        PartnerReport none = Samples.report(reference, order, id, 1, "NOT_SENT", true, 0);
        tell(
                PartnerReport.TOPIC,
                PartnerReport.TYPE,
                new PartnerReport(
                        reference,
                        "acme",
                        order,
                        id,
                        "PAY",
                        1,
                        "NOT_SENT",
                        true,
                        0,
                        "USD",
                        null,
                        null,
                        "a stranger",
                        0,
                        none.at(),
                        List.of(found),
                        List.of()));
    }

    private void read(String refundId, Long amount, String status, boolean ours) {
        read(order, refundId, amount, status, ours);
    }

    private void read(String orderId, String refundId, Long amount, String status, boolean ours) {
        tell(
                BagRead.TOPIC,
                BagRead.TYPE,
                new BagRead(
                        UUID.randomUUID().toString(),
                        "acme",
                        orderId,
                        "violet",
                        61001,
                        62001,
                        "HINT",
                        Instant.parse("2026-03-31T23:00:27.512Z"),
                        List.of(stranger(refundId, amount, status, ours))));
    }

    private static PartnerReport.BagRefund stranger(String id, Long amount, String status, boolean ours) {
        return new PartnerReport.BagRefund(id, amount, "USD", status, "by the shop", List.of(), 0L, ours);
    }

    private JsonNode told(String stage, long amount) {
        tell(stage, amount, "USD");
        return topics.awaitEvent(key, e -> e.get("sourceRef").asText().equals(ref));
    }

    private void tell(String stage, long amount, String currency) {
        tell(instant(ref, stage, amount, currency));
    }

    private void tell(InstantRefund told) {
        tell(InstantRefund.TOPIC, InstantRefund.TYPE, told);
    }

    private InstantRefund instant(String caseRef, String stage, long amount, String currency) {
        return instant(order, caseRef, stage, amount, currency);
    }

    private static InstantRefund instant(String orderId, String caseRef, String stage, long amount, String currency) {
        return new InstantRefund(
                "acme",
                "acme-refundid",
                "REFUNDID",
                UUID.randomUUID().toString(),
                Instant.parse("2026-03-31T23:00:25.146Z"),
                caseRef,
                new PartnerClaim.OrderRef(orderId, null),
                stage,
                amount,
                currency,
                "size",
                List.of(new PartnerClaim.Item(Samples.LINE, 1)));
    }

    private void tell(String topic, String type, Object message) {
        topics.tell(topic, key, type, message);
    }

    /** Something later about the same order on both topics: once both are answered, everything before was taken. */
    private void marker() {
        tell(PartnerClaim.TOPIC, PartnerClaim.TYPE, Samples.claim("acme", order, "m-" + order, "no-such-line", null));
        read("m-" + order, null, "PROCESSING", false);
        topics.awaitEvent(
                key,
                e -> e.get("sourceRef").asText().equals("m-" + order)
                        && e.get("source").asText().equals("SHIPPED_SUITE"));
        topics.awaitEvent(
                key,
                e -> e.get("sourceRef").asText().equals("m-" + order)
                        && e.get("source").asText().equals("VIOLET"));
    }
}
