package dev.refundhub.connectors.exchange;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import com.github.tomakehurst.wiremock.http.Fault;
import dev.refundhub.connectors.exchange.Ended.Answered;
import dev.refundhub.connectors.exchange.Ended.NeverSent;
import dev.refundhub.connectors.exchange.Ended.NoAnswer;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class PartnerHttpTest {

    private static final Duration DEADLINE = Duration.ofSeconds(2);
    private static final Limits LIMITS = new Limits(DEADLINE, 1, 1000, 3, Duration.ofMillis(500));
    private static final Vertx VERTX = Vertx.vertx();
    private static final WireMockServer PARTNER =
            new WireMockServer(WireMockConfiguration.options().dynamicPort());

    @BeforeEach
    void start() {
        PARTNER.start();
        PARTNER.resetAll();
    }

    @AfterAll
    static void stop() {
        PARTNER.stop();
        VERTX.close().toCompletionStage().toCompletableFuture().join();
    }

    @Test
    void anAnswerIsTheStatusAndTheBody() {
        Answered answered = assertInstanceOf(Answered.class, answeredBy(okJson("{\"ä\":1}")));

        assertEquals(200, answered.status());
        assertEquals("{\"ä\":1}", answered.body());
    }

    @Test
    void whereNobodyListensNothingWasSent() throws Exception {
        int closed;
        try (ServerSocket socket = new ServerSocket(0)) {
            closed = socket.getLocalPort();
        }

        assertInstanceOf(NeverSent.class, ask("http://localhost:" + closed, SendBy.within(DEADLINE)));
    }

    @Test
    void anUnknownHostWasSentNothing() {
        assertInstanceOf(NeverSent.class, ask("http://nobody.invalid", SendBy.within(DEADLINE)));
    }

    @Test
    void aServerThatDoesNotSpeakTlsWasSentNothing() {
        assertInstanceOf(NeverSent.class, ask("https://localhost:" + PARTNER.port(), SendBy.within(DEADLINE)));
        assertEquals(0, PARTNER.findAll(anyRequestedFor(anyUrl())).size());
    }

    @Test
    void whatCannotBeSentIsNotSentAndNotSaid() {
        PartnerRequest request =
                new PartnerRequest(HttpMethod.POST, "/refunds", Map.of("Authorization", "very\nsecret"), "{}");

        Ended ended = new PartnerHttp(VERTX, URI.create(PARTNER.baseUrl()), LIMITS)
                .exchange(request)
                .await()
                .atMost(Duration.ofSeconds(10));

        assertEquals(new NeverSent("NOT_SENDABLE"), ended);
        assertEquals("POST /refunds", request.toString());
        assertEquals("Answered 200", new Answered(200, null, "{\"token\":\"secret\"}").toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/", "/v1", "/v1/"})
    void anAddressMayEndWithASlash(String path) {
        PARTNER.stubFor(any(anyUrl()).willReturn(okJson("{}")));

        ask(PARTNER.baseUrl() + path, SendBy.within(DEADLINE));

        String asked = path.startsWith("/v1") ? "/v1/refunds" : "/refunds";
        assertEquals(1, PARTNER.findAll(anyRequestedFor(urlEqualTo(asked))).size());
    }

    @Test
    void whatIsTooLateIsNotSent() {
        PARTNER.stubFor(any(anyUrl()).willReturn(okJson("{}")));

        Ended ended = ask(PARTNER.baseUrl(), new SendBy(System.nanoTime() - 2_000_000_000L, Duration.ofSeconds(2)));

        assertEquals(new NeverSent("TOO_LATE"), ended);
        assertEquals(0, PARTNER.findAll(anyRequestedFor(anyUrl())).size());
    }

    @ParameterizedTest
    @EnumSource(Fault.class)
    void whateverBreaksAfterSendingIsNoAnswer(Fault fault) {
        Ended ended = answeredBy(aResponse().withFault(fault));

        assertInstanceOf(NoAnswer.class, ended);
        assertEquals(1, PARTNER.findAll(anyRequestedFor(anyUrl())).size());
    }

    @Test
    void theDeadlineIsForTheWholeAnswerHoweverItDrips() {
        assertEquals(new NoAnswer("TIMED_OUT"), answeredBy(okJson("{}").withFixedDelay(5000)));
        assertEquals(
                new NoAnswer("TIMED_OUT"), answeredBy(okJson("{\"a\":12345}").withChunkedDribbleDelay(10, 6000)));
    }

    @Test
    void anAnswerPastTheLimitIsNone() {
        assertEquals(new NoAnswer("TOO_LARGE"), answeredBy(okJson("x".repeat(256 * 1024 + 1))));
        assertInstanceOf(Answered.class, answeredBy(okJson("x".repeat(256 * 1024))));
    }

    @Test
    void aRedirectIsAnAnswerAndNotFollowed() {
        Ended ended = answeredBy(aResponse().withStatus(307).withHeader("Location", "/elsewhere"));

        assertEquals(307, assertInstanceOf(Answered.class, ended).status());
        assertEquals(1, PARTNER.findAll(anyRequestedFor(anyUrl())).size());
    }

    @Test
    void retryAfterIsBetweenASecondAndAnHour() {
        assertEquals(Duration.ofSeconds(7), retryAfter("7"));
        assertEquals(Duration.ofSeconds(1), retryAfter("0"));
        assertEquals(Duration.ofHours(1), retryAfter("86400"));
        assertEquals(Duration.ofSeconds(1), retryAfter("Wed, 21 Oct 2015 07:28:00 GMT"));
        assertEquals(null, retryAfter("soon"));
    }

    @Test
    void whoDoesNotAnswerIsLeftAloneAndFoundOutAboutByOneCall() {
        PARTNER.stubFor(any(anyUrl()).willReturn(aResponse().withStatus(503)));
        PartnerHttp http = new PartnerHttp(VERTX, URI.create(PARTNER.baseUrl()), LIMITS);
        for (int i = 0; i < 3; i++) {
            assertInstanceOf(Answered.class, ask(http, SendBy.within(DEADLINE)));
        }

        assertTrue(http.isBroken());
        assertTrue(http.within("00-a").isBroken());
        assertEquals(new NeverSent("BREAKER_OPEN"), ask(http, SendBy.within(DEADLINE)));
        assertEquals(3, PARTNER.findAll(anyRequestedFor(anyUrl())).size());

        PARTNER.stubFor(any(anyUrl()).willReturn(okJson("{}")));
        await().until(() -> ask(http, SendBy.within(DEADLINE)) instanceof Answered);
        assertInstanceOf(Answered.class, ask(http, SendBy.within(DEADLINE)));
        assertFalse(http.isBroken());
    }

    @Test
    void aNoIsAnAnswerAndNoReasonToLeaveAnybodyAlone() {
        PARTNER.stubFor(any(anyUrl()).willReturn(aResponse().withStatus(404)));
        PartnerHttp http = new PartnerHttp(VERTX, URI.create(PARTNER.baseUrl()), LIMITS);

        for (int i = 0; i < 6; i++) {
            assertInstanceOf(Answered.class, ask(http, SendBy.within(DEADLINE)));
        }
    }

    @Test
    void callsKeepTheirPaceAndWhatWouldComeTooLateIsNotSent() {
        PARTNER.stubFor(any(anyUrl()).willReturn(okJson("{}")));
        PartnerHttp http = new PartnerHttp(
                VERTX, URI.create(PARTNER.baseUrl()), new Limits(DEADLINE, 4, 4, 3, Duration.ofSeconds(1)));
        ask(http, SendBy.within(DEADLINE));
        long started = System.nanoTime();

        for (int i = 0; i < 4; i++) {
            assertInstanceOf(Answered.class, ask(http, SendBy.within(DEADLINE)));
        }
        Duration took = Duration.ofNanos(System.nanoTime() - started);

        assertTrue(took.toMillis() >= 700, "four calls at four per second, a quarter of a second of slack: " + took);
        assertEquals(new NeverSent("OUT_OF_PACE"), ask(http, SendBy.within(Duration.ofMillis(20))));
        assertEquals(5, PARTNER.findAll(anyRequestedFor(anyUrl())).size());
    }

    private static Duration retryAfter(String header) {
        Ended ended = answeredBy(aResponse().withStatus(429).withHeader("Retry-After", header));
        return assertInstanceOf(Answered.class, ended).retryAfter();
    }

    private static Ended answeredBy(ResponseDefinitionBuilder answer) {
        PARTNER.resetRequests();
        PARTNER.stubFor(any(anyUrl()).willReturn(answer));
        return ask(PARTNER.baseUrl(), SendBy.within(DEADLINE));
    }

    private static Ended ask(String url, SendBy sendBy) {
        return ask(new PartnerHttp(VERTX, URI.create(url), LIMITS), sendBy);
    }

    private static Ended ask(PartnerHttp http, SendBy sendBy) {
        return http.exchange(new PartnerRequest(HttpMethod.POST, "/refunds", Map.of(), "{}"), sendBy)
                .await()
                .atMost(Duration.ofSeconds(10));
    }
}
