package dev.refundhub.connectors.exchange;

import dev.refundhub.connectors.exchange.Ended.NeverSent;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import java.net.URI;
import java.time.Duration;

/** One account's own connections. Each request is sent once or not at all: no retry, no redirect, one deadline for everything. */
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

    public PartnerHttp(Vertx vertx, URI base, Duration deadline, int callsAtOnce) {
        this.vertx = vertx;
        this.base = base;
        this.path = base.getRawPath().replaceAll("/+$", "");
        this.deadline = deadline;
        this.client = vertx.createHttpClient(
                new HttpClientOptions()
                        .setProtocolVersion(HttpVersion.HTTP_1_1)
                        .setSsl("https".equals(base.getScheme()))
                        .setVerifyHost(true)
                        .setPipelining(false)
                        .setKeepAliveTimeout(KEEP_ALIVE_SECONDS)
                        .setConnectTimeout((int) Math.min(CONNECT.toMillis(), deadline.toMillis())),
                new PoolOptions().setHttp1MaxSize(callsAtOnce + SPARE));
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
        return new Exchange(vertx, request.body(), sendBy).start(client, options, deadline);
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
        if (request.body() != null) {
            options.putHeader("Content-Type", "application/json");
        }
        request.headers().forEach(options::putHeader);
        return options;
    }
}
