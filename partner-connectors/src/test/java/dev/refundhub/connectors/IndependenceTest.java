package dev.refundhub.connectors;

import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.patch;
import static com.github.tomakehurst.wiremock.client.WireMock.urlMatching;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.WireMock;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import dev.refundhub.messages.ShippedSuiteConfirmation;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** One partner's trouble is nobody else's. */
@QuarkusTest
@QuarkusTestResource(Surroundings.class)
class IndependenceTest {

    private static final int CONFIRMATIONS = 80;
    private static final int ROUNDS = 3;

    private int last = 900_000;

    @Test
    void confirmationsKeepTheirPaceWhileVioletHangsOnEveryCall() throws Exception {
        new WireMock(Integer.parseInt(Hub.config("test.partners.port")))
                .register(patch(urlMatching("/v1/refunds/9\\d{5}"))
                        .willReturn(okJson("{}").withFixedDelay(150)));
        int port = Integer.parseInt(Hub.config("test.late.port"));
        WireMockServer hanging =
                new WireMockServer(WireMockConfiguration.options().port(port).containerThreads(100));
        hanging.start();
        confirmAll();

        Duration alone = best();
        hangs(port);
        Duration beside = best();

        hanging.stop();
        assertTrue(
                beside.toMillis() <= alone.toMillis() * 1.1,
                "%d confirmations took %s alone and %s beside a Violet that hangs"
                        .formatted(CONFIRMATIONS, alone, beside));
    }

    /** Every worker of that account waits for an answer that does not come. */
    private static void hangs(int port) throws Exception {
        for (int i = 0; i < 16; i++) {
            Violet violet = new Violet("late", port);
            violet.readingAnswers(okJson("[]").withFixedDelay(30_000));
            violet.order();
            if (i == 0) {
                await().until(() -> violet.read() == 1);
            }
        }
    }

    private Duration best() throws Exception {
        Duration best = Duration.ofHours(1);
        for (int round = 0; round < ROUNDS; round++) {
            Duration took = confirmAll();
            best = took.compareTo(best) < 0 ? took : best;
        }
        return best;
    }

    private Duration confirmAll() throws Exception {
        int first = last + 1;
        long started = System.nanoTime();
        for (int i = 0; i < CONFIRMATIONS; i++) {
            confirm(++last);
        }
        await().atMost(Duration.ofMinutes(1)).pollInterval(Duration.ofMillis(5)).until(() -> done(first, last));
        return Duration.ofNanos(System.nanoTime() - started);
    }

    private static boolean done(int first, int last) {
        return Hub.look("select count(*) from call where kind = 'CONFIRM' and state = 'DONE' and refund_id between "
                        + first + " and " + last)
                .equals(String.valueOf(CONFIRMATIONS));
    }

    private static void confirm(int request) throws Exception {
        Hub.order(
                ShippedSuiteConfirmation.TOPIC,
                ShippedSuiteConfirmation.TYPE,
                Hub.JSON.writeValueAsString(new ShippedSuiteConfirmation(
                        "hub-pace-" + request,
                        "CONFIRM",
                        "acme",
                        "20776138",
                        request,
                        "shipped",
                        request,
                        String.valueOf(request),
                        100,
                        100,
                        "USD")));
    }
}
