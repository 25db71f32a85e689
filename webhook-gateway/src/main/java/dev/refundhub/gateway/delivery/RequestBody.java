package dev.refundhub.gateway.delivery;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.util.function.Consumer;
import java.util.function.IntConsumer;

/**
 * The raw bytes of a request, up to a limit and within a time. What is too long is heard to its end and thrown away, so that the
 * sender reads the answer; what never ends is cut off.
 */
final class RequestBody {

    private static final int PATIENCE = 4;

    private final HttpServerRequest request;
    private final long limit;
    private final Buffer body = Buffer.buffer();
    private long length;

    RequestBody(HttpServerRequest request, long limit) {
        this.request = request;
        this.limit = limit;
    }

    /** Gives either the body, or the status to answer instead: 408 or 413. */
    void read(Vertx vertx, long withinMillis, Consumer<Buffer> whole, IntConsumer refused) {
        long timer = vertx.setTimer(withinMillis, late -> cutOff(408, refused));
        request.exceptionHandler(gone -> vertx.cancelTimer(timer));
        request.handler(chunk -> {
            add(chunk);
            if (length > PATIENCE * limit && vertx.cancelTimer(timer)) {
                cutOff(413, refused);
            }
        });
        request.endHandler(end -> {
            if (vertx.cancelTimer(timer)) {
                finish(whole, refused);
            }
        });
    }

    private void add(Buffer chunk) {
        length += chunk.length();
        if (length <= limit) {
            body.appendBuffer(chunk);
        }
    }

    private void finish(Consumer<Buffer> whole, IntConsumer refused) {
        if (length > limit) {
            refused.accept(413);
        } else {
            whole.accept(body);
        }
    }

    private void cutOff(int status, IntConsumer refused) {
        request.handler(null);
        request.response().putHeader("Connection", "close");
        request.response().endHandler(sent -> request.connection().close());
        refused.accept(status);
    }
}
