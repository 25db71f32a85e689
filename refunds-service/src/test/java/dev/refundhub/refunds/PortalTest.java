package dev.refundhub.refunds;

import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.refundhub.messages.MerchantOrder;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a portal may know of orders and returns, and the way there. */
@QuarkusTest
@QuarkusTestResource(Surroundings.class)
class PortalTest {

    private static final String GATEWAY = Tokens.of("GATEWAY", null, "gateway");
    private static final String SELLER = Tokens.seller("acme");
    private static final String EMAIL = "john@example.org";

    private final String order = UUID.randomUUID().toString();
    private final String number = "O-" + order;

    @Test
    void anOrderIsFoundByItsNumberAndItsEmailAddressWithWhatIsLeftOfItsUnits() {
        Api.put(withProduct(Samples.order("acme", order, 1, 3, null)));
        Api.id(Api.ask(
                SELLER,
                "{\"orderId\":\"%s\",\"reason\":\"r\",\"refundOnly\":true,\"lines\":[{\"lineId\":\"34188136\",\"quantity\":1}]}"
                        .formatted(order)));

        Response found = lookup("number", number, "email", "John@Example.org ");

        found.then()
                .statusCode(200)
                .body("data.id", equalTo(order))
                .body("data.number", equalTo(number))
                .body("data.currency", equalTo("USD"))
                .body("data.payment.method", equalTo("card"))
                .body("data.lines[0].quantity", equalTo(3))
                .body("data.lines[0].unitsLeft", equalTo(2))
                .body("data.lines[0].product.title", equalTo("Asado Sampler Box // 12 lb"));
        assertTrue(
                found.asString().contains("\"unitPrice\":275.00,\"discount\":80.75,\"tax\":16.52"), found.asString());
    }

    @Test
    void anUnknownNumberAndAnotherEmailAddressAreTheSameAnswer() {
        Api.put(Samples.order("acme", order, 1));

        Response wrong = lookup("number", number, "email", "jane@example.org");
        Response unknown = lookup("number", "no-such", "email", EMAIL);

        assertEquals(404, wrong.statusCode());
        assertEquals(wrong.asString(), unknown.asString());
        assertEquals(wrong.headers().asList().size(), unknown.headers().asList().size());
    }

    @Test
    void anEmailAddressIsKeptAsADigestOnly() {
        Api.put(Samples.order("acme", order, 1));

        assertEquals(
                0,
                Rows.count(
                        "select count(*) from order_shown where order_id = ? and (email like '%john%' or document like '%john%')",
                        order));
        assertEquals(1, Rows.count("select count(*) from order_shown where order_id = ? and email is not null", order));
    }

    @Test
    void aNumberThatTwoOrdersHaveIsNotFoundWithoutTheId() {
        Api.put(numbered(order));
        Api.put(numbered("other-" + order));

        assertEquals(404, lookup("number", number, "email", EMAIL).statusCode());
        assertEquals(200, lookup("number", number, "ref", order, "email", EMAIL).statusCode());
    }

    @Test
    void aLinkHasAKeyThatOpensItsOrderAndNoOther() {
        Api.put(Samples.order("acme", order, 1));
        Api.put(Samples.order("acme", "other-" + order, 1));

        Response link = Api.as(Tokens.customer("acme", "customer-1"))
                .body("{\"email\":\"" + EMAIL + "\"}")
                .post("/api/v2/orders/" + order + "/refundid-link");

        link.then()
                .statusCode(200)
                .body("data.url", startsWith("https://portal.refundid.com/query_order?shop=acme-shop&email=john%40"));
        String key = key(link);
        assertEquals(200, lookup("ref", order, "key", key).statusCode());
        assertEquals(200, lookup("number", number, "email", EMAIL, "key", key).statusCode());
        assertEquals(404, lookup("ref", "other-" + order, "key", key).statusCode());
        assertEquals(404, lookup("ref", order, "key", forged(key)).statusCode());
        assertEquals(404, lookup("ref", order, "key", "1.x").statusCode());
    }

    @Test
    void aLinkIsForTheOrdersOwnShopperAndEmailAddress() {
        Api.put(Samples.order("acme", order, 1));
        String path = "/api/v2/orders/" + order + "/refundid-link";

        Api.as(Tokens.customer("acme", "customer-2"))
                .body("{\"email\":\"" + EMAIL + "\"}")
                .post(path)
                .then()
                .statusCode(404);
        Api.as(SELLER)
                .body("{\"email\":\"jane@example.org\"}")
                .post(path)
                .then()
                .statusCode(404);
        Api.as(SELLER).body("{}").post(path).then().statusCode(400);
    }

    @Test
    void aReturnThatTheMerchantStartedIsOpenedByTheKeyOfItsLink() {
        Api.put(Samples.order("acme", order, 1));
        String ref = "rma-" + order;
        Response kept = Api.as(Tokens.service("acme"))
                .body(aReturn(
                        order,
                        Samples.LINE,
                        "84.9",
                        ",\"adjustments\":[{\"amount\":-5,\"description\":\"restocking\"}]"))
                .put("/api/v2/returns/" + ref);
        kept.then().statusCode(200);

        Response link = Api.as(Tokens.customer("acme", "customer-1")).post("/api/v2/returns/" + ref + "/refundid-link");
        link.then().statusCode(200);

        Response opened = Api.as(GATEWAY)
                .queryParams(Map.of("seller", "acme", "key", key(link)))
                .get("/api/v2/returns/" + ref);
        opened.then().statusCode(200);
        assertTrue(opened.asString().contains("\"price\":84.90"), opened.asString());
        assertTrue(opened.asString().contains("\"amount\":-5.00"), opened.asString());
        assertEquals(
                opened.asString(), Api.as(SELLER).get("/api/v2/returns/" + ref).asString());
        Api.as(GATEWAY)
                .queryParams(Map.of("seller", "acme", "key", forged(key(link))))
                .get("/api/v2/returns/" + ref)
                .then()
                .statusCode(404);
        Api.as(GATEWAY)
                .queryParam("seller", "acme")
                .get("/api/v2/returns/" + ref)
                .then()
                .statusCode(404);
        Api.as(Tokens.customer("acme", "customer-2"))
                .post("/api/v2/returns/" + ref + "/refundid-link")
                .then()
                .statusCode(404);
        Api.as(Tokens.seller("globex")).get("/api/v2/returns/" + ref).then().statusCode(404);
    }

    @Test
    void theKeyOfAReturnOpensTheOrdersThatComeBackWithItAndNoOther() {
        String second = "second-" + order;
        for (String id : List.of(order, second, "other-" + order)) {
            Api.put(Samples.order("acme", id, 1));
        }
        String ref = "rma-" + order;
        Api.as(Tokens.service("acme"))
                .body(aReturn(order, Samples.LINE, "84.90", ""))
                .put("/api/v2/returns/" + ref);
        String key = key(Api.as(SELLER).post("/api/v2/returns/" + ref + "/refundid-link"));

        assertEquals(200, lookup("returnRef", ref, "key", key).statusCode());
        assertEquals(200, lookup("returnRef", ref, "key", key, "ref", order).statusCode());
        assertEquals(200, lookup("returnRef", ref, "key", key, "email", EMAIL).statusCode());
        assertEquals(
                404,
                lookup("returnRef", ref, "key", key, "email", "jane@example.org")
                        .statusCode());
        assertEquals(
                404,
                lookup("returnRef", ref, "key", key, "ref", "other-" + order).statusCode());
        assertEquals(404, lookup("returnRef", ref, "key", forged(key)).statusCode());
        assertEquals(404, lookup("returnRef", "no-such", "key", key).statusCode());
        assertEquals(404, lookup("ref", order, "key", key).statusCode());
        assertEquals(400, lookup("returnRef", ref, "email", EMAIL).statusCode());

        Api.as(Tokens.service("acme"))
                .body(aReturn(order, Samples.LINE, "84.90", "").replace("]}", ",") + anItem(second) + "]}")
                .put("/api/v2/returns/" + ref)
                .then()
                .statusCode(200);
        assertEquals(404, lookup("returnRef", ref, "key", key).statusCode());
        assertEquals(200, lookup("returnRef", ref, "key", key, "ref", second).statusCode());
    }

    private static String anItem(String order) {
        return aReturn(order, Samples.LINE, "84.90", "")
                .replaceFirst(".*\\[", "")
                .replace("]}", "");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"currency\":\"XYZ\",\"items\":[{}]}",
                "{\"currency\":\"USD\",\"items\":[]}",
                "{\"currency\":\"USD\",\"items\":[null]}",
                "{\"currency\":\"USD\",\"items\":[{}]}",
                "{\"currency\":\"USD\",\"items\":[],\"extra\":1}",
                "{\"currency\":\"USD\",\"items\":[{\"orderId\":\"o\",\"lineId\":\"l\",\"quantity\":1,\"price\":1.001,"
                        + "\"reason\":\"r\",\"compensation\":\"refund\"}]}",
                "{\"currency\":\"USD\",\"items\":[{\"orderId\":\"no-such\",\"lineId\":\"l\",\"quantity\":1,\"price\":1,"
                        + "\"reason\":\"r\",\"compensation\":\"refund\"}]}"
            })
    void aReturnThatDoesNotHoldTogetherIsRefused(String body) {
        Api.as(Tokens.service("acme"))
                .body(body)
                .put("/api/v2/returns/r-" + order)
                .then()
                .statusCode(400);
        assertEquals(0, Rows.count("select count(*) from merchant_return where ref = ?", "r-" + order));
    }

    @Test
    void lookingUpNeedsASellerANumberAndAnEmailAddress() {
        assertEquals(400, lookup("email", EMAIL).statusCode());
        assertEquals(400, lookup("number", number).statusCode());
        Api.as(GATEWAY)
                .queryParams(Map.of("number", number, "email", EMAIL))
                .get("/api/v2/orders/lookup")
                .then()
                .statusCode(400);
        assertEquals(404, lookup("number", "\0", "email", EMAIL).statusCode());
        assertEquals(
                404, lookup("number", "x".repeat(300), "email", "y".repeat(400)).statusCode());
    }

    private static Response lookup(String... parameters) {
        var asking = Api.as(GATEWAY).queryParam("seller", "acme");
        for (int i = 0; i < parameters.length; i += 2) {
            asking.queryParam(parameters[i], parameters[i + 1]);
        }
        return asking.get("/api/v2/orders/lookup");
    }

    private static String key(Response link) {
        return URI.create(link.jsonPath().getString("data.url")).getQuery().replaceAll(".*key=", "");
    }

    /** The same key with a later end. */
    private static String forged(String key) {
        return key.replaceFirst("^[0-9]", "9");
    }

    private static String aReturn(String order, String line, String price, String more) {
        return ("{\"currency\":\"USD\",\"shippingDeduction\":9.95,\"items\":[{\"orderId\":\"%s\",\"lineId\":\"%s\",\"quantity\":1,"
                        + "\"price\":%s,\"reason\":\"size\",\"compensation\":\"refund\"%s}]}")
                .formatted(order, line, price, more);
    }

    private static MerchantOrder withProduct(MerchantOrder order) {
        MerchantOrder.Line line = order.lines().get(0);
        return new MerchantOrder(
                order.seller(),
                order.orderId(),
                order.number(),
                order.version(),
                order.placedAt(),
                order.currency(),
                order.paidMinor(),
                order.discountMinor(),
                order.customer(),
                List.of(new MerchantOrder.Line(
                        line.lineId(),
                        line.sku(),
                        line.quantity(),
                        line.unitPriceMinor(),
                        line.discountMinor(),
                        line.taxMinor(),
                        line.violet(),
                        Map.of("title", "Asado Sampler Box // 12 lb"))),
                order.shipping(),
                order.refundedElsewhere(),
                Map.of("method", "card"));
    }

    private MerchantOrder numbered(String id) {
        MerchantOrder told = Samples.order("acme", id, 1);
        return new MerchantOrder(
                told.seller(),
                told.orderId(),
                number,
                told.version(),
                told.placedAt(),
                told.currency(),
                told.paidMinor(),
                told.discountMinor(),
                told.customer(),
                told.lines(),
                told.shipping(),
                told.refundedElsewhere(),
                told.payment());
    }
}
