package dev.refundhub.connectors;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.client.WireMock;
import com.github.tomakehurst.wiremock.stubbing.Scenario;
import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import dev.refundhub.messages.PaymentResolution;
import dev.refundhub.messages.VioletLook;
import dev.refundhub.messages.VioletPayment;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;

/** Violet as one bag sees it. Every bag is another, so that tests do not meet. */
public final class Violet {

    public static final long ORDER = 61001;
    private static final AtomicLong LAST_BAG = new AtomicLong(62000);

    private final WireMock http;
    private final String account;
    public final long bag = LAST_BAG.incrementAndGet();
    public final String reference = String.format("hub-%016d", bag);

    public Violet() {
        this("violet", Integer.parseInt(Hub.config("test.partners.port")));
    }

    public Violet(String account, int port) {
        this.account = account;
        this.http = new WireMock(port);
    }

    /** It lets us in. From here on it listens. */
    public Violet isThere() {
        http.register(
                post(urlEqualTo("/violet/v1/login")).willReturn(okJson("{\"token\":\"t1\",\"refresh_token\":\"r1\"}")));
        return this;
    }

    /** The bag has these refunds until it is asked for one. */
    public Violet has(String... refunds) {
        isThere();
        http.register(get(urlEqualTo(path()))
                .inScenario(reference)
                .whenScenarioStateIs(Scenario.STARTED)
                .willReturn(okJson("[" + String.join(",", refunds) + "]")));
        return this;
    }

    /** Asked for a refund, it answers this; from then on the bag has these. */
    public Violet answers(ResponseDefinitionBuilder answer, String... refundsThen) {
        http.register(post(urlEqualTo(path()))
                .inScenario(reference)
                .willSetStateTo("asked")
                .willReturn(answer));
        return hasThen(refundsThen);
    }

    public Violet hasThen(String... refunds) {
        http.register(get(urlEqualTo(path()))
                .inScenario(reference)
                .whenScenarioStateIs("asked")
                .willReturn(okJson("[" + String.join(",", refunds) + "]")));
        return this;
    }

    public Violet readingAnswers(ResponseDefinitionBuilder answer) {
        isThere();
        http.register(get(urlEqualTo(path())).inScenario(reference).willReturn(answer));
        return this;
    }

    public static ResponseDefinitionBuilder slowly(String body) {
        return okJson(body).withFixedDelay(3000);
    }

    public static ResponseDefinitionBuilder status(int status, String body) {
        return aResponse().withStatus(status).withBody(body);
    }

    /** How often it was asked for a refund. */
    public List<LoggedRequest> asked() {
        return http.find(postRequestedFor(urlEqualTo(path())));
    }

    public int read() {
        return http.find(WireMock.getRequestedFor(urlEqualTo(path()))).size();
    }

    public String refund(String status) {
        return refund(88001, status, 2500, reference + " a test");
    }

    public String refund(long id, String status, long amount, String reason) {
        return """
                {"id":%d,"order_id":%d,"bag_id":%d,"amount":%d,"refund_currency":"USD","status":"%s","reason":"%s",
                 "date_created":"2025-03-10T14:00:35+0000","errors":[]}"""
                .formatted(id, ORDER, bag, amount, status, reason);
    }

    public VioletPayment payment() {
        return payment(reference);
    }

    /** Another try of the same refund. */
    public VioletPayment payment(String instructionId) {
        return payment(instructionId, 1001);
    }

    public VioletPayment payment(String instructionId, long refundId) {
        return new VioletPayment(
                instructionId,
                VioletPayment.KIND,
                "acme",
                "20776138",
                refundId,
                account,
                ORDER,
                bag,
                "USD",
                2500,
                0,
                List.of(new VioletPayment.Sku(700101, 1, 2500)),
                false,
                true,
                "a test",
                List.of());
    }

    public void order() throws Exception {
        order(payment());
    }

    public static void order(VioletPayment payment) throws Exception {
        Hub.order(VioletPayment.TOPIC, VioletPayment.TYPE, Hub.JSON.writeValueAsString(payment));
    }

    /** Has the bag looked into; answers the look's id. */
    public String look(String why) throws Exception {
        String id = UUID.randomUUID().toString();
        look(id, why);
        return id;
    }

    public void look(String id, String why) throws Exception {
        VioletLook look = new VioletLook(id, VioletLook.KIND, "acme", "20776138", account, ORDER, bag, why);
        Hub.order(VioletLook.TOPIC, VioletLook.TYPE, Hub.JSON.writeValueAsString(look));
    }

    /** A person says what became of the payment. */
    public void resolve(String verdict, long moved) throws Exception {
        String refundId = moved == 0 ? null : "88001";
        PaymentResolution told = new PaymentResolution(
                reference, PaymentResolution.KIND, "acme", "20776138", account, verdict, moved, refundId, "operator-1");
        Hub.order(PaymentResolution.TOPIC, PaymentResolution.TYPE, Hub.JSON.writeValueAsString(told));
    }

    private String path() {
        return "/violet/v1/orders/" + ORDER + "/bags/" + bag + "/refunds";
    }
}
