package dev.refundhub.local.simulator;

import io.netty.channel.ChannelOption;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.net.impl.ConnectionBase;
import java.util.function.IntConsumer;

/** The line to one waiting client, and the ways in which an answer fails to arrive whole. */
final class Wire {

    private final Vertx vertx;
    private final HttpServerRequest request;
    private final HttpServerResponse response;
    private final IntConsumer onStatus;

    Wire(Vertx vertx, HttpServerRequest request, IntConsumer onStatus) {
        this.vertx = vertx;
        this.request = request;
        this.response = request.response();
        this.onStatus = onStatus;
    }

    /** Nothing is recorded as answered where nobody is there any more. */
    void send(Answer answer) {
        if (!response.closed()) {
            response.end(head(answer));
        }
    }

    void drip(Answer answer, long millis) {
        drip(head(answer), 0, Math.max(1, millis));
    }

    /** One byte at a time, as long as somebody is there. */
    private void drip(Buffer body, int next, long millis) {
        if (response.closed()) {
            return;
        }
        if (next == body.length()) {
            response.end();
            return;
        }
        response.write(body.slice(next, next + 1));
        vertx.setTimer(millis, timer -> drip(body, next + 1, millis));
    }

    void truncate(Answer answer) {
        Buffer body = head(answer);
        response.write(body.slice(0, body.length() / 2))
                .onComplete(written -> request.connection().close());
    }

    /** Lingering for no time turns the close into a reset; only Netty's own channel can be told so. */
    void reset() {
        ((ConnectionBase) request.connection()).channel().config().setOption(ChannelOption.SO_LINGER, 0);
        request.connection().close();
    }

    private Buffer head(Answer answer) {
        Buffer body = Buffer.buffer(answer.body());
        onStatus.accept(answer.status());
        response.setStatusCode(answer.status());
        answer.headers().forEach(response::putHeader);
        response.putHeader("Content-Length", Integer.toString(body.length()));
        return body;
    }
}
