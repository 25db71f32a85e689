package dev.refundhub.refunds;

import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import dev.refundhub.messages.BagRead;
import dev.refundhub.messages.PartnerReport;
import dev.refundhub.messages.PartnerReport.BagRefund;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is booked here is compared with what Violet lists, and nothing is changed by it. */
@QuarkusTest
@QuarkusTestResource(Surroundings.class)
class ReconciliationTest {

    private static final String OPERATOR = Tokens.operator();
    private static final String SELLER = Tokens.seller("acme");
    private static final String RECONCILIATIONS = "/api/v2/reconciliations";

    private final String order = UUID.randomUUID().toString();
    private final String key = "acme/" + order;
    private Topics topics;
    private String reference;
    private long refund;

    @BeforeEach
    void aPayment() {
        topics = new Topics();
        Api.put(Samples.order("acme", order, 1));
        refund = Api.id(Api.ask(
                SELLER,
                "{\"orderId\":\"%s\",\"reason\":\"r\",\"amount\":100,\"refundOnly\":true,\"approve\":true}"
                        .formatted(order)));
        reference = instructions("PAY").get(0).get("instructionId").asText();
        report("COMPLETED", 10000);
        topics.awaitEvent(key, e -> e.get("status").asText().equals("ISSUED"));
    }

    @AfterEach
    void close() {
        topics.close();
    }

    @Test
    void whatVioletListsOtherwiseIsListedAndNothingIsBooked() {
        long id = begin("{}");
        JsonNode look = awaitLook();
        assertEquals("RECONCILIATION", look.get("why").asText());

        read(
                look,
                listed("88001", 9000L, "COMPLETED", reference + " Refund"),
                listed("88-" + order, 500L, "COMPLETED", "by the shop"));

        Response result = differing(id);
        result.then()
                .body(
                        "differing.find { it.order == '%s' }.differences.kind".formatted(order),
                        equalTo(List.of("AMOUNT", "ONLY_THERE")))
                .body("differing.find { it.order == '%s' }.differences[0].refundId".formatted(order), equalTo((int)
                        refund))
                .body("differing.find { it.order == '%s' }.differences[0].hereMinor".formatted(order), equalTo(10000))
                .body("differing.find { it.order == '%s' }.differences[0].thereMinor".formatted(order), equalTo(9000))
                .body(
                        "differing.find { it.order == '%s' }.differences[1].partnerRefundId".formatted(order),
                        equalTo("88-" + order));
        assertEquals(1, Rows.count("select count(*) from refund where order_id = ?", order));
        assertEquals(10000, Rows.count("select issued from customer_order where order_id = ?", order));
    }

    @Test
    void whatIsBookedHereAndNotThereIsListedToo() {
        long id = begin("{}");

        read(awaitLook());

        differing(id)
                .then()
                .body(
                        "differing.find { it.order == '%s' }.differences.kind".formatted(order),
                        equalTo(List.of("ONLY_HERE")))
                .body(
                        "differing.find { it.order == '%s' }.differences[0].reference".formatted(order),
                        equalTo(reference));
    }

    @Test
    void whereAllAgreesNothingIsListed() {
        long id = begin("{}");

        read(awaitLook(), listed("88001", 10000L, "COMPLETED", reference + " Refund"));

        Awaitility.await()
                .atMost(Topics.BOUND)
                .until(() -> Rows.count(
                                "select count(*) from reconciled_bag where order_id = ? and read_at is not null", order)
                        == 1);
        Api.as(OPERATOR)
                .get(RECONCILIATIONS + "/" + id + "?size=100")
                .then()
                .body("differing.find { it.order == '%s' }".formatted(order), nullValue());
    }

    @Test
    void whatWasMadeAtVioletAndBookedAgreesToo() {
        BagRefund ours = listed("88001", 10000L, "COMPLETED", reference + " Refund");
        BagRefund theirs = listed("88-" + order, 500L, "EXTERNAL", "by the shop");
        BagRead hint = new BagRead(
                UUID.randomUUID().toString(),
                "acme",
                order,
                "violet",
                61001,
                62001,
                "HINT",
                Instant.parse("2026-03-31T23:00:27.512Z"),
                List.of(theirs));
        topics.tell(BagRead.TOPIC, key, BagRead.TYPE, hint);
        topics.awaitEvent(key, e -> e.get("source").asText().equals("VIOLET"));

        begin("{}");
        read(awaitLook(), ours, theirs);

        Awaitility.await()
                .atMost(Topics.BOUND)
                .until(() -> Rows.count(
                                "select count(*) from reconciled_bag where order_id = ? and differences = '[]'", order)
                        == 1);
    }

    @Test
    void onlyOrdersThatWereTouchedInThatTimeAreLookedInto() {
        begin("{\"since\":\"2020-01-01T00:00:00Z\",\"until\":\"2020-01-02T00:00:00Z\"}");

        assertEquals(0, Rows.count("select count(*) from reconciled_bag where order_id = ?", order));
    }

    @Test
    void anOrderIsLookedIntoOfWhichOnlyAReportTellsAboutARefundThatIsNotThere() {
        String other = UUID.randomUUID().toString();
        Api.put(Samples.order("acme", other, 1));
        topics.tell(
                PartnerReport.TOPIC,
                "acme/" + other,
                PartnerReport.TYPE,
                Samples.report("hub-gone-" + other, other, Long.MAX_VALUE, 1, "COMPLETED", true, 100));
        Awaitility.await()
                .atMost(Topics.BOUND)
                .until(() -> Rows.count("select count(*) from dead_letter where key = ?", "acme/" + other) == 1);

        begin("{}");

        assertEquals(
                Rows.count("select count(distinct violet_bag_id) from order_line where order_id = ?", other),
                Rows.count("select count(*) from reconciled_bag where order_id = ?", other));
    }

    @Test
    void anAnswerThatNobodyWaitsForChangesNothing() {
        begin("{}");
        JsonNode look = awaitLook();
        BagRead another = read(UUID.randomUUID().toString(), List.of());
        topics.tell(BagRead.TOPIC, key, BagRead.TYPE, another);

        read(look, listed("88001", 10000L, "COMPLETED", reference + " Refund"));
        topics.tell(
                BagRead.TOPIC, key, BagRead.TYPE, read(look.get("instructionId").asText(), List.of()));
        report("COMPLETED", 10000);

        Awaitility.await()
                .atMost(Topics.BOUND)
                .until(() -> Rows.count(
                                "select count(*) from reconciled_bag where order_id = ? and differences = '[]'", order)
                        == 1);
    }

    @Test
    void anOrderWhoseLinesNameOneBagTwiceStopsNobody() throws SQLException {
        Rows.change("update order_line set violet_order_id = 1 where kind = 'SHIPPING' and order_id = '" + order + "'");

        begin("{}");

        assertEquals(1, Rows.count("select count(*) from reconciled_bag where order_id = ?", order));
        awaitLook();
    }

    @Test
    void eachDayHasOne() {
        String yesterday = LocalDate.now(ZoneOffset.UTC).minusDays(1).toString();

        Awaitility.await()
                .atMost(Topics.BOUND)
                .until(() -> Rows.count("select count(*) from reconciliation where daily = cast(? as date)", yesterday)
                        == 1);
        Api.as(OPERATOR)
                .get(RECONCILIATIONS + "?size=100")
                .then()
                .statusCode(200)
                .body("data.daily", hasItem(yesterday))
                .body("data.begunBy", hasItem("refunds-service"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"since\":\"2026-01-02T00:00:00Z\",\"until\":\"2026-01-01T00:00:00Z\"}",
                "{\"since\":\"2026-01-01T00:00:00Z\",\"until\":\"2026-02-02T00:00:00Z\"}",
                "{\"until\":\"-1000000000-01-01T00:00:00Z\"}",
                "{\"until\":\"+1000000000-12-31T23:59:59Z\"}",
                "{\"since\":\"yesterday\"}",
                "{\"day\":\"2026-01-01\"}"
            })
    void aSpanThatCannotBeMeantIsRefused(String body) {
        Api.as(OPERATOR).body(body).post(RECONCILIATIONS).then().statusCode(400).body("violations", hasSize(1));
    }

    @Test
    void whatIsNotThereIsNotFound() {
        Api.as(OPERATOR).get(RECONCILIATIONS + "/0").then().statusCode(404);
        Api.as(OPERATOR).get(RECONCILIATIONS + "/x").then().statusCode(404);
    }

    private long begin(String body) {
        Response begun = Api.as(OPERATOR).body(body).post(RECONCILIATIONS);
        begun.then()
                .statusCode(202)
                .header("Location", matchesPattern(".*/api/v2/reconciliations/[0-9]+"))
                .body("data.begunBy", equalTo("OPERATOR operator-1"));
        return begun.jsonPath().getLong("data.id");
    }

    private Response differing(long id) {
        return Awaitility.await()
                .atMost(Topics.BOUND)
                .until(() -> Api.as(OPERATOR).get(RECONCILIATIONS + "/" + id + "?size=100"), result -> result.asString()
                        .contains(order));
    }

    private JsonNode awaitLook() {
        return Awaitility.await()
                .atMost(Topics.BOUND)
                .until(() -> instructions("READ"), looks -> looks.size() == 1)
                .get(0);
    }

    private List<JsonNode> instructions(String kind) {
        return Awaitility.await()
                .atMost(Topics.BOUND)
                .until(
                        () -> topics.heard("violet-instructions", key).stream()
                                .filter(said -> said.get("kind").asText().equals(kind))
                                .toList(),
                        said -> !said.isEmpty());
    }

    private void read(JsonNode look, BagRefund... refunds) {
        topics.tell(
                BagRead.TOPIC, key, BagRead.TYPE, read(look.get("instructionId").asText(), List.of(refunds)));
    }

    private BagRead read(String look, List<BagRefund> refunds) {
        return new BagRead(
                look,
                "acme",
                order,
                "violet",
                61001,
                62001,
                "RECONCILIATION",
                Instant.parse("2026-03-31T23:00:27.512Z"),
                refunds);
    }

    private static BagRefund listed(String id, Long amount, String status, String reason) {
        return new BagRefund(id, amount, "USD", status, reason, List.of(), 0L, false);
    }

    private void report(String outcome, long moved) {
        topics.tell(
                PartnerReport.TOPIC,
                key,
                PartnerReport.TYPE,
                new PartnerReport(
                        reference,
                        "acme",
                        order,
                        refund,
                        "PAY",
                        1,
                        outcome,
                        true,
                        moved,
                        "USD",
                        "88001",
                        outcome,
                        null,
                        1,
                        Instant.parse("2026-03-31T23:00:27.512Z"),
                        List.of(),
                        List.of()));
    }
}
