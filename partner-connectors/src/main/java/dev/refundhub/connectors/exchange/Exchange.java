package dev.refundhub.connectors.exchange;

import dev.refundhub.connectors.exchange.Ended.Answered;
import dev.refundhub.connectors.exchange.Ended.NeverSent;
import dev.refundhub.connectors.exchange.Ended.NoAnswer;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.RequestOptions;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;

/** One exchange. It passes from CONNECTING to SENT at most once, and only there does the request leave us. */
final class Exchange {

    private static final int MOST_BYTES = 256 * 1024;

    private enum Stage {
        CONNECTING,
        SENT,
        OVER
    }

    private final Vertx vertx;
    private final String body;
    private final SendBy sendBy;
    private final Promise<Ended> ended = Promise.promise();
    private final AtomicReference<Stage> stage = new AtomicReference<>(Stage.CONNECTING);
    private final Buffer answer = Buffer.buffer();

    Exchange(Vertx vertx, String body, SendBy sendBy) {
        this.vertx = vertx;
        this.body = body;
        this.sendBy = sendBy;
    }

    Future<Ended> start(HttpClient client, RequestOptions options, Duration deadline) {
        long timer = vertx.setTimer(deadline.toMillis(), fired -> end("TIMED_OUT"));
        client.request(options).onSuccess(this::send).onFailure(failure -> end("NOT_CONNECTED"));
        return ended.future().onComplete(done -> vertx.cancelTimer(timer));
    }

    private void send(HttpClientRequest request) {
        if (sendBy.isOver()) {
            end("TOO_LATE");
        }
        if (!stage.compareAndSet(Stage.CONNECTING, Stage.SENT)) {
            request.reset();
            return;
        }
        request.exceptionHandler(failure -> end("CUT_OFF"));
        ended.future().onComplete(done -> {
            if (!(done.result() instanceof Answered)) {
                request.reset();
            }
        });
        (body == null ? request.send() : request.send(Buffer.buffer(body)))
                .onSuccess(this::read)
                .onFailure(failure -> end("CUT_OFF"));
    }

    private void read(HttpClientResponse response) {
        response.exceptionHandler(failure -> end("CUT_OFF"));
        response.handler(chunk -> {
            if (answer.length() + chunk.length() > MOST_BYTES) {
                end("TOO_LARGE");
            } else {
                answer.appendBuffer(chunk);
            }
        });
        response.endHandler(end -> {
            if (stage.compareAndSet(Stage.SENT, Stage.OVER)) {
                ended.complete(new Answered(
                        response.statusCode(),
                        RetryAfter.of(response.getHeader("Retry-After")),
                        answer.toString(StandardCharsets.UTF_8)));
            }
        });
    }

    private void end(String why) {
        if (stage.compareAndSet(Stage.CONNECTING, Stage.OVER)) {
            ended.complete(new NeverSent(why));
        } else if (stage.compareAndSet(Stage.SENT, Stage.OVER)) {
            ended.complete(new NoAnswer(why));
        }
    }
}
