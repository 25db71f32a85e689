package dev.refundhub.local.simulator.violet;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.refundhub.local.simulator.Json;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VioletWebhooksTest {

    private record Heard(String topic, String eventId, String bagId, String hmac, String body) {}

    @TempDir
    Path directory;

    private final List<Heard> heard = new CopyOnWriteArrayList<>();
    private HttpServer listener;
    private volatile int status = 200;
    private Violets violet;

    @BeforeEach
    void open() throws Exception {
        listener = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        listener.createContext("/", this::hear);
        listener.start();
        violet = Violets.open(directory.resolve("ledger.jsonl")).withAnOrder();
    }

    @AfterEach
    void close() {
        violet.close();
        listener.stop(0);
    }

    @Test
    void aRefundIsToldWithItsBagAndThenWithItsOrder() throws Exception {
        plays("NORMAL");

        refund(400);

        await().until(() -> heard.size() == 2);
        assertEquals("ORDER_REFUNDED", heard.get(0).topic());
        assertEquals("62001", heard.get(0).bagId());
        assertEquals(62001, Json.parse(heard.get(0).body()).get("id").asLong());
        assertEquals(
                "PARTIALLY_REFUNDED",
                Json.parse(heard.get(0).body()).get("status").asText());
        assertEquals("ORDER_UPDATED", heard.get(1).topic());
        assertEquals(61001, Json.parse(heard.get(1).body()).get("id").asLong());
        assertTrue(!heard.get(0).eventId().equals(heard.get(1).eventId()));
        for (Heard each : heard) {
            assertEquals(hmac(each.body()), each.hmac());
        }
    }

    @Test
    void twiceIsTheSameEventTwice() throws Exception {
        plays("TWICE");

        refund(400);

        await().until(() -> heard.size() == 4);
        assertEquals(2, heard.stream().map(Heard::eventId).distinct().count());
    }

    @Test
    void outOfOrderTheLaterChangeIsToldFirst() throws Exception {
        plays("OUT_OF_ORDER");

        refund(400);
        refund(5200);

        await().until(() -> heard.size() == 4);
        assertEquals(
                List.of("REFUNDED", "PARTIALLY_REFUNDED"),
                heard.stream()
                        .filter(each -> each.topic().equals("ORDER_REFUNDED"))
                        .map(each -> Json.parse(each.body()).get("status").asText())
                        .toList());
    }

    @Test
    void lateIsAfterAWhileAndNeverIsNever() throws Exception {
        plays("NEVER");
        refund(100);
        plays("LATE");
        long started = System.nanoTime();

        refund(400);

        await().until(() -> heard.size() == 2);
        assertTrue(System.nanoTime() - started >= 300_000_000L);
    }

    @Test
    void whatIsNotTakenIsToldAgain() throws Exception {
        plays("NORMAL");
        status = 503;

        refund(400);
        await().until(() -> heard.size() >= 2);
        status = 200;

        await().until(() -> heard.stream().anyMatch(each -> each.topic().equals("ORDER_UPDATED")));
        assertEquals(heard.get(0), heard.get(1));
    }

    @Test
    void whereNobodyListensNobodyIsTold() throws Exception {
        refund(400);

        assertEquals(1, violet.ledger("REFUND_ELSEWHERE").size());
        assertEquals(List.of(), heard);
    }

    private void plays(String play) throws Exception {
        String url = "http://127.0.0.1:" + listener.getAddress().getPort() + "/webhooks/violet";
        violet.stranger.send(
                "PUT", "/_simulator/webhooks", "{\"url\":\"%s\",\"play\":\"%s\",\"millis\":300}".formatted(url, play));
    }

    private void refund(int amount) throws Exception {
        violet.stranger.send(
                "POST", "/_simulator/orders/61001/bags/62001/refunds", "{\"amount\":%d}".formatted(amount));
    }

    private void hear(HttpExchange exchange) throws IOException {
        var headers = exchange.getRequestHeaders();
        heard.add(new Heard(
                headers.getFirst("X-Violet-Topic"),
                headers.getFirst("X-Violet-Event-Id"),
                headers.getFirst("X-Violet-Bag-Id"),
                headers.getFirst("X-Violet-Hmac"),
                new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8)));
        exchange.sendResponseHeaders(status, -1);
        exchange.close();
    }

    private static String hmac(String body) throws Exception {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec("dev-violet-secret".getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
        return Base64.getEncoder().encodeToString(mac.doFinal(body.getBytes(StandardCharsets.UTF_8)));
    }
}
