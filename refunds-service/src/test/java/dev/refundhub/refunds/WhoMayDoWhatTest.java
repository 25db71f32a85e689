package dev.refundhub.refunds;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Two sellers with equal order ids and equal names of shoppers; everything belongs to acme's customer-1. */
@QuarkusTest
@QuarkusTestResource(Surroundings.class)
class WhoMayDoWhatTest {

    private static final String APPROVE = "{\"action\":\"APPROVE\"}";
    private static final String DENY = "{\"action\":\"DENY\",\"reason\":\"r\"}";
    private static final String RECEIVE = "{\"action\":\"RECEIVE\"}";
    private static final String SHIP = "{\"action\":\"SHIP_INIT\",\"trackingId\":\"t\",\"carrierName\":\"c\"}";
    private static final String MARK = "{\"action\":\"MARK_ISSUED\",\"reference\":\"r\"}";
    private static final String RETRY = "{\"action\":\"RETRY\"}";
    private static final String RELEASE = "{\"action\":\"RELEASE\"}";
    private static final String ASK = "{\"orderId\":\"ORDER\",\"reason\":\"r\",\"amount\":0.01,\"refundOnly\":false}";
    private static final String ASK_APPROVED = ASK.replace("}", ",\"approve\":true}");

    private static final String NOT = "{\"verdict\":\"DID_NOT_HAPPEN\"}";
    private static final String EMAIL = "{\"email\":\"john@example.org\"}";
    private static final String RETURN =
            "{\"currency\":\"USD\",\"items\":[{\"orderId\":\"ORDER\",\"lineId\":\"34188136\",\"quantity\":1,"
                    + "\"price\":1,\"reason\":\"r\",\"compensation\":\"refund\"}]}";

    private static final Map<String, String> CALLERS = callers();

    /**
     * What each caller gets. A dash parts the callers in the order of {@link #callers()}: nobody, nonsense, acme's seller, its
     * customer-1, its customer-2, its service; globex' seller, its customer-1, its service; operator, gateway. An asterisk is
     * that row's own answer; it stands first in the row.
     */
    private static final List<String[]> TABLE = List.of(
            // globex asks for its own order of that id, which is why that is no 404
            row("GET /api/v2/refunds", null, "200", "401-403- * - * - * -403- * - * -403- * -403"),
            row("GET /api/v2/refunds/{id}", null, "200", "401-403- * - * -404-403-404-404-403- * -403"),
            row("GET /api/v2/refunds/{id}/timeline", null, "200", "401-403- * - * -404-403-404-404-403- * -403"),
            row("POST /api/v2/refunds", ASK, "201", "401-403- * - * -404-403- * - * -403-403-403"),
            row("POST /api/v2/refunds", ASK_APPROVED, "201", "401-403- * -403-403-403- * -403-403-403-403"),
            row("PATCH /api/v2/refunds/{id}", APPROVE, "200", "401-403- * -403-403-403-404-403-403-403-403"),
            row("PATCH /api/v2/refunds/{id}", DENY, "200", "401-403- * -403-403-403-404-403-403-403-403"),
            row("PATCH /api/v2/refunds/{id}", RECEIVE, "200", "401-403- * -403-403-403-404-403-403-403-403"),
            row("PATCH /api/v2/refunds/{id}", SHIP, "409", "401-403-403- * -404-403-403-404-403-403-403"),
            row("PATCH /api/v2/refunds/{id}", MARK, "409", "401-403- * -403-403-403-404-403-403- * -403"),
            row("PATCH /api/v2/refunds/{id}", RETRY, "409", "401-403- * -403-403-403-404-403-403- * -403"),
            row("PATCH /api/v2/refunds/{id}", RELEASE, "409", "401-403- * -403-403-403-404-403-403- * -403"),
            row("DELETE /api/v2/refunds/{id}", null, "200", "401-403- * - * -404-403-404-404-403-403-403"),
            row("GET /api/v2/orders/{id}", null, "200", "401-403- * - * -404- * - * - * - * - * -403"),
            row("PUT /api/v2/orders/{id}", "ORDER_MESSAGE", "204", "401-403-403-403-403- * -403-403-400-403-403"),
            row("GET /api/v2/orders/lookup", null, "400", "401-403-403-403-403-403-403-403-403-403- * "),
            row("POST /api/v2/orders/{id}/refundid-link", EMAIL, "200", "401-403- * - * -404-403- * - * -403-403-403"),
            row("PUT /api/v2/returns/{ref}", RETURN, "200", "401-403- * -403-403- * - * -403- * -403-403"),
            row("GET /api/v2/returns/{ref}", null, "404", "401-403- * -403-403- * - * -403- * -403-400"),
            row("POST /api/v2/returns/{ref}/refundid-link", null, "404", "401-403- * - * - * -403- * - * -403-403-403"),
            row("GET /api/v2/sellers/{id}/policy", null, "200", "401-403- * -403-403-403-403-403-403- * -403"),
            row("PUT /api/v2/sellers/{id}/policy", "{}", "200", "401-403- * -403-403-403-403-403-403- * -403"),
            row("GET /api/v2/parked", null, "200", "401-403-403-403-403-403-403-403-403- * -403"),
            row("GET /api/v2/reviews", null, "200", "401-403-403-403-403-403-403-403-403- * -403"),
            row("GET /api/v2/reviews/{id}", null, "404", "401-403-403-403-403-403-403-403-403- * -403"),
            row("POST /api/v2/reviews/{id}/resolution", NOT, "404", "401-403-403-403-403-403-403-403-403- * -403"),
            row("GET /api/v2/confirmations", null, "200", "401-403-403-403-403-403-403-403-403- * -403"),
            row("GET /api/v2/reconciliations", null, "200", "401-403-403-403-403-403-403-403-403- * -403"),
            row("POST /api/v2/reconciliations", "{}", "202", "401-403-403-403-403-403-403-403-403- * -403"),
            row("GET /api/v2/reconciliations/{id}", null, "404", "401-403-403-403-403-403-403-403-403- * -403"),
            row("GET /api/v2/dead-letters", null, "200", "401-403-403-403-403-403-403-403-403- * -403"),
            row("GET /api/v2/dead-letters/{id}", null, "404", "401-403-403-403-403-403-403-403-403- * -403"),
            row("POST /api/v2/dead-letters/{id}/retry", null, "404", "401-403-403-403-403-403-403-403-403- * -403"),
            row("DELETE /api/v2/customers/{sub}", null, "204", "401-403-403-403-403- * -403-403- * -403-403"));

    private static String[] row(String route, String body, String own, String answers) {
        return new String[] {route, body, own, answers};
    }

    private static Map<String, String> callers() {
        Map<String, String> callers = new LinkedHashMap<>();
        callers.put("nobody", null);
        callers.put("nonsense", Tokens.of("NONSENSE", "acme", "customer-1"));
        callers.put("acme's seller", Tokens.seller("acme"));
        callers.put("acme's customer-1", Tokens.customer("acme", "customer-1"));
        callers.put("acme's customer-2", Tokens.customer("acme", "customer-2"));
        callers.put("acme's service", Tokens.service("acme"));
        callers.put("globex' seller", Tokens.seller("globex"));
        callers.put("globex' customer-1", Tokens.customer("globex", "customer-1"));
        callers.put("globex' service", Tokens.service("globex"));
        callers.put("operator", Tokens.operator());
        callers.put("gateway", Tokens.of("GATEWAY", null, "gateway"));
        return callers;
    }

    @Test
    void everybodyGetsWhatTheTableSaysAndNothingElse() {
        Map<String, String> said = new TreeMap<>();
        Map<String, String> got = new TreeMap<>();
        for (String[] row : TABLE) {
            String[] answers = row[3].replace(" ", "").split("-", -1);
            int i = 0;
            for (Map.Entry<String, String> caller : CALLERS.entrySet()) {
                String what = row[0] + " " + row[1] + " by " + caller.getKey();
                said.put(what, answers[i].equals("*") ? row[2] : answers[i]);
                got.put(what, String.valueOf(call(row, caller.getValue()).statusCode()));
                i++;
            }
        }
        said.entrySet()
                .removeAll(Map.copyOf(got).entrySet().stream()
                        .filter(e -> e.getValue().equals(said.get(e.getKey())))
                        .toList());
        got.keySet().retainAll(said.keySet());
        assertEquals(said, got);
    }

    /** Each call on an order and a refund of its own, so that none depends on what another did. */
    private static Response call(String[] row, String token) {
        String order = UUID.randomUUID().toString();
        Api.put(Samples.order("acme", order, 1));
        Api.put(Samples.order("globex", order, 1));
        String route = row[0].split(" ", 2)[1];
        String method = row[0].split(" ", 2)[0];
        RequestSpecification call = RestAssured.given();
        if (token != null) {
            call.auth().oauth2(token);
        }
        if (row[1] != null) {
            String body = row[1].equals("ORDER_MESSAGE") ? Api.text(Samples.order("acme", order, 2)) : row[1];
            call.contentType("application/json").body(body.replace("ORDER", order));
        }
        if (route.contains("/orders/")) {
            call.queryParam("seller", "acme");
        }
        String id = route.contains("/orders/")
                ? order
                : route.contains("/sellers/") ? "acme" : route.contains("/refunds/") ? aRefund(order) : "0";
        return call.request(
                method,
                route.replace("{id}", id).replace("{sub}", "nobody-" + order).replace("{ref}", "ref-" + order));
    }

    private static String aRefund(String order) {
        return String.valueOf(Api.id(Api.ask(Tokens.customer("acme", "customer-1"), ASK.replace("ORDER", order))));
    }

    @Test
    void everyRouteHasARow() {
        Set<String> rows = new TreeSet<>(TABLE.stream().map(row -> row[0]).toList());

        assertEquals(Routes.all().keySet(), rows);
    }
}
