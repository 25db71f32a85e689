package dev.refundhub.local.simulator.violet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.refundhub.local.simulator.Caller;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VioletSimulatorTest {

    @TempDir
    Path directory;

    private Violets violet;
    private Caller hub;

    @BeforeEach
    void start() throws Exception {
        violet = Violets.open(directory.resolve("violet.jsonl")).withAnOrder();
        hub = violet.loggedIn();
    }

    @AfterEach
    void stop() {
        violet.close();
    }

    @Test
    void aRefundOfALineLooksLikeViolets() throws Exception {
        Caller.Reply reply = refund(
                """
                {"amount_refunded":2500,"reason":"hub-1 one of two","restock_items":true,"notify_customer":true,
                 "shipping":{"amount":0},"skus":[{"order_sku_id":700101,"quantity_refunded":1,"amount_refunded":2500}]}
                """);

        JsonNode refund = reply.json();
        assertEquals(200, reply.status());
        assertEquals(88001, refund.path("id").asLong());
        assertEquals(61001, refund.path("order_id").asLong());
        assertEquals(62001, refund.path("bag_id").asLong());
        assertEquals(501, refund.path("merchant_id").asInt());
        assertEquals(10900, refund.path("app_id").asInt());
        assertEquals(2500, refund.path("amount").asInt());
        assertEquals("hub-1 one of two", refund.path("reason").asText());
        assertEquals("USD", refund.path("refund_currency").asText());
        assertEquals("COMPLETED", refund.path("status").asText());
        assertEquals(700101, refund.at("/skus/0/order_sku_id").asLong());
        assertEquals(1, refund.at("/skus/0/quantity_refunded").asInt());
        assertEquals(0, refund.at("/shipping/amount").asInt());
        assertTrue(refund.path("errors").isArray() && refund.path("errors").isEmpty());
        assertTrue(refund.path("date_created").asText().matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\+0000"));
        assertFalse(refund.has("gateway_transaction_id"), "the short live shape leaves it out");
    }

    @Test
    void theSamePostTwiceRefundsTwice() throws Exception {
        String body = "{\"amount_refunded\":1000,\"reason\":\"hub-1\",\"shipping\":{\"amount\":0}}";

        refund(body);
        refund(body);

        assertEquals(List.of(88002L, 88001L), ids(hub.get(Violets.REFUNDS)));
        assertEquals(2, violet.ledger("REFUND").size());
        assertEquals(
                2,
                violet.stranger.get("/_simulator/ledger/counts").path("REFUND").asInt());
    }

    @Test
    void anOmittedAmountIsTheWholeBag() throws Exception {
        JsonNode refund = refund("{\"reason\":\"hub-1\"}").json();

        assertEquals(5600, refund.path("amount").asInt());
        assertEquals(595, refund.at("/shipping/amount").asInt());
        assertEquals(2, refund.at("/skus/0/quantity_refunded").asInt());
        assertEquals(1, refund.at("/skus/1/quantity_refunded").asInt());
        assertEquals("REFUNDED", violet.bagStatus());
    }

    @Test
    void skusWithoutAnAmountAreTheWholeBagToo() throws Exception {
        JsonNode refund = refund(
                        "{\"shipping\":{\"amount\":0},\"skus\":[{\"order_sku_id\":700101,\"quantity_refunded\":1,\"amount_refunded\":2500}]}")
                .json();

        assertEquals(5600, refund.path("amount").asInt());
    }

    @Test
    void omittedShippingIsTheWholeShipping() throws Exception {
        JsonNode refund = refund("{\"amount_refunded\":1250}").json();

        assertEquals(1250, refund.path("amount").asInt());
        assertEquals(595, refund.at("/shipping/amount").asInt());
    }

    @Test
    void aSkuWithoutNumbersIsTheWholeLine() throws Exception {
        refund("{\"amount_refunded\":1250,\"shipping\":{\"amount\":0},\"skus\":[{\"order_sku_id\":700101}]}");

        JsonNode understood = violet.ledger("REFUND").at("/0/what/understood");
        assertEquals(2, understood.at("/skus/0/quantity_refunded").asInt());
        assertEquals(5000, understood.at("/skus/0/amount_refunded").asInt());
        assertFalse(understood.path("restock_items").asBoolean());
        assertFalse(understood.path("notify_customer").asBoolean());
    }

    @Test
    void moreThanIsLeftIsRefused() throws Exception {
        refund("{\"amount_refunded\":5000,\"shipping\":{\"amount\":0}}");

        Caller.Reply more = refund("{\"amount_refunded\":601,\"shipping\":{\"amount\":0}}");
        Caller.Reply rest = refund("{\"amount_refunded\":600,\"shipping\":{\"amount\":0}}");
        Caller.Reply nothingLeft = refund("{\"amount_refunded\":1,\"shipping\":{\"amount\":0}}");

        assertError(400, 9001, "invalid_parameter", more);
        assertEquals(
                "Parameter 'amount_refunded' is invalid.",
                more.json().path("message").asText());
        assertEquals(200, rest.status());
        assertError(400, 4225, "invalid_bag_state", nothingLeft);
        assertEquals(2, violet.ledger("REFUND").size());
    }

    @Test
    void theBagMovesOverPartiallyRefundedToRefunded() throws Exception {
        assertEquals("ACCEPTED", violet.bagStatus());

        refund("{\"amount_refunded\":1,\"shipping\":{\"amount\":0}}");
        assertEquals("PARTIALLY_REFUNDED", violet.bagStatus());

        refund("{\"amount_refunded\":5599}");
        assertEquals("REFUNDED", violet.bagStatus());
        assertEquals(
                "PARTIALLY_REFUNDED", hub.get("/v1/orders/61001").path("status").asText());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    /v1/orders/9/bags/62001/refunds     | {}                                          | 404 | 4216 | order_not_found
                    /v1/orders/61001/bags/9/refunds     | {}                                          | 404 | 4201 | bag_not_found
                    /v1/orders/61001/bags/62002/refunds | {}                                          | 400 | 4225 | invalid_bag_state
                    /v1/orders/61001/bags/62001/refunds | {"skus":[{"order_sku_id":88888}]}           | 404 | 4219 | order_sku_not_found
                    /v1/orders/61001/bags/62001/refunds | {"skus":[{"quantity_refunded":1}]}          | 400 | 9002 | missing_parameter
                    /v1/orders/61001/bags/62001/refunds | {"skus":[{"order_sku_id":700101},{"order_sku_id":700101}]} | 400 | 9001 | invalid_parameter
                    /v1/orders/61001/bags/62001/refunds | {"skus":[{"order_sku_id":700101,"quantity_refunded":3}]}   | 400 | 9001 | invalid_parameter
                    /v1/orders/61001/bags/62001/refunds | ''                                          | 400 | 9910 | empty_body
                    /v1/orders/61001/bags/62001/refunds | {"amount_refunded":                         | 400 | 9001 | invalid_parameter
                    /v1/orders/61001/bags/62001/refunds | {"amount_refunded":0}                       | 400 | 9001 | invalid_parameter
                    /v1/orders/61001/bags/62001/refunds | {"amount_refunded":-1}                      | 400 | 9001 | invalid_parameter
                    /v1/orders/61001/bags/62001/refunds | {"amount_refunded":10.5}                    | 400 | 9001 | invalid_parameter
                    /v1/orders/61001/bags/62001/refunds | {"amount_refunded":"100"}                   | 400 | 9001 | invalid_parameter
                    /v1/orders/61001/bags/62001/refunds | {"amount_refunded":2147483648}              | 400 | 9001 | invalid_parameter
                    /v1/orders/61001/bags/62001/refunds | {"amount_refunded":1,"shipping":{"amount":596}} | 400 | 9001 | invalid_parameter
                    /v1/orders/61001/bags/62001/refunds | {"amount_refunded":1,"notify_customer":"yes"} | 400 | 9001 | invalid_parameter
                    """)
    void whatVioletWouldNotDoIsRefusedAndNotDone(String path, String body, int status, int code, String error)
            throws Exception {
        assertError(status, code, error, hub.send("POST", path, body));
        assertTrue(violet.ledger("REFUND").isEmpty());
    }

    @Test
    void aReasonHas255CharactersAtMost() throws Exception {
        String body = "{\"amount_refunded\":1,\"reason\":\"%s\"}";

        assertEquals(200, refund(body.formatted("x".repeat(255))).status());
        assertError(400, 9001, "invalid_parameter", refund(body.formatted("x".repeat(256))));
    }

    @Test
    void refundsAreReadByBagByOrderAndById() throws Exception {
        refund("{\"amount_refunded\":100}");

        assertEquals(List.of(88001L), ids(hub.get(Violets.REFUNDS)));
        assertEquals(List.of(88001L), ids(hub.get("/v1/orders/61001/refunds")));
        assertEquals(
                100, hub.get("/v1/orders/61001/refunds/88001").path("amount").asInt());
        assertEquals(List.of(), ids(hub.get("/v1/orders/61001/bags/62002/refunds")));
        assertError(404, 4227, "order_refund_not_found", hub.send("GET", "/v1/orders/61001/refunds/1", ""));
        assertError(404, 4216, "order_not_found", hub.send("GET", "/v1/orders/1/refunds", ""));
    }

    @Test
    void withoutAllThreeHeadersNothingIsDone() throws Exception {
        String token = violet.login().path("token").asText();
        Map<String, String> wrongSecret =
                Map.of(Violets.APP_ID, "10900", Violets.APP_SECRET, "wrong", Violets.TOKEN, token);
        Map<String, String> wrongApp =
                Map.of(Violets.APP_ID, "1", Violets.APP_SECRET, "dev-violet-secret", Violets.TOKEN, token);

        assertEquals(401, violet.stranger.send("POST", Violets.REFUNDS, "{}").status());
        assertEquals(401, violet.app.send("POST", Violets.REFUNDS, "{}").status());
        assertEquals(
                401,
                violet.with(token + "x").send("POST", Violets.REFUNDS, "{}").status());
        assertEquals(
                401,
                new Caller(hub.port(), wrongSecret)
                        .send("POST", Violets.REFUNDS, "{}")
                        .status());
        assertEquals(
                401,
                new Caller(hub.port(), wrongApp)
                        .send("POST", Violets.REFUNDS, "{}")
                        .status());
        assertTrue(violet.ledger("REFUND").isEmpty());
    }

    @Test
    void aWrongPasswordGivesNoToken() throws Exception {
        Caller.Reply reply =
                violet.app.send("POST", "/v1/login", "{\"username\":\"hub@example.org\",\"password\":\"wrong\"}");

        assertEquals(401, reply.status());
        assertFalse(reply.json().has("token"));
    }

    @Test
    void theRefreshTokenGivesANewTokenAndIsNoneItself() throws Exception {
        String refresh = violet.login().path("refresh_token").asText();

        String token = violet.with(refresh).get("/v1/auth/token").path("token").asText();

        assertEquals(200, violet.with(token).send("GET", Violets.REFUNDS, "").status());
        assertEquals(401, violet.with(refresh).send("GET", Violets.REFUNDS, "").status());
        assertEquals(401, violet.with(token).send("GET", "/v1/auth/token", "").status());
    }

    @Test
    void anExpiredTokenIsRefusedInItsOwnShapeUntilTheNextLogin() throws Exception {
        violet.stranger.turn("[{\"behaviour\":\"TOKEN_EXPIRED\"}]");

        Caller.Reply expired = refund("{\"amount_refunded\":1}");

        assertEquals(401, expired.status());
        assertEquals(401, expired.json().path("status").asInt());
        assertEquals("Token has expired", expired.json().path("message").asText());
        assertEquals(11, expired.json().path("error_code").asInt());
        assertTrue(expired.json().path("timestamp").isIntegralNumber());
        assertEquals(401, refund("{\"amount_refunded\":1}").status());
        assertEquals(200, violet.loggedIn().send("GET", Violets.REFUNDS, "").status());
        assertTrue(violet.ledger("REFUND").isEmpty());
    }

    @Test
    void everyDocumentedErrorCanBeAskedFor() throws Exception {
        violet.stranger.turn(
                """
                [{"behaviour":"REFUSE","code":9403},{"behaviour":"REFUSE","code":4238},{"behaviour":"REFUSE","code":7118}]
                """);

        assertError(403, 9403, "insufficient_permissions", refund("{}"));
        assertError(409, 4238, "order_submission_in_progress", refund("{}"));
        assertError(401, 7118, "merchant_not_connected", refund("{}"));
        assertTrue(violet.ledger("REFUND").isEmpty());
    }

    @Test
    void aRefundMayBeProcessingForSomeReads() throws Exception {
        violet.stranger.turn("[{\"behaviour\":\"PROCESSING\",\"method\":\"POST\",\"reads\":2}]");

        assertEquals("PROCESSING", refund("{}").json().path("status").asText());
        assertEquals("PROCESSING", onlyRefund().path("status").asText());
        assertEquals("ACCEPTED", violet.bagStatus());
        assertEquals("PROCESSING", onlyRefund().path("status").asText());
        assertEquals("COMPLETED", onlyRefund().path("status").asText());
        assertEquals("REFUNDED", violet.bagStatus());
        assertEquals("COMPLETED", violet.ledger("STATUS").at("/0/what/status").asText());
    }

    @Test
    void aRefundMayBeProcessingForATimeAndThenFail() throws Exception {
        violet.stranger.turn("[{\"behaviour\":\"PROCESSING\",\"method\":\"POST\",\"millis\":0,\"then\":\"FAILED\"}]");

        refund("{}");

        assertEquals("FAILED", onlyRefund().path("status").asText());
        assertEquals(9000, onlyRefund().at("/errors/0/error_code").asInt());
    }

    @Test
    void whatIsProcessingIsNotLeft() throws Exception {
        violet.stranger.turn("[{\"behaviour\":\"PROCESSING\",\"method\":\"POST\"}]");
        refund("{\"amount_refunded\":5000}");

        assertError(400, 9001, "invalid_parameter", refund("{\"amount_refunded\":5000}"));
    }

    @Test
    void aPartialCompletionStaysUntilItIsDecided() throws Exception {
        violet.stranger.turn("[{\"behaviour\":\"PARTIALLY_COMPLETED\",\"method\":\"POST\"}]");
        refund("{}");
        assertEquals("PARTIALLY_COMPLETED", onlyRefund().path("status").asText());

        violet.stranger.send("PUT", "/_simulator/refunds/88001", "{\"status\":\"COMPLETED\"}");

        assertEquals("COMPLETED", onlyRefund().path("status").asText());
    }

    @Test
    void aFailedRefundIsA200AndMovesNothing() throws Exception {
        violet.stranger.turn("[{\"behaviour\":\"FAILED\",\"method\":\"POST\"}]");

        Caller.Reply failed = refund("{}");

        assertEquals(200, failed.status());
        assertEquals("FAILED", failed.json().path("status").asText());
        assertEquals(9000, failed.json().at("/errors/0/error_code").asInt());
        assertEquals("ACCEPTED", violet.bagStatus());
        assertEquals(200, refund("{}").status());
    }

    @Test
    void aMerchantsOwnRefundIsExternalAndTakesFromTheBag() throws Exception {
        violet.stranger.send("POST", "/_simulator/orders/61001/bags/62001/refunds", "{\"amount\":400}");

        assertEquals("EXTERNAL", onlyRefund().path("status").asText());
        assertEquals(400, onlyRefund().path("amount").asInt());
        assertFalse(onlyRefund().has("reason"));
        assertError(400, 9001, "invalid_parameter", refund("{}"));
        assertEquals(1, violet.ledger("REFUND_ELSEWHERE").size());
        assertTrue(violet.ledger("REFUND").isEmpty());
    }

    @Test
    void aRestartRemembersOrdersRefundsAndTokens() throws Exception {
        violet.stranger.turn("[{\"behaviour\":\"PROCESSING\",\"method\":\"POST\",\"reads\":0}]");
        refund("{\"amount_refunded\":1000,\"reason\":\"hub-1\"}");
        JsonNode ledger = violet.stranger.get("/_simulator/ledger");
        String token = hub.headers().get(Violets.TOKEN);
        violet.close();

        violet = Violets.open(directory.resolve("violet.jsonl"));

        assertEquals(ledger, violet.stranger.get("/_simulator/ledger"));
        JsonNode refunds = violet.with(token).get(Violets.REFUNDS);
        assertEquals("hub-1", refunds.at("/0/reason").asText());
        assertEquals("COMPLETED", refunds.at("/0/status").asText());
        assertEquals("PARTIALLY_REFUNDED", violet.bagStatus());
    }

    @Test
    void theLedgerSaysWhatWasAskedAndWhatWasDone() throws Exception {
        refund("{\"amount_refunded\":1000,\"reason\":\"hub-1\",\"shipping\":{\"amount\":0},\"restock_items\":false}");

        JsonNode what = violet.ledger("REFUND").at("/0/what");
        assertEquals(1000, what.at("/refund/amount").asInt());
        assertEquals("COMPLETED", what.at("/refund/status").asText());
        assertEquals(1000, what.at("/asked/amount_refunded").asInt());
        assertFalse(what.path("asked").has("notify_customer"), "as it was sent");
        assertEquals(0, what.at("/understood/shipping/amount").asInt());
    }

    private Caller.Reply refund(String body) throws IOException, InterruptedException {
        return hub.send("POST", Violets.REFUNDS, body);
    }

    private JsonNode onlyRefund() throws IOException, InterruptedException {
        JsonNode refunds = hub.get(Violets.REFUNDS);
        assertEquals(1, refunds.size());
        return refunds.get(0);
    }

    private static List<Long> ids(JsonNode refunds) {
        List<Long> ids = new ArrayList<>();
        refunds.forEach(refund -> ids.add(refund.path("id").asLong()));
        return ids;
    }

    private static void assertError(int status, int code, String error, Caller.Reply reply) {
        assertEquals(status, reply.status(), reply.body());
        assertEquals(code, reply.json().path("code").asInt());
        assertEquals(error, reply.json().path("error").asText());
        assertFalse(reply.json().path("message").asText().isBlank());
    }
}
