package dev.refundhub.connectors.violet;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.equalToJson;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import com.github.tomakehurst.wiremock.matching.RequestPatternBuilder;
import com.github.tomakehurst.wiremock.stubbing.Scenario;
import dev.refundhub.connectors.exchange.Limits;
import dev.refundhub.connectors.exchange.PartnerHttp;
import dev.refundhub.connectors.exchange.SendBy;
import dev.refundhub.connectors.partner.Errand;
import dev.refundhub.connectors.partner.Outcome;
import dev.refundhub.connectors.partner.Reading;
import dev.refundhub.messages.VioletPayment;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class VioletContractTest {

    private static final String REFUNDS = "/v1/orders/61001/bags/62001/refunds";
    private static final String TOKENS = "{\"token\":\"t1\",\"refresh_token\":\"r1\"}";
    private static final Vertx VERTX = Vertx.vertx();
    private static final WireMockServer VIOLET =
            new WireMockServer(WireMockConfiguration.options().dynamicPort());

    private Errand errand;

    @BeforeEach
    void start() {
        VIOLET.start();
        VIOLET.resetAll();
        loginAnswers(okJson(TOKENS));
        errand = errand(VioletLogin.RENEWED_AFTER);
    }

    @AfterAll
    static void stop() {
        VIOLET.stop();
        VERTX.close().toCompletionStage().toCompletableFuture().join();
    }

    @Test
    void aPaymentIsSentAsVioletDocumentsIt() {
        readingAnswers(okJson("[]"));
        VIOLET.stubFor(post(urlEqualTo(REFUNDS)).willReturn(okJson(VioletOutcomeTest.sample("completed"))));

        errand.read(null).await().indefinitely();
        Outcome outcome = send();

        assertEquals(Outcome.COMPLETED, outcome);
        VIOLET.verify(
                1,
                postRequestedFor(urlEqualTo(REFUNDS))
                        .withHeader("X-Violet-App-Id", equalTo("10900"))
                        .withHeader("X-Violet-App-Secret", equalTo("app-secret"))
                        .withHeader("X-Violet-Token", equalTo("t1"))
                        .withHeader("Content-Type", equalTo("application/json"))
                        .withRequestBody(
                                equalToJson(
                                        """
                                {"amount_refunded":2500,"reason":"hub-k3v9q2x7m4t8r6wz one of two returned","restock_items":true,
                                 "notify_customer":true,"shipping":{"amount":0},
                                 "skus":[{"order_sku_id":700101,"quantity_refunded":1,"amount_refunded":2500}]}""")));
        VIOLET.verify(
                1,
                postRequestedFor(urlEqualTo("/v1/login"))
                        .withRequestBody(equalToJson("{\"username\":\"hub\",\"password\":\"password\"}")));
    }

    @Test
    void manyCallersLogInOnce() {
        loginAnswers(okJson(TOKENS).withFixedDelay(300));
        readingAnswers(okJson("[]"));

        List<Uni<Reading>> many =
                IntStream.range(0, 10).mapToObj(i -> errand.read(null)).toList();
        List<Reading> readings = Uni.join().all(many).andFailFast().await().atMost(Duration.ofSeconds(10));

        assertEquals(10, readings.stream().filter(Reading.nothing()::equals).count());
        assertEquals(1, logins());
    }

    @Test
    void aRefusedTokenIsReplacedAndTheBagReadAgain() {
        readingAnswersOnce(aResponse().withStatus(401).withBody(VioletOutcomeTest.sample("token-expired")));

        Reading reading = errand.read(null).await().indefinitely();

        assertEquals(Reading.nothing(), reading);
        assertEquals(2, logins());
    }

    @Test
    void whoIsRefusedTwiceTriesLater() {
        readingAnswers(aResponse().withStatus(401).withBody(VioletOutcomeTest.sample("token-expired")));

        assertEquals(Outcome.NOT_SENT, failed(errand.read(null).await().indefinitely()));
        assertEquals(2, count(getRequestedFor(urlEqualTo(REFUNDS))));
    }

    @Test
    void whoCannotLogInAsksForNothing() {
        loginAnswers(aResponse().withStatus(401));

        assertEquals(Outcome.NOT_SENT, failed(errand.read(null).await().indefinitely()));
        assertEquals(0, count(getRequestedFor(urlEqualTo(REFUNDS))));
    }

    @Test
    void whoWasJustNotLetInDoesNotKnockAgainAtOnce() {
        loginAnswers(aResponse().withStatus(500));
        errand.read(null).await().indefinitely();
        loginAnswers(okJson(TOKENS));

        assertEquals(Outcome.NOT_SENT, failed(errand.read(null).await().indefinitely()));
        assertEquals(1, logins());
    }

    @Test
    void aTokenThatCannotStandInAHeaderIsNone() {
        loginAnswers(okJson("{\"token\":\"t\\n1\"}"));

        Reading.Failed reading =
                assertInstanceOf(Reading.Failed.class, errand.read(null).await().indefinitely());

        assertEquals("NOT_LOGGED_IN", reading.why().detail());
        assertEquals(0, count(getRequestedFor(urlEqualTo(REFUNDS))));
    }

    @Test
    void whatIsSecretIsNotPrinted() {
        assertFalse(new VioletApi.Login("hub", "very-secret").toString().contains("very-secret"));
        assertFalse(
                new VioletApi.Tokens("very-secret", "very-secret").toString().contains("very-secret"));
    }

    @Test
    void aMerchantThatIsNotConnectedIsNoReasonToLogInAgain() {
        readingAnswers(aResponse()
                .withStatus(401)
                .withBody("{\"message\":\"no\",\"error\":\"merchant_not_connected\",\"code\":7118}"));

        assertEquals(Outcome.NOT_SENT, failed(errand.read(null).await().indefinitely()));
        assertEquals(1, logins());
    }

    @Test
    void withoutATokenNothingIsSentAndNobodyLogsInForIt() {
        assertEquals(Outcome.NOT_SENT, send());
        assertEquals(0, logins());
        assertEquals(0, count(postRequestedFor(urlEqualTo(REFUNDS))));
    }

    @Test
    void aTokenIsRenewedBeforeItEnds() {
        readingAnswers(okJson("[]"));
        VIOLET.stubFor(get(urlEqualTo("/v1/auth/token")).willReturn(okJson("{\"token\":\"t2\"}")));
        Errand impatient = errand(Duration.ofNanos(1));
        impatient.read(null).await().indefinitely();

        impatient.read(null).await().indefinitely();

        VIOLET.verify(1, getRequestedFor(urlEqualTo("/v1/auth/token")).withHeader("X-Violet-Token", equalTo("r1")));
        VIOLET.verify(1, getRequestedFor(urlEqualTo(REFUNDS)).withHeader("X-Violet-Token", equalTo("t2")));
        assertEquals(1, logins());
    }

    private Outcome send() {
        return errand.send(errand.body(), SendBy.within(Duration.ofSeconds(5)))
                .await()
                .indefinitely()
                .outcome();
    }

    private static Outcome failed(Reading reading) {
        return assertInstanceOf(Reading.Failed.class, reading).why().outcome();
    }

    private static void loginAnswers(ResponseDefinitionBuilder answer) {
        VIOLET.stubFor(post(urlEqualTo("/v1/login")).willReturn(answer));
    }

    private static void readingAnswers(ResponseDefinitionBuilder answer) {
        VIOLET.stubFor(get(urlEqualTo(REFUNDS)).willReturn(answer));
    }

    private static void readingAnswersOnce(ResponseDefinitionBuilder answer) {
        VIOLET.stubFor(get(urlEqualTo(REFUNDS))
                .inScenario("once")
                .whenScenarioStateIs(Scenario.STARTED)
                .willSetStateTo("then")
                .willReturn(answer));
        VIOLET.stubFor(get(urlEqualTo(REFUNDS))
                .inScenario("once")
                .whenScenarioStateIs("then")
                .willReturn(okJson("[]")));
    }

    private static int logins() {
        return count(postRequestedFor(urlEqualTo("/v1/login")));
    }

    private static int count(RequestPatternBuilder pattern) {
        return VIOLET.findAll(pattern).size();
    }

    private static Errand errand(Duration renewedAfter) {
        VioletAccount account = new VioletAccount(
                "violet",
                URI.create(VIOLET.baseUrl() + "/v1"),
                "10900",
                "app-secret",
                "hub",
                "password",
                new Limits(Duration.ofSeconds(5), 8, 1000, 100, Duration.ofSeconds(5)));
        PartnerHttp http = new PartnerHttp(VERTX, account.url(), account.limits());
        return new VioletErrand(payment(), new VioletLogin(account, http, renewedAfter), http);
    }

    private static VioletPayment payment() {
        return new VioletPayment(
                "hub-k3v9q2x7m4t8r6wz",
                "PAY",
                "acme",
                "20776138",
                1001,
                "violet",
                61001,
                62001,
                "USD",
                2500,
                0,
                List.of(new VioletPayment.Sku(700101, 1, 2500)),
                true,
                true,
                "one of two returned",
                List.of());
    }
}
