package dev.refundhub.gateway.delivery;

import dev.refundhub.gateway.Delivery;
import dev.refundhub.gateway.source.Arrived;
import dev.refundhub.gateway.source.Distrusted;
import dev.refundhub.gateway.source.Judgement;
import dev.refundhub.gateway.source.Source;
import dev.refundhub.gateway.source.Sources;
import io.vertx.core.Context;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.function.Function;
import org.jboss.logging.Logger;

/** {@code POST /webhooks/{source}}, with one more word where the partner wants one: 200 means that PostgreSQL has it, and nothing more. */
@ApplicationScoped
class WebhookResource {

    private static final Logger LOG = Logger.getLogger(WebhookResource.class);

    private final Sources sources;
    private final Deliveries deliveries;
    private final Telling telling;
    private final DeliverySettings settings;
    private final DeliveryMetrics metrics;
    private final Distrusted distrusted;
    private final BackOff postgres = new BackOff(Duration.ofSeconds(5), Duration.ofMinutes(1));

    @Inject
    WebhookResource(
            Sources sources,
            Deliveries deliveries,
            Telling telling,
            DeliverySettings settings,
            DeliveryMetrics metrics,
            Distrusted distrusted) {
        this.sources = sources;
        this.deliveries = deliveries;
        this.telling = telling;
        this.settings = settings;
        this.metrics = metrics;
        this.distrusted = distrusted;
    }

    void open(@Observes Router router) {
        router.route("/webhooks/:source").handler(routing -> receive(routing, sources::named));
        for (String door : sources.doors()) {
            router.route("/webhooks/:source/" + door)
                    .handler(routing -> receive(routing, name -> sources.named(name, door)));
        }
    }

    /** A body is heard to its end even if nobody wants it: the connection may bring another request. */
    private void receive(RoutingContext routing, Function<String, Source> named) {
        new RequestBody(routing.request(), settings.bodyLimit().asLongValue())
                .read(
                        routing.vertx(),
                        settings.receiveWithin().toMillis(),
                        body -> judgeOrFail(routing, named, body),
                        status -> answer(routing, status));
    }

    private void judgeOrFail(RoutingContext routing, Function<String, Source> named, Buffer body) {
        try {
            judge(routing, named, body);
        } catch (RuntimeException unforeseen) {
            LOG.error("a request cannot be judged", unforeseen);
            comeAgain(routing);
        }
    }

    /** What is refused before the source is looked at, is refused the same for every source. */
    private void judge(RoutingContext routing, Function<String, Source> named, Buffer body) {
        HttpServerRequest request = routing.request();
        if (!request.method().equals(HttpMethod.POST)) {
            request.response().putHeader("Allow", "POST");
            answer(routing, 405);
        } else if (!request.headers().getAll("Content-Encoding").stream().allMatch("identity"::equalsIgnoreCase)) {
            answer(routing, 415);
        } else {
            keepIfTrusted(routing, named.apply(routing.pathParam("source")), body);
        }
    }

    private void keepIfTrusted(RoutingContext routing, Source source, Buffer body) {
        HttpServerRequest request = routing.request();
        Arrived arrived = new Arrived(request.remoteAddress().hostAddress(), request.headers(), body);
        Judgement judgement = source.judge(arrived);
        if (judgement.isTrusted()) {
            keep(routing, source, arrived);
        } else if (judgement.isUndecided()) {
            distrusted.add(source.name(), judgement);
            comeAgain(routing);
        } else {
            metrics.untrusted(source.name());
            distrusted.add(source.name(), judgement);
            answer(routing, 401);
        }
    }

    private void keep(RoutingContext routing, Source source, Arrived arrived) {
        long began = System.nanoTime();
        Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        Delivery delivery =
                new Delivery(DeliveryId.at(now), source.name(), now, source.headersToKeep(arrived), arrived.body());
        Context context = routing.vertx().getOrCreateContext();
        deliveries
                .keep(delivery)
                .whenComplete((kept, failure) -> context.runOnContext(
                        here -> answerKept(routing, delivery, System.nanoTime() - began, failure)));
    }

    private void answerKept(RoutingContext routing, Delivery delivery, long nanos, Throwable failure) {
        if (failure == null) {
            postgres.worked();
            metrics.kept(delivery.source(), nanos);
            ok(routing, delivery);
            telling.tellNow(delivery);
        } else {
            metrics.notKept(delivery.source());
            notKept(delivery, failure);
            comeAgain(routing);
        }
    }

    /** Said once in a while: when PostgreSQL is away, it is for all. */
    private void notKept(Delivery delivery, Throwable failure) {
        if (postgres.failed()) {
            LOG.warnf("delivery %s of %s and maybe more not kept: %s", delivery.id(), delivery.source(), failure);
        }
    }

    private static void comeAgain(RoutingContext routing) {
        routing.response().putHeader("Retry-After", "5");
        answer(routing, 503);
    }

    private static void ok(RoutingContext routing, Delivery delivery) {
        HttpServerResponse response = routing.response();
        if (!response.closed()) {
            response.putHeader("Delivery-Id", delivery.id().toString())
                    .putHeader("Content-Type", "application/json")
                    .end("{\"status\":\"ok\"}");
        }
    }

    private static void answer(RoutingContext routing, int status) {
        if (!routing.response().closed()) {
            routing.response().setStatusCode(status).end();
        }
    }
}
