package dev.refundhub.local.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LoadTest {
    private static final Buffer REQUEST = Buffer.buffer("GET / HTTP/1.1\r\nHost: a\r\n\r\n");

    private final Vertx vertx = Vertx.vertx();
    private final AtomicInteger asked = new AtomicInteger();

    @AfterEach
    void stop() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    @Test
    void everyAnswerIsCountedByItsStatus() {
        try (Load load = new Load(server(1))) {
            Answers answers = load.closed(4, () -> REQUEST, Duration.ofMillis(300));

            assertTrue(answers.count() > 4, answers.toString());
            assertEquals(asked.get(), answers.count());
            assertEquals(answers.count(), answers.of(200) + answers.of(418));
            assertTrue(answers.of(418) > 0 && answers.of(200) > 0 && !answers.areAll(200), answers.toString());
        }
    }

    /** Ten at once of a server that takes 100 ms for each, on one connection: the last has waited for all before it. */
    @Test
    void aSlowAnswerDoesNotSlowWhoAsksAndWhatHadToWaitIsCountedWithItsWaiting() {
        try (Load load = new Load(server(100))) {
            Answers answers = load.open(1, 100, () -> REQUEST, Duration.ofMillis(100));

            assertEquals(10, answers.count());
            assertTrue(answers.percentile(1) > 850, answers.percentile(1) + " ms");
            assertTrue(answers.percentile(0.1) < 250, answers.percentile(0.1) + " ms");
        }
    }

    /** Answers one after the other after so many milliseconds; every second time with another status, and a body. */
    private int server(long millis) {
        HttpServer server = vertx.createHttpServer()
                .requestHandler(request -> vertx.setTimer(millis, late -> request.response()
                        .setStatusCode(asked.incrementAndGet() % 2 == 0 ? 418 : 200)
                        .end("a body")));
        return server.listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .join()
                .actualPort();
    }
}
