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

    void send(Answer answer) {
        head(answer);
        response.end(answer.body());
    }

    /** One byte at a time; stops when the client has gone. */
    void drip(Answer answer, long millis) {
        Buffer body = head(answer);
        int[] next = {0};
        vertx.setPeriodic(millis, timer -> {
            if (response.closed() || next[0] == body.length()) {
                vertx.cancelTimer(timer);
                response.end();
            } else {
                response.write(body.slice(next[0], ++next[0]));
            }
        });
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
