package dev.refundhub.refunds;

import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.refundhub.messages.MerchantOrder;
import dev.refundhub.messages.PartnerReport;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@QuarkusTestResource(Surroundings.class)
class RefundLifeTest {

    private static final String SELLER = Tokens.seller("acme");
    private static final String SHOPPER = Tokens.customer("acme", "customer-1");

    private final String order = UUID.randomUUID().toString();
    private final String key = "acme/" + order;
    private Topics topics;

    @BeforeEach
    void anOrder() {
        topics = new Topics();
        Api.put(Samples.order("acme", order, 1));
    }

    @AfterEach
    void close() {
        topics.close();
    }

    @Test
    void whatAShopperAsksForIsApprovedSentBackReceivedPaidAndIssued() {
        Response asked = ask(SHOPPER, "210.77", false);
        long id = Api.id(asked);

        asked.then()
                .header("Location", "/api/v2/refunds/" + id)
                .body("data.order", equalTo(order))
                .body("data.requester", equalTo("customer-1"))
                .body("data.requestReason", equalTo("too small"))
                .body("data.status", equalTo("REQUESTED"))
                .body("data.refundOnly", equalTo(false))
                .body("data.valid", equalTo(true))
                .body("data.goods", equalTo("EXPECTED"))
                .body("data.source", equalTo("API"))
                .body("data.lines[0].quantity", equalTo(1))
                .body("data.actions", equalTo(List.of("CANCEL")));
        assertTrue(asked.asString().contains("\"amount\":210.77,"), asked.asString());
        Api.act(SELLER, id, "{\"action\":\"APPROVE\"}").then().statusCode(200).body("data.status", equalTo("WAITING"));
        Api.act(SHOPPER, id, "{\"action\":\"SHIP_INIT\",\"trackingId\":\"T1\",\"carrierName\":\"SF-Express\"}")
                .then()
                .statusCode(200)
                .body("data.status", equalTo("WAITING"))
                .body("data.goods", equalTo("SHIPPED"))
                .body("data.trackingId", equalTo("T1"));
        Api.act(SELLER, id, "{\"action\":\"RECEIVE\"}")
                .then()
                .statusCode(200)
                .body("data.status", equalTo("PROCESSING"));
        pay(id, "COMPLETED", 21077);

        Api.get(SHOPPER, id)
                .then()
                .body("data.status", equalTo("ISSUED"))
                .body("data.issuedAmount", equalTo(210.77f))
                .body("data.confirmation", nullValue())
                .header("ETag", "\"5\"");
        Api.as(SELLER)
                .get("/api/v2/refunds/" + id + "/timeline")
                .then()
                .body(
                        "data.cause",
                        equalTo(List.of("REQUESTED", "APPROVED", "SHIPPED", "GOODS_RECEIVED", "PAYOUT_COMPLETED")))
                .body("data.to", equalTo(List.of("REQUESTED", "WAITING", "WAITING", "PROCESSING", "ISSUED")))
                .body("data.who[0]", equalTo("CUSTOMER customer-1"))
                .body("data.why[0]", equalTo("too small"))
                .body("data.who[1]", equalTo("SELLER acme-clerk"));
    }

    @Test
    void theTimelineHidesFromAShopperWhoDidIt() {
        long id = Api.id(ask(SHOPPER, "10.00", true));

        Api.as(SHOPPER)
                .get("/api/v2/refunds/" + id + "/timeline")
                .then()
                .statusCode(200)
                .body("data", hasSize(1))
                .body("data[0].who", nullValue());
        Api.as(Tokens.seller("globex"))
                .get("/api/v2/refunds/" + id + "/timeline")
                .then()
                .statusCode(404);
    }

    @Test
    void moreThanIsLeftIsRefusedWithWhatIsLeft() {
        Api.id(ask(SHOPPER, "200.00", true));

        ask(SHOPPER, "10.78", true)
                .then()
                .statusCode(422)
                .contentType("application/problem+json")
                .body("left", equalTo(10.77f))
                .body("detail", containsString("10.77"));
        Api.id(ask(SHOPPER, "10.77", true));
        ask(SHOPPER, "0.01", true).then().statusCode(422).body("left", equalTo(0.0f));

        assertEquals(21077, Rows.count("select reserved from customer_order where order_id = ?", order));
        Api.as(SELLER)
                .get("/api/v2/orders/" + order)
                .then()
                .body("data.left", equalTo(0.0f))
                .body("data.reserved", equalTo(210.77f))
                .body("data.lines[0].left", equalTo(0.0f));
    }

    @Test
    void whatIsTakenBackIsFreeAgain() {
        long id = Api.id(ask(SHOPPER, "210.77", false));

        Api.cancel(SHOPPER, id)
                .then()
                .statusCode(200)
                .body("data.status", equalTo("CANCELLED"))
                .body("data.valid", equalTo(false))
                .body("data.actions", hasSize(0));
        Api.cancel(SHOPPER, id).then().statusCode(200);

        Api.id(ask(SHOPPER, "210.77", false));
        Api.act(SELLER, id, "{\"action\":\"APPROVE\"}").then().statusCode(409);
    }

    @Test
    void aDeniedRefundSaysWhyAndFreesItsMoney() {
        long id = Api.id(ask(SHOPPER, "210.77", false));

        Api.act(SELLER, id, "{\"action\":\"DENY\",\"reason\":\"worn\"}")
                .then()
                .statusCode(200)
                .body("data.status", equalTo("DENIED"))
                .body("data.responseReason", equalTo("worn"))
                .body("data.valid", equalTo(true));

        assertEquals(0, Rows.count("select reserved from customer_order where order_id = ?", order));
        Api.cancel(SHOPPER, id).then().statusCode(409);
    }

    @Test
    void aSellerMayApproveLessAtOnce() {
        long id = Api.id(ask(SELLER, "200.00", true));

        Api.act(SELLER, id, "{\"action\":\"APPROVE\",\"amount\":200.01}").then().statusCode(422);
        Api.act(SELLER, id, "{\"action\":\"APPROVE\",\"amount\":150.5}")
                .then()
                .statusCode(200)
                .body("data.status", equalTo("PROCESSING"))
                .body("data.amount", equalTo(150.5f));

        assertEquals(15050, Rows.count("select reserved from customer_order where order_id = ?", order));
        assertEquals(15050, instruction().get("amountMinor").asLong());
    }

    @Test
    void aSellersOwnRequestCanBeApprovedWithIt() {
        Api.ask(SELLER, body("10.00", true).replace("}", ",\"approve\":true}"))
                .then()
                .statusCode(201)
                .body("data.status", equalTo("PROCESSING"));
        Api.ask(SHOPPER, body("10.00", true).replace("}", ",\"approve\":true}"))
                .then()
                .statusCode(403);
    }

    @Test
    void whatWasDeclinedIsTriedAgainOrPaidByHand() {
        long id = Api.id(ask(SELLER, "210.77", true));
        Api.act(SELLER, id, "{\"action\":\"APPROVE\"}").then().statusCode(200);
        pay(id, "DECLINED", 0);
        await().atMost(Topics.BOUND).untilAsserted(() -> Api.get(SELLER, id)
                .then()
                .body("data.holds.code", equalTo(List.of("DECLINED")))
                .body("data.actions", hasItems("RETRY", "DENY", "MARK_ISSUED")));

        Api.act(SELLER, id, "{\"action\":\"RETRY\"}")
                .then()
                .statusCode(200)
                .body("data.holds", hasSize(0))
                .body("data.payouts.no", equalTo(List.of(1, 2)))
                .body("data.actions", not(hasItems("DENY")));
        Api.act(SELLER, id, "{\"action\":\"RETRY\"}").then().statusCode(200).body("data.payouts", hasSize(2));
        Api.act(SELLER, id, "{\"action\":\"MARK_ISSUED\",\"reference\":\"bank-1\"}")
                .then()
                .statusCode(409);
        await().atMost(Topics.BOUND).until(() -> topics.payments(key).size() == 2);
        String second = Api.get(SELLER, id).jsonPath().getString("data.payouts[1].reference");
        tell(Samples.report(second, order, id, 1, "NOT_SENT", true, 0));
        await().atMost(Topics.BOUND)
                .untilAsserted(() -> Api.get(SELLER, id).then().body("data.holds.code", hasItems("NOT_SENT")));
        Api.act(SELLER, id, "{\"action\":\"MARK_ISSUED\",\"reference\":\"bank-1\",\"amount\":200}")
                .then()
                .statusCode(200)
                .body("data.status", equalTo("ISSUED"))
                .body("data.issuedAmount", equalTo(200f))
                .body("data.holds", hasSize(0));
        Api.act(SELLER, id, "{\"action\":\"MARK_ISSUED\",\"reference\":\"bank-1\",\"amount\":200}")
                .then()
                .statusCode(200);

        assertEquals(0, Rows.count("select reserved from customer_order where order_id = ?", order));
        assertEquals(20000, Rows.count("select issued from customer_order where order_id = ?", order));
    }

    @Test
    void moneyThatMovedAfterAllIsARefundOfItsOwnForAPersonToLookAt() {
        long id = Api.id(ask(SELLER, "210.77", true));
        Api.act(SELLER, id, "{\"action\":\"APPROVE\"}").then().statusCode(200);
        pay(id, "DECLINED", 0);
        topics.awaitEvent(key, e -> e.get("cause").asText().equals("PAYOUT_DECLINED"));
        Api.act(SELLER, id, "{\"action\":\"DENY\",\"reason\":\"no\"}").then().statusCode(200);

        String reference = instruction().get("instructionId").asText();
        tell(Samples.report(reference, order, id, 2, "COMPLETED", true, 21077));

        JsonNode late = topics.awaitEvent(key, e -> e.get("sourceRef").asText().endsWith("/late"));
        assertEquals("ISSUED", late.get("status").asText());
        assertEquals("CONTRADICTED", late.at("/holds/0").asText());
        Api.get(SELLER, id).then().body("data.status", equalTo("DENIED"));
        assertEquals(21077, Rows.count("select issued from customer_order where order_id = ?", order));
        assertEquals(0, Rows.count("select reserved from customer_order where order_id = ?", order));
        Api.act(SELLER, late.get("refundId").asLong(), "{\"action\":\"APPROVE\"}")
                .then()
                .statusCode(200)
                .body("data.holds", hasSize(0));
    }

    @Test
    void aFactBeyondWhatWasPaidHoldsWhatIsOpenUntilThatIsOver() {
        long id = Api.id(ask(SELLER, "200.00", true));
        MerchantOrder told = Samples.order("acme", order, 2);

        Api.put(new MerchantOrder(
                told.seller(),
                told.orderId(),
                told.number(),
                2,
                told.placedAt(),
                told.currency(),
                told.paidMinor(),
                told.discountMinor(),
                told.customer(),
                told.lines(),
                told.shipping(),
                List.of(new MerchantOrder.RefundedElsewhere("re_1", 5000, List.of())),
                null));

        Api.get(SELLER, id).then().body("data.holds.code", equalTo(List.of("EXCESS")));
        Api.act(SELLER, id, "{\"action\":\"APPROVE\"}").then().statusCode(422);
        ask(SELLER, "0.01", true).then().statusCode(422);
        Api.as(SELLER).get("/api/v2/orders/" + order).then().body("data.excess", equalTo(39.23f));
        Api.act(SELLER, id, "{\"action\":\"APPROVE\",\"amount\":160.77}")
                .then()
                .statusCode(200)
                .body("data.status", equalTo("PROCESSING"))
                .body("data.holds", hasSize(0));
        Api.as(SELLER).get("/api/v2/orders/" + order).then().body("data.excess", equalTo(0f));
    }

    @Test
    void aLowerPaidAmountIsExcessToo() {
        long id = Api.id(ask(SELLER, "210.77", true));
        MerchantOrder told = Samples.order("acme", order, 2);

        Api.put(new MerchantOrder(
                told.seller(),
                told.orderId(),
                told.number(),
                2,
                told.placedAt(),
                told.currency(),
                20000,
                told.discountMinor(),
                told.customer(),
                told.lines(),
                told.shipping(),
                List.of(),
                null));
        Api.get(SELLER, id).then().body("data.holds.code", equalTo(List.of("EXCESS")));
        Api.put(Samples.order("acme", order, 3));

        Api.get(SELLER, id).then().body("data.holds", hasSize(0)).body("data.status", equalTo("REQUESTED"));
    }

    @Test
    void unitsAndShippingAreAskedForByLine() {
        String three = UUID.randomUUID().toString();
        MerchantOrder sample = Samples.order("acme", three, 1, 3, null);
        Api.put(new MerchantOrder(
                "acme",
                three,
                null,
                1,
                sample.placedAt(),
                "USD",
                sample.paidMinor() + 500,
                sample.discountMinor(),
                sample.customer(),
                sample.lines(),
                List.of(new MerchantOrder.Shipping("shipping", 500, 0, null)),
                List.of(),
                null));
        String lines = "{\"orderId\":\"%s\",\"reason\":\"r\",\"refundOnly\":true,\"lines\":[%s]}";

        Response one = Api.ask(
                SELLER,
                lines.formatted(
                        three, "{\"lineId\":\"%s\",\"quantity\":1},{\"lineId\":\"shipping\"}".formatted(Samples.LINE)));
        one.then()
                .statusCode(201)
                .body("data.amount", equalTo(258.59f))
                .body("data.lines.quantity", equalTo(List.of(1, 0)));
        Api.ask(SELLER, lines.formatted(three, "{\"lineId\":\"%s\",\"quantity\":3}".formatted(Samples.LINE)))
                .then()
                .statusCode(422)
                .body("detail", containsString("2 left"));
        Api.ask(SELLER, lines.formatted(three, "{\"lineId\":\"none\",\"quantity\":1}"))
                .then()
                .statusCode(400)
                .body("violations[0]", equalTo("lines[0].lineId: the order has no such line"));
    }

    @ParameterizedTest
    @CsvSource({
        "500.5,JPY,400",
        "500,JPY,201",
        "1.234,KWD,201",
        "1.2345,KWD,400",
        "1.23,USD,201",
        "1.234,USD,400",
        "1,USD,201"
    })
    void anAmountIsExactInItsCurrency(String amount, String currency, int status) {
        String id = UUID.randomUUID().toString();
        Api.put(new MerchantOrder(
                "acme",
                id,
                null,
                1,
                null,
                currency,
                100_000,
                0,
                null,
                List.of(new MerchantOrder.Line("a", null, 1, 100_000, 0, 0, null, null)),
                List.of(),
                List.of(),
                null));

        Response answer = Api.ask(SELLER, body(amount, true).replace(order, id));

        answer.then().statusCode(status);
        if (status == 201) {
            String whole =
                    switch (currency) {
                        case "JPY" -> "500";
                        case "KWD" -> "1.234";
                        default -> amount.contains(".") ? "1.23" : "1.00";
                    };
            assertTrue(answer.asString().contains("\"amount\":" + whole + ","), answer.asString());
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"amount\":0",
                "\"amount\":-1",
                "\"amount\":1.005",
                "\"amount\":1e2",
                "\"amount\":1E-2",
                "\"amount\":\"12\"",
                "\"amount\":NaN",
                "\"amount\":Infinity",
                "\"amount\":true",
                "\"amount\":null",
                "\"amount\":1234567890123456789012345678901234567890",
                "\"amount\":[1]",
                "\"amount\":{}",
                "\"reason\":\"\"",
                "\"reason\":\"  \"",
                "\"reason\":null",
                "\"reason\":1e400",
                "\"reason\":\"a\\u0000b\"",
                "\"reason\":\"a\\u0007b\"",
                "\"reason\":\"a\\ud800b\"",
                "\"refundOnly\":null",
                "\"refundOnly\":\"true\"",
                "\"refundOnly\":1",
                "\"orderId\":null",
                "\"orderId\":1.5",
                "\"orderId\":[]",
                "\"orderId\":\"\"",
                "\"orderId\":\"a\\u0000\"",
                "\"status\":\"ISSUED\"",
                "\"id\":1",
                "\"requester\":\"x\"",
                "\"seller\":\"globex\"",
                "\"lines\":[]",
                "\"lines\":[null]",
                "\"lines\":{}",
                "\"lines\":[{\"lineId\":\"34188136\",\"quantity\":0}]",
                "\"lines\":[{\"lineId\":\"34188136\",\"quantity\":-1}]",
                "\"lines\":[{\"lineId\":\"34188136\",\"quantity\":2147483648}]",
                "\"lines\":[{\"lineId\":\"34188136\",\"quantity\":1.5}]",
                "\"lines\":[{\"lineId\":\"34188136\"}]",
                "\"lines\":[{\"lineId\":\"34188136\",\"quantity\":1},{\"lineId\":\"34188136\",\"quantity\":1}]",
                "\"lines\":[{\"lineId\":\"shipping\",\"quantity\":1}]",
                "\"lines\":[{\"lineId\":\"x\",\"quantity\":1}]",
                "\"lines\":[{\"lineId\":\"34188136\",\"quantity\":1,\"extra\":1}]",
                "\"lines\":[{\"lineId\":\"34188136\",\"quantity\":1}]"
            })
    void whatCannotBeMeantIsRefusedWithWhatIsWrongAndChangesNothing(String member) {
        String name = member.substring(0, member.indexOf(':') + 1);
        String good = "\"orderId\":\"" + order + "\",\"reason\":\"r\",\"amount\":1,\"refundOnly\":true";
        String body = good.contains(name)
                ? "{" + good.replaceAll(name + "(\"[^\"]*\"|[^,]*)", java.util.regex.Matcher.quoteReplacement(member))
                        + "}"
                : "{" + good + "," + member + "}";

        Api.ask(SELLER, body)
                .then()
                .statusCode(400)
                .contentType("application/problem+json")
                .body("violations", not(hasSize(0)));

        assertEquals(0, Rows.count("select count(*) from refund where order_id = ?", order));
    }

    @Test
    void aRequestTakesUnitsOrMoneyAndNeverSomeOfBothAndNoLinesOfAnotherOrder() {
        String two = UUID.randomUUID().toString();
        Api.put(new MerchantOrder(
                "acme",
                two,
                null,
                1,
                null,
                "USD",
                3000,
                0,
                null,
                List.of(
                        new MerchantOrder.Line("a", null, 1, 1000, 0, 0, null, null),
                        new MerchantOrder.Line("b", null, 1, 2000, 0, 0, null, null)),
                List.of(),
                List.of(),
                null));
        String asking = "{\"orderId\":\"%s\",\"reason\":\"r\",\"refundOnly\":true,\"lines\":[%s]}";

        for (String lines : List.of(
                "{\"lineId\":\"a\",\"quantity\":1},{\"lineId\":\"b\",\"amount\":1}",
                "{\"lineId\":\"a\",\"quantity\":1},{\"lineId\":\"34188136\",\"quantity\":1}",
                "{\"lineId\":\"a\",\"quantity\":2147483647}")) {
            Response refused = Api.ask(SELLER, asking.formatted(two, lines));
            assertTrue(refused.statusCode() == 400 || refused.statusCode() == 422, refused.asString());
        }
        Api.ask(SELLER, body("1000000000000000", true)).then().statusCode(422).body("left", equalTo(210.77f));

        assertEquals(0, Rows.count("select count(*) from refund where order_id in (?, ?)", two, order));
    }

    @Test
    void reasonsMayBeLongAndColourfulButNotTooLong() {
        Api.id(Api.ask(SELLER, body("1.00", true).replace("too small", "😀 " + "x".repeat(990))));
        Api.ask(SELLER, body("1.00", true).replace("too small", "x".repeat(10_000)))
                .then()
                .statusCode(400);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "[]", "null", "\"x\"", "1", "{}", "{\"amount\":1,\"amount\":2}"})
    void aBodyThatIsNoRequestIsRefused(String body) {
        Api.ask(SELLER, body).then().statusCode(400).contentType("application/problem+json");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{}",
                "null",
                "{\"action\":\"X\"}",
                "{\"action\":\"CANCEL\"}",
                "{\"action\":null}",
                "{\"action\":1}",
                "{\"action\":\"DENY\"}",
                "{\"action\":\"DENY\",\"reason\":\"\"}",
                "{\"action\":\"MARK_ISSUED\"}",
                "{\"action\":\"APPROVE\",\"amount\":0}",
                "{\"action\":\"APPROVE\",\"amount\":\"1\"}",
                "{\"action\":\"APPROVE\",\"amount\":1.001}",
                "{\"action\":\"APPROVE\",\"reason\":\"x\"}",
                "{\"action\":\"APPROVE\",\"status\":\"ISSUED\"}",
                "{\"action\":\"RECEIVE\",\"amount\":1}"
            })
    void anActionThatCannotBeMeantIsRefusedAndChangesNothing(String body) {
        long id = Api.id(ask(SELLER, "10.00", true));

        Api.act(SELLER, id, body).then().statusCode(400).contentType("application/problem+json");

        Api.get(SELLER, id).then().body("data.version", equalTo(1));
    }

    @Test
    void onlyTheVersionThatTheCallerHasSeenIsChanged() {
        long id = Api.id(ask(SELLER, "10.00", true));

        for (String outdated : new String[] {"\"2\"", "W/\"1\"", "\"x\""}) {
            Api.as(SELLER)
                    .header("If-Match", outdated)
                    .delete("/api/v2/refunds/" + id)
                    .then()
                    .statusCode(412);
        }
        for (String garbage : new String[] {"1", "\"1", "abc", "\"1\" \"2\""}) {
            Api.as(SELLER)
                    .header("If-Match", garbage)
                    .delete("/api/v2/refunds/" + id)
                    .then()
                    .statusCode(400);
        }
        Api.as(SELLER)
                .header("If-Match", "\"7\", \"1\"")
                .delete("/api/v2/refunds/" + id)
                .then()
                .statusCode(200)
                .header("ETag", "\"2\"");
    }

    @Test
    void aRequestWithAKeyIsCarriedOutOnce() {
        String one = UUID.randomUUID().toString();

        Response first = Api.as(SHOPPER)
                .header("Idempotency-Key", one)
                .body(body("10.00", true))
                .post("/api/v2/refunds");
        Response again = Api.as(SHOPPER)
                .header("Idempotency-Key", one)
                .body(body("10.00", true))
                .post("/api/v2/refunds");

        assertEquals(201, again.statusCode());
        assertEquals(first.asString(), again.asString());
        assertEquals(first.header("Location"), again.header("Location"));
        assertEquals("true", again.header("Idempotent-Replayed"));
        assertEquals(null, first.header("Idempotent-Replayed"));
        Api.as(SHOPPER)
                .header("Idempotency-Key", one)
                .body(body("10.01", true))
                .post("/api/v2/refunds")
                .then()
                .statusCode(422);
        Api.as(SELLER)
                .header("Idempotency-Key", one)
                .body(body("10.00", true))
                .post("/api/v2/refunds")
                .then()
                .statusCode(201)
                .header("Idempotent-Replayed", nullValue());
        assertEquals(2, Rows.count("select count(*) from refund where order_id = ?", order));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "a b", "caf\u00e9", "x256"})
    void aKeyThatIsNoneIsRefused(String text) {
        Api.as(SELLER)
                .header("Idempotency-Key", text.equals("x256") ? "x".repeat(256) : text)
                .body(body("10.00", true))
                .post("/api/v2/refunds")
                .then()
                .statusCode(400);

        assertEquals(0, Rows.count("select count(*) from refund where order_id = ?", order));
    }

    @Test
    void anUnknownOrderAndSomebodyElsesAreTheSame() {
        Response unknown = Api.ask(
                SHOPPER, body("1.00", true).replace(order, UUID.randomUUID().toString()));
        Response others = Api.ask(Tokens.customer("acme", "customer-2"), body("1.00", true));
        Response otherSellers = Api.ask(Tokens.seller("globex"), body("1.00", true));

        assertEquals(404, unknown.statusCode());
        for (Response hidden : new Response[] {others, otherSellers}) {
            assertEquals(404, hidden.statusCode());
            assertEquals(unknown.asString(), hidden.asString());
            assertEquals(unknown.headers().toString(), hidden.headers().toString());
        }
    }

    private Response ask(String token, String amount, boolean refundOnly) {
        return Api.ask(token, body(amount, refundOnly));
    }

    private String body(String amount, boolean refundOnly) {
        return "{\"orderId\":\"%s\",\"reason\":\"too small\",\"amount\":%s,\"refundOnly\":%b}"
                .formatted(order, amount, refundOnly);
    }

    private JsonNode instruction() {
        return await().atMost(Topics.BOUND)
                .until(() -> topics.heard("violet-instructions", key), said -> !said.isEmpty())
                .get(0);
    }

    private void pay(long id, String outcome, long moved) {
        String reference = instruction().get("instructionId").asText();
        tell(Samples.report(reference, order, id, 1, outcome, true, moved));
        topics.awaitEvent(key, e -> e.get("cause").asText().equals("PAYOUT_" + outcome));
    }

    private void tell(PartnerReport report) {
        topics.tell(PartnerReport.TOPIC, key, PartnerReport.TYPE, report);
    }
}
