package dev.refundhub.refunds;

import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.refundhub.messages.MerchantOrder;
import dev.refundhub.messages.PartnerClaim;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@QuarkusTestResource(Surroundings.class)
class ApiTest {

    private final String order = UUID.randomUUID().toString();

    @ParameterizedTest
    @ValueSource(strings = {"/api/v2/refunds", "/api/v2/refunds/1001", "/api/v2/sellers/acme/policy"})
    void withoutATokenNobodyGetsIn(String path) {
        RestAssured.get(path)
                .then()
                .statusCode(401)
                .contentType("application/problem+json")
                .header("WWW-Authenticate", containsString("Bearer"));
    }

    @Test
    void aTokenForAnotherServiceOpensNothing() {
        as(Tokens.forSomebodyElse()).get("/api/v2/refunds").then().statusCode(401);
    }

    @Test
    void aTokenThatIsNoneOpensNothing() {
        as("eyJhbGciOiJub25lIn0.e30.").get("/api/v2/refunds").then().statusCode(401);
    }

    @Test
    void aSellersTokenWithoutASellerOpensNothing() {
        as(Tokens.of("SELLER", null, "x")).get("/api/v2/refunds").then().statusCode(403);
    }

    @Test
    void aShoppersTokenWithoutASubjectOpensNothing() {
        as(Tokens.of("CUSTOMER", "acme", null)).get("/api/v2/refunds").then().statusCode(403);
    }

    @ParameterizedTest
    @CsvSource({"SERVICE", "GATEWAY", "NONSENSE"})
    void otherRolesSeeNoRefunds(String role) {
        as(Tokens.of(role, "acme", "x")).get("/api/v2/refunds").then().statusCode(403);
    }

    @Test
    void whatIsSomebodyElsesIsTheSame404AsWhatDoesNotExist() {
        long id = aRefund("acme");

        as(Tokens.seller("acme")).get("/api/v2/refunds/" + id).then().statusCode(200);
        as(Tokens.customer("acme", "customer-1"))
                .get("/api/v2/refunds/" + id)
                .then()
                .statusCode(200);
        as(Tokens.operator()).get("/api/v2/refunds/" + id).then().statusCode(200);
        Response nothing = as(Tokens.seller("globex")).get("/api/v2/refunds/999999999");
        Response others = as(Tokens.seller("globex")).get("/api/v2/refunds/" + id);
        Response namesake = as(Tokens.customer("globex", "customer-1")).get("/api/v2/refunds/" + id);
        Response otherCustomer = as(Tokens.customer("acme", "customer-2")).get("/api/v2/refunds/" + id);

        for (Response hidden : new Response[] {others, namesake, otherCustomer}) {
            assertEquals(404, hidden.statusCode());
            assertEquals(nothing.asString(), hidden.asString());
            assertEquals(nothing.headers().toString(), hidden.headers().toString());
        }
    }

    @Test
    void aListHoldsOnlyOnesOwn() {
        long id = aRefund("acme");

        as(Tokens.seller("acme")).get("/api/v2/refunds?orderId=" + order).then().body("data.id", hasItem((int) id));
        as(Tokens.seller("globex"))
                .get("/api/v2/refunds?orderId=" + order)
                .then()
                .statusCode(200)
                .body("data", hasSize(0))
                .body("page.hasNext", equalTo(false));
        as(Tokens.seller("globex"))
                .get("/api/v2/refunds?seller=acme&orderId=" + order)
                .then()
                .body("data", hasSize(0));
        as(Tokens.customer("acme", "customer-2"))
                .get("/api/v2/refunds?orderId=" + order)
                .then()
                .body("data", hasSize(0));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "page=-1",
                "page=x",
                "size=0",
                "size=101",
                "size=1000000000",
                "page=500&size=100",
                "status=issued",
                "status=X",
                "valid=maybe",
                "hold=NONE",
                "before=x",
                "before=-1"
            })
    void aListThatCannotBeMeantIsRefusedWithWhatIsWrong(String query) {
        as(Tokens.seller("acme"))
                .get("/api/v2/refunds?" + query)
                .then()
                .statusCode(400)
                .contentType("application/problem+json")
                .body("violations", hasSize(1));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "9223372036854775808", "abc"})
    void whatIsNoIdIsNotThere(String id) {
        as(Tokens.seller("acme")).get("/api/v2/refunds/" + id).then().statusCode(404);
    }

    @Test
    void thePendingOfOldIsRequested() {
        as(Tokens.seller("acme"))
                .get("/api/v2/refunds?status=PENDING&size=1")
                .then()
                .statusCode(200);
    }

    @Test
    void anOrderIsPutByItsOwnSellersService() {
        put("acme", Tokens.service("acme"), 2, 1).then().statusCode(204);
        put("acme", Tokens.service("acme"), 2, 1).then().statusCode(204);
        put("acme", Tokens.service("acme"), 1, 5).then().statusCode(204);
        put("acme", Tokens.service("acme"), 2, 5)
                .then()
                .statusCode(409)
                .contentType("application/problem+json")
                .body("detail", containsString("Raise the version"));
        put("acme", Tokens.service("globex"), 3, 1).then().statusCode(400);
        put("acme", Tokens.seller("acme"), 3, 1).then().statusCode(403);
        put("acme", Tokens.operator(), 3, 1).then().statusCode(403);
        put("acme", Tokens.service("acme"), 0, 1).then().statusCode(400).body("violations", hasItem("version"));

        assertEquals(21077, Rows.count("select paid from customer_order where order_id = ?", order));
    }

    @ParameterizedTest
    @ValueSource(strings = {"+999999999-01-01T00:00:00Z", "-5000-01-01T00:00:00Z", "1969-12-31T23:59:59Z"})
    void anOrderOfAnotherAgeIsRefused(String placedAt) {
        MerchantOrder told = Samples.order("acme", order, 1);
        put(new MerchantOrder(
                        told.seller(),
                        told.orderId(),
                        told.number(),
                        told.version(),
                        Instant.parse(placedAt),
                        told.currency(),
                        told.paidMinor(),
                        told.discountMinor(),
                        told.customer(),
                        told.lines(),
                        told.shipping(),
                        told.refundedElsewhere(),
                        told.payment()))
                .then()
                .statusCode(400);
    }

    /** PostgreSQL reads no JSON with it: the shopper could not be erased. */
    @Test
    void anOrderWithANulSomewhereIsRefused() {
        MerchantOrder told = Samples.order("acme", order, 1);
        put(new MerchantOrder(
                        told.seller(),
                        told.orderId(),
                        told.number(),
                        told.version(),
                        told.placedAt(),
                        told.currency(),
                        told.paidMinor(),
                        told.discountMinor(),
                        told.customer(),
                        told.lines(),
                        told.shipping(),
                        told.refundedElsewhere(),
                        Map.of("cards", List.of(Map.of("name", "a\0b")))))
                .then()
                .statusCode(400)
                .body("violations", hasItem("payment"));
    }

    private Response put(MerchantOrder told) {
        return as(Tokens.service("acme"))
                .contentType("application/json")
                .body(body(told))
                .put("/api/v2/orders/" + order);
    }

    /** What was refunded past the hub may lie on a line that has left the order since. */
    @Test
    void aLineThatLeftTheOrderStandsInNoVersionsWay() {
        MerchantOrder told = Samples.order("acme", order, 1);
        put(new MerchantOrder(
                        told.seller(),
                        told.orderId(),
                        told.number(),
                        told.version(),
                        told.placedAt(),
                        told.currency(),
                        told.paidMinor(),
                        told.discountMinor(),
                        told.customer(),
                        told.lines(),
                        told.shipping(),
                        List.of(new MerchantOrder.RefundedElsewhere(
                                "re_1", 500, List.of(new MerchantOrder.RefundedLine("gone", 0, 500)))),
                        told.payment()))
                .then()
                .statusCode(204);

        assertEquals(500, Rows.count("select issued from customer_order where order_id = ?", order));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{", "[]", "null", "{\"unknown\":1}", "{\"paidMinor\":\"x\"}", "\"text\"", "1e400"})
    void aBodyThatIsNoOrderIsRefused(String body) {
        as(Tokens.service("acme"))
                .contentType("application/json")
                .body(body)
                .put("/api/v2/orders/" + order)
                .then()
                .statusCode(400)
                .contentType("application/problem+json");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"sources\":{\"s\":{\"autoApprove\":{\"XYZ\":{\"upTo\":1,\"perDay\":1}}}}}",
                "{\"sources\":{\"s\":{\"autoApprove\":{\"USD\":{\"upTo\":1.001,\"perDay\":1}}}}}",
                "{\"sources\":{\"s\":{\"autoApprove\":{\"JPY\":{\"upTo\":0.5,\"perDay\":1}}}}}",
                "{\"sources\":{\"s\":{\"autoApprove\":{\"USD\":{\"upTo\":-1,\"perDay\":1}}}}}",
                "{\"sources\":{\"s\":{\"autoApprove\":{\"USD\":{\"upTo\":1}}}}}",
                "{\"overdueAfterDays\":0}",
                "{\"overdueAfterDays\":2147483647}",
                "{\"askWithinDays\":3651}"
            })
    void aPolicyThatCannotBeMeantIsRefused(String body) {
        as(Tokens.seller("acme"))
                .contentType("application/json")
                .body(body)
                .put("/api/v2/sellers/acme/policy")
                .then()
                .statusCode(400)
                .body("violations", hasSize(1));
    }

    @Test
    void aPolicyBelongsToItsSeller() {
        as(Tokens.seller("globex"))
                .contentType("application/json")
                .body("{}")
                .put("/api/v2/sellers/acme/policy")
                .then()
                .statusCode(403);
        as(Tokens.seller("globex")).get("/api/v2/sellers/acme/policy").then().statusCode(403);
        as(Tokens.seller("hooli"))
                .contentType("application/json")
                .body("{\"sources\":{\"s\":{\"autoApprove\":{\"USD\":{\"upTo\":500.10,\"perDay\":5000.00}}}}}")
                .put("/api/v2/sellers/hooli/policy")
                .then()
                .statusCode(200);
        String text =
                as(Tokens.seller("hooli")).get("/api/v2/sellers/hooli/policy").asString();
        assertEquals(true, text.contains("\"upTo\":500.10"), text);
    }

    @Test
    void theDatabaseItselfRefusesWhatWouldBreakAPromise() {
        long id = aRefund("acme");

        refused("update customer_order set reserved = paid + 1 where order_id = '" + order + "'");
        refused("update order_line set issued = paid + 1 where order_id = '" + order + "'");
        refused("update customer_order set paid = 0, excess = reserved + 1, reserved = reserved + 1"
                + " where order_id = '" + order + "'");
        refused("update customer_order set issued = paid, reserved = paid + 1, excess = paid + 1"
                + " where order_id = '" + order + "'");
        refused("update order_line set units_issued = units, units_reserved = units + 1, units_excess = units + 1"
                + " where kind = 'ITEM' and order_id = '" + order + "'");
        refused("insert into customer_order (seller, order_id, version, digest, currency, paid, reserved, excess)"
                + " values ('acme', 'beyond-" + order + "', 1, 'd', 'USD', 100, 200, 100)");
        refused("update refund_history set who = 'nobody' where refund_id = " + id);
        refused("delete from refund_history where refund_id = " + id);
        refused("insert into refund_history (refund_id, version, at, who, cause, status_to)" + " values (" + id
                + ", 9, now(), 'w', 'c', 'ISSUED')");
        refused("insert into refund select (r).* from (select r from refund r where id = " + id + ") x");
    }

    private static void refused(String statement) {
        SQLException refusal = assertThrows(SQLException.class, () -> Rows.change(statement), statement);
        assertEquals("23", refusal.getSQLState().substring(0, 2), refusal.getMessage());
    }

    private Response put(String seller, String token, long version, int quantity) {
        return as(token)
                .contentType("application/json")
                .body(body(Samples.order(seller, order, version, quantity, null)))
                .put("/api/v2/orders/" + order);
    }

    private static String body(Object value) {
        try {
            return Topics.JSON.writeValueAsString(value);
        } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private long aRefund(String seller) {
        put(seller, Tokens.service(seller), 1, 1).then().statusCode(204);
        try (Topics topics = new Topics()) {
            String key = seller + "/" + order;
            topics.tell(
                    "partner-events",
                    key,
                    PartnerClaim.TYPE,
                    Samples.claim(seller, order, "c-" + order, Samples.LINE, null));
            return topics.awaitEvent(key, e -> true).get("refundId").asLong();
        }
    }

    private static RequestSpecification as(String token) {
        return RestAssured.given().auth().oauth2(token);
    }
}
