package dev.refundhub.connectors;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.MappingBuilder;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import com.github.tomakehurst.wiremock.http.Fault;
import com.github.tomakehurst.wiremock.matching.RequestPatternBuilder;
import dev.refundhub.connectors.exchange.Limits;
import dev.refundhub.connectors.exchange.SendBy;
import dev.refundhub.connectors.partner.Answer;
import dev.refundhub.connectors.partner.Errand;
import dev.refundhub.connectors.partner.Outcome;
import dev.refundhub.connectors.partner.Partner;
import dev.refundhub.connectors.partner.Reading;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the journal relies on, whoever the partner is. A new connector says how its partner speaks, and passes. */
abstract class ConnectorContract {

    protected static final Limits LIMITS = new Limits(Duration.ofMillis(800), 4, 1000, 100, Duration.ofSeconds(1));

    private static final String TRACE = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
    private static final Duration SOON = Duration.ofSeconds(2);

    protected final WireMockServer there =
            new WireMockServer(WireMockConfiguration.options().dynamicPort());
    private final Vertx vertx = Vertx.vertx();
    private Errand errand;

    /** The account under test. */
    abstract Partner partner(URI url, Vertx vertx);

    /** An instruction of this partner, as the journal keeps it. */
    abstract String instruction();

    /** The request that does it. */
    abstract MappingBuilder doing();

    /** The same, to be counted. */
    abstract RequestPatternBuilder asked();

    /** What it answers when it has done it. */
    abstract String done();

    /** What it answers, with 404, when it does not know the matter. */
    abstract String refusal();

    /** From here on a look finds that it was done (or that it was not). */
    abstract void shows(boolean done);

    /** Whether it can be asked what it has done; if not, it can be told again. */
    abstract boolean canBeAsked();

    @BeforeEach
    void start() {
        there.start();
        Partner partner = partner(URI.create(there.baseUrl()), vertx);
        errand = partner.errand(instruction(), TRACE);
        shows(false);
        assertInstanceOf(Reading.Found.class, read());
    }

    @AfterEach
    void stop() {
        there.stop();
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    @Test
    void whatItDoesIsDone() {
        there.stubFor(doing().willReturn(aResponse().withBody(done())));

        Answer answer = send();

        assertEquals(Outcome.COMPLETED, answer.outcome());
        assertEquals(errand.amountMinor(), answer.movedMinor());
    }

    @Test
    void itIsToldTheTraceThatTheRequestBelongsTo() {
        there.stubFor(doing().willReturn(aResponse().withBody(done())));

        send();

        there.verify(1, asked().withHeader("traceparent", equalTo(TRACE)));
    }

    @Test
    void whatItRefusesIsDeclined() {
        there.stubFor(doing().willReturn(aResponse().withStatus(404).withBody(refusal())));

        assertEquals(Outcome.DECLINED, send().outcome());
        assertEquals(0, send().movedMinor());
    }

    @ParameterizedTest
    @ValueSource(ints = {500, 502, 503, 504, 301, 307})
    void whereItBreaksNobodyKnowsWhetherItWasBeforeOrAfter(int status) {
        there.stubFor(doing().willReturn(aResponse().withStatus(status)));

        assertEquals(Outcome.UNCLEAR, send().outcome());
    }

    @ParameterizedTest
    @EnumSource(Fault.class)
    void whereTheLineBreaksNobodyKnows(Fault fault) {
        there.stubFor(doing().willReturn(aResponse().withFault(fault)));

        assertEquals(Outcome.UNCLEAR, send().outcome());
    }

    @Test
    void whereItStallsNobodyKnowsAndNobodyWaitsLonger() {
        there.stubFor(doing().willReturn(aResponse().withBody(done()).withFixedDelay(5_000)));
        long started = System.nanoTime();

        assertEquals(Outcome.UNCLEAR, send().outcome());
        assertTrue(Duration.ofNanos(System.nanoTime() - started).toMillis() < 3_000);
    }

    @ParameterizedTest
    @ValueSource(ints = {401, 429})
    void whoIsTurnedAwayAtTheDoorHasSentNothing(int status) {
        there.stubFor(doing().willReturn(aResponse().withStatus(status).withHeader("Retry-After", "7")));

        Answer answer = send();

        assertEquals(Outcome.NOT_SENT, answer.outcome());
        assertEquals(Duration.ofSeconds(7), answer.retryAfter());
    }

    @Test
    void whatIsTooLateHasSentNothing() {
        there.stubFor(doing().willReturn(aResponse().withBody(done())));

        Answer answer = wait(errand.send(errand.body(), new SendBy(System.nanoTime() - 5_000_000_000L, SOON)));

        assertEquals(Outcome.NOT_SENT, answer.outcome());
        there.verify(0, asked());
    }

    @Test
    void whereNobodyListensNothingWasSent() {
        there.stop();

        assertEquals(Outcome.NOT_SENT, send().outcome());
    }

    @Test
    void aLookThatFailsIsNoLook() {
        assumeTrue(canBeAsked());
        there.stubFor(any(anyUrl()).atPriority(1).willReturn(aResponse().withStatus(503)));

        assertEquals(
                Outcome.NOT_SENT,
                assertInstanceOf(Reading.Failed.class, read()).why().outcome());
    }

    @Test
    void whatItDidIsFoundAndWhatItForgotIsNot() {
        assumeTrue(canBeAsked());
        shows(true);
        assertEquals(Optional.of(Outcome.COMPLETED), found());

        shows(false);
        assertEquals(Optional.empty(), found());
    }

    @Test
    void whatCannotBeAskedForMayBeToldAgain() {
        assumeTrue(!canBeAsked());
        there.stubFor(doing().willReturn(aResponse().withBody(done())));

        assertEquals(send().outcome(), send().outcome());
        assertEquals(Optional.empty(), found());
    }

    @Test
    void theBodyIsTheSameEveryTime() {
        assertEquals(errand.body(), errand.body());
    }

    private Optional<Outcome> found() {
        return assertInstanceOf(Reading.Found.class, read()).ours().map(Answer::outcome);
    }

    private Reading read() {
        return wait(errand.read(null));
    }

    private Answer send() {
        return wait(errand.send(errand.body(), SendBy.within(SOON)));
    }

    private static <T> T wait(Uni<T> uni) {
        return uni.await().atMost(Duration.ofSeconds(10));
    }
}
