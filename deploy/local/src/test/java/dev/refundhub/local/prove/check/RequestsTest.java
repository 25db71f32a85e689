package dev.refundhub.local.prove.check;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.refundhub.local.simulator.Caller;
import dev.refundhub.local.simulator.Simulator;
import dev.refundhub.local.simulator.violet.VioletSimulator;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RequestsTest {
    private static final String ORDER =
            """
            {"app_order_id":"SO-1","currency":"USD","bags":[{"id":62001,"merchant_id":501,"status":"ACCEPTED",
              "shipping_total":0,"total":5000,"skus":[{"id":700101,"quantity":2,"line_price":5000}]}]}
            """;
    private static final String REFUNDS = "/v1/orders/61001/bags/62001/refunds";
    private static final String ONE = "hub-k3v9q2x7m4t8r6wz";
    private static final String OTHER = "hub-aaaaaaaaaaaaaaaa";

    @TempDir
    Path directory;

    private Simulator violet;
    private Caller stranger;
    private Caller hub;

    @BeforeEach
    void open() throws IOException, InterruptedException {
        violet = VioletSimulator.start(0, directory.resolve("violet.jsonl"));
        stranger = new Caller(violet.port(), Map.of());
        stranger.send("PUT", "/_simulator/orders/61001", ORDER);
        Map<String, String> headers =
                new HashMap<>(Map.of("X-Violet-App-Id", "10900", "X-Violet-App-Secret", "dev-violet-secret"));
        headers.put(
                "X-Violet-Token",
                new Caller(violet.port(), headers)
                        .send(
                                "POST",
                                "/v1/login",
                                "{\"username\":\"hub@example.org\",\"password\":\"dev-violet-password\"}")
                        .json()
                        .path("token")
                        .asText());
        hub = new Caller(violet.port(), headers);
    }

    @AfterEach
    void close() {
        violet.close();
    }

    @Test
    void whatIsAskedAgainAfterABreakdownIsAskedTwiceAlsoWhereNoMoneyMoved() throws IOException, InterruptedException {
        stranger.turn("[{\"behaviour\":\"FAIL_BEFORE\",\"method\":\"POST\"}]");
        pay(ONE, 500);
        pay(ONE, 200);
        pay(OTHER, 200);

        assertEquals(Map.of(ONE, 2, OTHER, 1), notRefused());
    }

    @Test
    void whatIsAskedAgainAfterARefusalIsAskedOnce() throws IOException, InterruptedException {
        stranger.turn("[{\"behaviour\":\"TOO_MANY_REQUESTS\",\"method\":\"POST\"}]");
        pay(ONE, 429);
        pay(ONE, 200);

        assertEquals(Map.of(ONE, 1), notRefused());
    }

    private Map<String, Integer> notRefused() {
        return Requests.notRefused("http://127.0.0.1:" + violet.port());
    }

    private void pay(String reference, int status) throws IOException, InterruptedException {
        String body = "{\"amount_refunded\":100,\"reason\": \"" + reference + " Claim\",\"skus\":[]}";
        assertEquals(status, hub.send("POST", REFUNDS, body).status());
    }
}
