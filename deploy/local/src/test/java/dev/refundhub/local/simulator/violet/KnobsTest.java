package dev.refundhub.local.simulator.violet;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.refundhub.local.simulator.Caller;
import java.io.IOException;
import java.net.http.HttpTimeoutException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The ways of misbehaving that every partner has, seen at Violet, where it matters whether something was done. */
class KnobsTest {

    private static final String BODY = "{\"amount_refunded\":100,\"shipping\":{\"amount\":0}}";

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
    void failBeforeDoesNothing() throws Exception {
        turn("FAIL_BEFORE");

        Caller.Reply reply = refund();

        assertEquals(500, reply.status());
        assertEquals(9000, reply.json().path("code").asInt());
        assertDone(0);
        assertLastExchange("FAIL_BEFORE", 500);
    }

    @Test
    void failAfterHasDoneIt() throws Exception {
        turn("FAIL_AFTER");

        assertEquals(500, refund().status());
        assertDone(1);
    }

    @Test
    void resetBeforeDoesNothing() throws Exception {
        turn("RESET_BEFORE");

        assertThrows(IOException.class, this::refund);
        assertDone(0);
    }

    @Test
    void resetAfterHasDoneIt() throws Exception {
        turn("RESET_AFTER");

        IOException reset = assertThrows(IOException.class, this::refund);

        assertEquals("Connection reset", root(reset).getMessage());
        assertDone(1);
        JsonNode exchange = lastPost();
        assertEquals(BODY, exchange.path("body").asText());
        assertTrue(exchange.path("status").isMissingNode(), "nothing was answered");
    }

    @Test
    void anAnswerMayNeverComeThoughItIsDone() throws Exception {
        turn("ANSWER_LATE");

        assertThrows(HttpTimeoutException.class, () -> hub.send("POST", Violets.REFUNDS, BODY, Duration.ofMillis(300)));
        assertDone(1);
    }

    @Test
    void anAnswerMayComeLate() throws Exception {
        violet.stranger.turn("[{\"behaviour\":\"ANSWER_LATE\",\"millis\":300,\"method\":\"POST\"}]");
        CompletableFuture<Caller.Reply> reply = refundMeanwhile();

        await().until(() -> violet.ledger("REFUND").size() == 1);

        assertEquals(200, reply.join().status());
    }

    @Test
    void aHeldCallIsDoneWhenItIsReleased() throws Exception {
        turn("HOLD");
        CompletableFuture<Caller.Reply> reply = refundMeanwhile();
        await().until(() -> posts() == 1);
        assertDone(0);

        JsonNode released =
                violet.stranger.send("POST", "/_simulator/release", "").json();

        assertEquals(1, released.path("released").asInt());
        assertEquals(200, reply.join().status());
        assertDone(1);
    }

    @Test
    void aHeldCallIsDoneThoughItsCallerHasGone() throws Exception {
        turn("HOLD");
        assertThrows(HttpTimeoutException.class, () -> hub.send("POST", Violets.REFUNDS, BODY, Duration.ofMillis(300)));
        assertDone(0);

        violet.stranger.send("POST", "/_simulator/release", "");

        assertDone(1);
    }

    @Test
    void aHeldCallMayBeHeldForATime() throws Exception {
        violet.stranger.turn("[{\"behaviour\":\"HOLD\",\"millis\":100,\"method\":\"POST\"}]");

        assertEquals(200, refund().status());
        assertDone(1);
    }

    @Test
    void tooManyRequestsSaysWhenToComeAgain() throws Exception {
        violet.stranger.turn("[{\"behaviour\":\"TOO_MANY_REQUESTS\",\"seconds\":7,\"method\":\"POST\"}]");

        Caller.Reply reply = refund();

        assertEquals(429, reply.status());
        assertEquals(Optional.of("7"), reply.retryAfter());
        assertDone(0);
    }

    @Test
    void aSlowDripArrivesWholeIfOneWaits() throws Exception {
        violet.stranger.turn("[{\"behaviour\":\"SLOW_DRIP\",\"millis\":1,\"method\":\"POST\"}]");

        assertEquals("COMPLETED", refund().json().path("status").asText());
        assertDone(1);
    }

    @Test
    void garbageIsA200ThatIsNotJson() throws Exception {
        turn("GARBAGE");

        Caller.Reply reply = refund();

        assertEquals(200, reply.status());
        assertThrows(IllegalArgumentException.class, reply::json);
        assertDone(1);
    }

    @Test
    void aTruncatedAnswerEndsInTheMiddle() throws Exception {
        turn("TRUNCATED");

        assertThrows(IOException.class, this::refund);
        assertDone(1);
        assertLastExchange("TRUNCATED", 200);
    }

    @Test
    void knobsArePlayedOnceInTheirOrderAndOnlyForWhatTheyMatch() throws Exception {
        violet.stranger.turn(
                """
                [{"behaviour":"NORMAL","method":"POST","path":".*/bags/62001/refunds"},
                 {"behaviour":"FAIL_BEFORE","method":"POST","path":".*/bags/62001/refunds","times":2}]
                """);

        assertEquals(200, hub.send("GET", Violets.REFUNDS, "").status());
        assertEquals(
                List.of(200, 500, 500, 200),
                List.of(refund().status(), refund().status(), refund().status(), refund().status()));
        assertTrue(violet.stranger.get("/_simulator/knobs").isEmpty());
    }

    @Test
    void aKnobWithoutEndLastsUntilTheReset() throws Exception {
        violet.stranger.turn("[{\"behaviour\":\"FAIL_BEFORE\",\"method\":\"POST\",\"times\":0}]");
        assertEquals(500, refund().status());
        assertEquals(500, refund().status());

        violet.stranger.send("DELETE", "/_simulator/knobs", "");

        assertEquals(200, refund().status());
    }

    @Test
    void theDiceFallTheSameWayForTheSameSeed() throws Exception {
        List<Integer> first = twentyRefundsByDice();
        List<Integer> second = twentyRefundsByDice();

        assertEquals(first, second);
        assertTrue(first.contains(200) && first.contains(500), first.toString());
    }

    @Test
    void aKnobThatMakesNoSenseIsRefusedWithAllOfItsList() throws Exception {
        for (String knob : List.of("{\"behaviour\":\"DANCE\"}", "{}", "{\"behaviour\":\"REFUSE\",\"code\":1}")) {
            Caller.Reply reply =
                    violet.stranger.send("POST", "/_simulator/knobs", "[{\"behaviour\":\"FAIL_BEFORE\"}," + knob + "]");

            assertEquals(400, reply.status(), knob);
        }
        assertTrue(violet.stranger.get("/_simulator/knobs").isEmpty());
    }

    private List<Integer> twentyRefundsByDice() throws Exception {
        violet.stranger.send("DELETE", "/_simulator/knobs", "");
        violet.stranger.send(
                "POST",
                "/_simulator/knobs?seed=42",
                "[{\"behaviour\":\"FAIL_BEFORE\",\"percent\":50,\"method\":\"POST\",\"times\":0}]");
        return IntStream.range(0, 20).mapToObj(call -> meanwhile().status()).toList();
    }

    private void turn(String behaviour) throws Exception {
        violet.stranger.turn("[{\"behaviour\":\"%s\",\"method\":\"POST\"}]".formatted(behaviour));
    }

    private Caller.Reply refund() throws IOException, InterruptedException {
        return hub.send("POST", Violets.REFUNDS, BODY);
    }

    private CompletableFuture<Caller.Reply> refundMeanwhile() {
        return CompletableFuture.supplyAsync(this::meanwhile);
    }

    private Caller.Reply meanwhile() {
        try {
            return refund();
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Throwable root(Throwable failure) {
        return failure.getCause() == null ? failure : root(failure.getCause());
    }

    private long posts() throws Exception {
        return exchanges().findValuesAsText("path").stream()
                .filter(Violets.REFUNDS::equals)
                .count();
    }

    private JsonNode exchanges() throws Exception {
        return violet.stranger.get("/_simulator/exchanges");
    }

    private void assertDone(int times) throws Exception {
        assertEquals(times, violet.ledger("REFUND").size());
        assertEquals(times, hub.get(Violets.REFUNDS).size());
    }

    private void assertLastExchange(String played, int status) throws Exception {
        assertEquals(played, lastPost().path("played").asText());
        assertEquals(status, lastPost().path("status").asInt());
    }

    private JsonNode lastPost() throws Exception {
        JsonNode last = MissingNode.getInstance();
        for (JsonNode exchange : exchanges()) {
            last = exchange.path("method").asText().equals("POST") ? exchange : last;
        }
        return last;
    }
}
