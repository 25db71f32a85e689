package dev.refundhub.refunds;

import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.refundhub.messages.MerchantOrder;
import dev.refundhub.messages.PartnerClaim;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@QuarkusTestResource(Surroundings.class)
class OperatorsTest {

    private final String order = UUID.randomUUID().toString();
    private final String key = "acme/" + order;
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
    void aDeadLetterIsListedReadAndTakenAgain() {
        topics.tellBytes("partner-events", key, "dev.refundhub.other.v1", "{\"a\":1}".getBytes(StandardCharsets.UTF_8));
        long id = deadLetter();

        Api.as(Tokens.operator())
                .get("/api/v2/dead-letters/" + id)
                .then()
                .statusCode(200)
                .body("value", equalTo("{\"a\":1}"))
                .body("data.topic", equalTo("partner-events"))
                .body("data.type", equalTo("dev.refundhub.other.v1"))
                .body("data.bytes", equalTo(7));
        Api.as(Tokens.operator())
                .post("/api/v2/dead-letters/" + id + "/retry")
                .then()
                .statusCode(202);
        Api.as(Tokens.operator())
                .post("/api/v2/dead-letters/" + id + "/retry")
                .then()
                .statusCode(404);

        assertFalse(deadLetter() == id, "it was judged anew");
    }

    private long deadLetter() {
        return Awaitility.await()
                .atMost(Topics.BOUND)
                .until(
                        () -> Rows.count("select coalesce(max(id), 0) from dead_letter where key = ?", key),
                        id -> id > 0);
    }

    @Test
    void whatWaitsForItsOrderIsListed() {
        topics.tell(
                "partner-events",
                key,
                PartnerClaim.TYPE,
                Samples.claim("acme", order, "p-" + order, Samples.LINE, null));
        Awaitility.await()
                .atMost(Topics.BOUND)
                .until(() -> Rows.count("select count(*) from parked_event where order_id = ?", order) == 1);

        Api.as(Tokens.operator())
                .get("/api/v2/parked?seller=acme&size=100")
                .then()
                .statusCode(200)
                .body("data.order", hasItem(order))
                .body("data.find { it.order == '" + order + "' }.overdue", equalTo(false))
                .body("data.find { it.order == '" + order + "' }.sourceRef", equalTo("p-" + order));
        Api.as(Tokens.operator()).get("/api/v2/parked?seller=nobody").then().body("data", hasSize(0));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "parked?page=-1",
                "parked?size=0",
                "parked?size=101",
                "parked?seller=X%20Y",
                "dead-letters?page=x",
                "dead-letters?page=101&size=100"
            })
    void aListThatCannotBeMeantIsRefused(String path) {
        Api.as(Tokens.operator()).get("/api/v2/" + path).then().statusCode(400).body("violations", hasSize(1));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "x", "9223372036854775808"})
    void aDeadLetterThatIsNoneIsNotThere(String id) {
        Api.as(Tokens.operator()).get("/api/v2/dead-letters/" + id).then().statusCode(404);
        Api.as(Tokens.operator())
                .post("/api/v2/dead-letters/" + id + "/retry")
                .then()
                .statusCode(404);
    }

    @Test
    void anErasedShopperLeavesMoneyAndHistoryBehind() {
        String shopper = "shopper-" + order;
        MerchantOrder told = Samples.order("acme", order, 1);
        Api.put(new MerchantOrder(
                "acme",
                order,
                null,
                1,
                told.placedAt(),
                "USD",
                told.paidMinor(),
                told.discountMinor(),
                new MerchantOrder.Customer(shopper, shopper + "@example.org"),
                told.lines(),
                told.shipping(),
                java.util.List.of(),
                java.util.Map.of("card", "private")));
        Api.as(Tokens.service("acme"))
                .body(("{\"currency\":\"USD\",\"items\":[{\"orderId\":\"%s\",\"lineId\":\"34188136\",\"quantity\":1,"
                                + "\"price\":1,\"reason\":\"private\",\"compensation\":\"refund\"}]}")
                        .formatted(order))
                .put("/api/v2/returns/" + order)
                .then()
                .statusCode(200);
        String token = Tokens.customer("acme", shopper);
        String body = "{\"orderId\":\"%s\",\"reason\":\"my private words\",\"amount\":100,\"refundOnly\":false}"
                .formatted(order);
        Response asked =
                Api.as(token).header("Idempotency-Key", order).body(body).post("/api/v2/refunds");
        long id = Api.id(asked);
        Api.act(Tokens.seller("acme"), id, "{\"action\":\"APPROVE\"}").then().statusCode(200);
        Api.act(token, id, "{\"action\":\"SHIP_INIT\",\"trackingId\":\"T-secret\",\"carrierName\":\"SF\"}")
                .then()
                .statusCode(200);

        Api.as(Tokens.service("globex"))
                .delete("/api/v2/customers/" + shopper)
                .then()
                .statusCode(204);
        Api.get(token, id).then().statusCode(200).body("data.requester", equalTo(shopper));
        Api.as(Tokens.service("acme"))
                .delete("/api/v2/customers/" + shopper)
                .then()
                .statusCode(204);
        Api.as(Tokens.service("acme"))
                .delete("/api/v2/customers/" + shopper)
                .then()
                .statusCode(204);

        Api.get(token, id).then().statusCode(404);
        Api.get(Tokens.seller("acme"), id)
                .then()
                .body("data.requester", equalTo("erased"))
                .body("data.requestReason", equalTo("erased"))
                .body("data.trackingId", equalTo("erased"))
                .body("data.responseReason", nullValue())
                .body("data.amount", equalTo(100f));
        Api.as(Tokens.seller("acme"))
                .get("/api/v2/refunds/" + id + "/timeline")
                .then()
                .body("data", hasSize(3))
                .body("data.who[0]", equalTo("CUSTOMER erased"))
                .body("data.why[0]", equalTo("erased"));
        for (String table : new String[] {
            "refund", "refund_history", "idempotency_key", "customer_order", "order_shown", "merchant_return"
        }) {
            assertEquals(
                    0,
                    Rows.count(
                            "select count(*) from " + table + " t where t::text like '%' || ? || '%'"
                                    + " or t::text like '%private%' or t::text like '%T-secret%'",
                            shopper),
                    table);
        }
        assertEquals(0, Rows.count("select count(*) from order_shown where order_id = ? and email is not null", order));
    }

    @Test
    void aSubjectThatIsNoneIsRefused() {
        Api.as(Tokens.service("acme"))
                .delete("/api/v2/customers/" + "x".repeat(201))
                .then()
                .statusCode(400);
    }
}
