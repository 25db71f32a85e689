package dev.refundhub.local.simulator.violet;

import com.fasterxml.jackson.databind.JsonNode;
import dev.refundhub.local.simulator.Caller;
import dev.refundhub.local.simulator.Simulator;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

/** A running Violet with one order: bag 62001 of two lines and 5.95 shipping (56.00), bag 62002 still in a cart. */
final class Violets implements AutoCloseable {

    static final String REFUNDS = "/v1/orders/61001/bags/62001/refunds";
    static final String APP_ID = "X-Violet-App-Id";
    static final String APP_SECRET = "X-Violet-App-Secret";
    static final String TOKEN = "X-Violet-Token";

    private static final String ORDER =
            """
            {"app_order_id":"SO-93001","currency":"USD","bags":[
              {"id":62001,"merchant_id":501,"status":"ACCEPTED","shipping_total":595,"total":5600,"skus":[
                {"id":700101,"quantity":2,"line_price":5000},{"id":700102,"quantity":1,"line_price":5}]},
              {"id":62002,"status":"IN_PROGRESS","skus":[{"id":700201,"quantity":1,"line_price":100}]}]}
            """;

    final Simulator simulator;
    final Caller stranger;
    final Caller app;

    private Violets(Simulator simulator) {
        this.simulator = simulator;
        stranger = new Caller(simulator.port(), Map.of());
        app = new Caller(simulator.port(), Map.of(APP_ID, "10900", APP_SECRET, "dev-violet-secret"));
    }

    static Violets open(Path ledger) {
        return new Violets(VioletSimulator.start(0, ledger));
    }

    Violets withAnOrder() throws IOException, InterruptedException {
        stranger.send("PUT", "/_simulator/orders/61001", ORDER);
        return this;
    }

    Caller loggedIn() throws IOException, InterruptedException {
        return with(login().path("token").asText());
    }

    Caller with(String token) {
        return new Caller(simulator.port(), Map.of(APP_ID, "10900", APP_SECRET, "dev-violet-secret", TOKEN, token));
    }

    JsonNode login() throws IOException, InterruptedException {
        return app.send("POST", "/v1/login", "{\"username\":\"hub@example.org\",\"password\":\"dev-violet-password\"}")
                .json();
    }

    JsonNode ledger(String kind) throws IOException, InterruptedException {
        return stranger.get("/_simulator/ledger?kind=" + kind);
    }

    String bagStatus() throws IOException, InterruptedException {
        return loggedIn().get("/v1/orders/61001").at("/bags/0/status").asText();
    }

    @Override
    public void close() {
        simulator.close();
    }
}
