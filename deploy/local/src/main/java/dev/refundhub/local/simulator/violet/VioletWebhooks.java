package dev.refundhub.local.simulator.violet;

import dev.refundhub.local.simulator.Answer;
import dev.refundhub.local.simulator.Call;
import dev.refundhub.local.simulator.Json;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * What Violet tells whoever listens when a refund changes: the change itself with the bag, and an update with the whole
 * order. Nobody listens until {@code PUT /_simulator/webhooks} says so.
 */
final class VioletWebhooks {

    private static final Duration LIMIT = Duration.ofSeconds(10);
    private static final int ATTEMPTS = 10;

    /** How the deliveries are played. */
    enum Play {
        NORMAL,
        /** Each one twice, with the same event id. */
        TWICE,
        /** After {@code millis}. */
        LATE,
        /** Kept until the next change, and sent after that one's. */
        OUT_OF_ORDER,
        /** Lost. */
        NEVER
    }

    /**
     * Who listens, and how it is played.
     *
     * @param url null: nobody
     * @param play null: normal
     * @param millis null: a second
     */
    record Listener(URI url, Play play, Long millis) {

        Listener {
            play = Objects.requireNonNullElse(play, Play.NORMAL);
            millis = Objects.requireNonNullElse(millis, 1_000L);
        }
    }

    private record Event(URI to, long id, String topic, long orderId, long bagId, String body) {}

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(LIMIT)
            .build();
    private final String secret;
    private final List<Event> kept = new ArrayList<>();
    private Listener listener = new Listener(null, null, null);
    /** Unique after a restart too. */
    private long lastEvent = System.currentTimeMillis() * 1_000;

    VioletWebhooks(String secret) {
        this.secret = secret;
    }

    Answer listen(Call call) {
        listener = Json.as(Listener.class, call.json());
        return Answer.ok(listener);
    }

    /** A refund of this bag has changed; the order is as it stands now. */
    void changed(VioletOrder order, long bagId) {
        if (listener.url() == null) {
            return;
        }
        List<Event> events = List.of(
                event(
                        "ORDER_REFUNDED",
                        order,
                        bagId,
                        Json.tree(order.bag(bagId)).toString()),
                event("ORDER_UPDATED", order, bagId, Json.tree(order).toString()));
        switch (listener.play()) {
            case NORMAL -> send(events, 0);
            case TWICE -> {
                send(events, 0);
                send(events, 0);
            }
            case LATE -> send(events, listener.millis());
            case OUT_OF_ORDER -> outOfOrder(events);
            case NEVER -> {}
        }
    }

    private void outOfOrder(List<Event> events) {
        if (kept.isEmpty()) {
            kept.addAll(events);
            return;
        }
        List<Event> turned = new ArrayList<>(events);
        turned.addAll(kept);
        kept.clear();
        send(turned, 0);
    }

    private Event event(String topic, VioletOrder order, long bagId, String body) {
        return new Event(listener.url(), ++lastEvent, topic, order.id(), bagId, body);
    }

    /** One after the other, each until it is taken. */
    private void send(List<Event> events, long afterMillis) {
        CompletableFuture<Void> before = pause(afterMillis);
        for (Event event : events) {
            before = before.thenCompose(sent -> attempt(event, 1));
        }
    }

    /** As Violet does, up to ten times, but in seconds where Violet takes hours. */
    private CompletableFuture<Void> attempt(Event event, int no) {
        return http.sendAsync(request(event), BodyHandlers.discarding())
                .thenApply(response -> response.statusCode() / 100 == 2)
                .exceptionally(failure -> false)
                .thenCompose(taken -> taken || no == ATTEMPTS
                        ? pause(0)
                        : pause(100L << no).thenCompose(paused -> attempt(event, no + 1)));
    }

    private HttpRequest request(Event event) {
        return HttpRequest.newBuilder(event.to())
                .timeout(LIMIT)
                .header("Content-Type", "application/json")
                .header("X-Violet-Topic", event.topic())
                .header("X-Violet-Event-Id", Long.toString(event.id()))
                .header("X-Violet-Order-Id", Long.toString(event.orderId()))
                .header("X-Violet-Bag-Id", Long.toString(event.bagId()))
                .header("X-Violet-Hmac", hmac(event.body()))
                .POST(BodyPublishers.ofString(event.body()))
                .build();
    }

    private String hmac(String body) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return Base64.getEncoder().encodeToString(mac.doFinal(body.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("every Java has HMAC-SHA-256", impossible);
        }
    }

    private static CompletableFuture<Void> pause(long millis) {
        Supplier<Void> nothing = () -> null;
        return millis == 0
                ? CompletableFuture.completedFuture(null)
                : CompletableFuture.supplyAsync(
                        nothing, CompletableFuture.delayedExecutor(millis, TimeUnit.MILLISECONDS));
    }
}
