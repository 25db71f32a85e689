package dev.refundhub.connectors.exchange;

import dev.refundhub.connectors.exchange.Ended.NeverSent;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import java.net.URI;
import java.time.Duration;
import java.util.OptionalLong;

/**
 * One account's own connections, at its own pace. Each request is sent once or not at all: no retry, no redirect, one
 * deadline for everything.
 */
public final class PartnerHttp {

    private static final int KEEP_ALIVE_SECONDS = 10;
    private static final Duration CONNECT = Duration.ofSeconds(3);
    /** A request to log in may come on top of the calls at once. */
    private static final int SPARE = 2;

    private final Vertx vertx;
    private final HttpClient client;
    private final URI base;
    private final String path;
    private final Duration deadline;
    private final Pace pace;
    private final Breaker breaker;
    private final String trace;

    public PartnerHttp(Vertx vertx, URI base, Limits limits) {
        this.vertx = vertx;
        this.base = base;
        this.path = base.getRawPath().replaceAll("/+$", "");
        this.deadline = limits.deadline();
        this.pace = new Pace(limits.callsPerSecond());
        this.breaker = new Breaker(base.getHost(), limits.breakAfter(), limits.breakFor());
        this.trace = null;
        this.client = vertx.createHttpClient(
                new HttpClientOptions()
                        .setProtocolVersion(HttpVersion.HTTP_1_1)
                        .setSsl("https".equals(base.getScheme()))
                        .setVerifyHost(true)
                        .setPipelining(false)
                        .setKeepAliveTimeout(KEEP_ALIVE_SECONDS)
                        .setConnectTimeout((int) Math.min(CONNECT.toMillis(), deadline.toMillis())),
                new PoolOptions().setHttp1MaxSize(limits.callsAtOnce() + SPARE));
    }

    private PartnerHttp(PartnerHttp same, String trace) {
        this.vertx = same.vertx;
        this.client = same.client;
        this.base = same.base;
        this.path = same.path;
        this.deadline = same.deadline;
        this.pace = same.pace;
        this.breaker = same.breaker;
        this.trace = trace;
    }

    /** The same connections at the same pace, for requests that belong to this trace; null for none. */
    public PartnerHttp within(String traceparent) {
        return new PartnerHttp(this, traceparent);
    }

    /** Whether its breaker is open. */
    public boolean isBroken() {
        return breaker.isOpen();
    }

    public Uni<Ended> exchange(PartnerRequest request) {
        return exchange(request, SendBy.within(deadline));
    }

    public Uni<Ended> exchange(PartnerRequest request, SendBy sendBy) {
        return Uni.createFrom().completionStage(() -> start(request, sendBy).toCompletionStage());
    }

    /** What cannot even be prepared is not said why: it may be a secret that is at fault. */
    private Future<Ended> start(PartnerRequest request, SendBy sendBy) {
        RequestOptions options;
        try {
            options = options(request);
        } catch (RuntimeException notSendable) {
            return Future.succeededFuture(new NeverSent("NOT_SENDABLE"));
        }
        OptionalLong wait = pace.moment(System.nanoTime(), sendBy.within());
        if (wait.isEmpty()) {
            return Future.succeededFuture(new NeverSent("OUT_OF_PACE"));
        }
        Future<Void> moment = wait.getAsLong() == 0 ? Future.succeededFuture() : after(wait.getAsLong());
        return moment.compose(now -> call(request, sendBy, options));
    }

    private Future<Ended> call(PartnerRequest request, SendBy sendBy, RequestOptions options) {
        if (!breaker.lets(System.nanoTime())) {
            return Future.succeededFuture(new NeverSent(Breaker.OPEN));
        }
        return new Exchange(vertx, request.body(), sendBy)
                .start(client, options, deadline)
                .onSuccess(ended -> breaker.heard(ended, System.nanoTime()));
    }

    private Future<Void> after(long millis) {
        Promise<Void> moment = Promise.promise();
        vertx.setTimer(millis, fired -> moment.complete());
        return moment.future();
    }

    private RequestOptions options(PartnerRequest request) {
        boolean tls = "https".equals(base.getScheme());
        RequestOptions options = new RequestOptions()
                .setMethod(request.method())
                .setHost(base.getHost())
                .setPort(base.getPort() > 0 ? base.getPort() : tls ? 443 : 80)
                .setSsl(tls)
                .setFollowRedirects(false)
                .setURI(path + request.path());
        options.putHeader("Accept", "application/json").putHeader("User-Agent", "refund-hub");
        if (trace != null) {
            options.putHeader(Trace.HEADER, trace);
        }
        if (request.body() != null) {
            options.putHeader("Content-Type", "application/json");
        }
        request.headers().forEach(options::putHeader);
        return options;
    }
}
