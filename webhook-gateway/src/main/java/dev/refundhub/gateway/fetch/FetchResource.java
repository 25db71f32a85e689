package dev.refundhub.gateway.fetch;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.refundhub.gateway.Question;
import dev.refundhub.gateway.Question.Incomplete;
import dev.refundhub.gateway.Question.OrderWanted;
import dev.refundhub.gateway.Question.ReturnWanted;
import dev.refundhub.gateway.Shown;
import dev.refundhub.gateway.source.Arrived;
import dev.refundhub.gateway.source.Distrusted;
import dev.refundhub.gateway.source.Judgement;
import dev.refundhub.gateway.source.Source;
import dev.refundhub.gateway.source.Sources;
import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/** {@code GET /webhooks/{source}/…}: a partner asks for an order or a return, trusted as its deliveries are. */
@ApplicationScoped
class FetchResource {

    private static final Logger LOG = Logger.getLogger(FetchResource.class);

    private final Sources sources;
    private final Distrusted distrusted;
    private final RefundsApi refunds;
    private final ObjectMapper json;
    private final MeterRegistry metrics;

    @Inject
    FetchResource(
            Sources sources, Distrusted distrusted, RefundsApi refunds, ObjectMapper json, MeterRegistry metrics) {
        this.sources = sources;
        this.distrusted = distrusted;
        this.refunds = refunds;
        this.json = json;
        this.metrics = metrics;
    }

    void open(@Observes Router router) {
        for (String word : sources.questions()) {
            router.route("/webhooks/:source/" + word).handler(routing -> judge(routing, word));
        }
    }

    private void judge(RoutingContext routing, String word) {
        HttpServerRequest request = routing.request();
        if (!request.method().equals(HttpMethod.GET)) {
            request.response().putHeader("Allow", "GET").setStatusCode(405).end();
            return;
        }
        Source source = sources.asking(routing.pathParam("source"), word);
        Judgement judgement =
                source.judge(new Arrived(request.remoteAddress().hostAddress(), request.headers(), Buffer.buffer()));
        if (judgement.isTrusted()) {
            answer(routing, source, source.ask(word, name -> parameter(routing, name)));
            return;
        }
        metrics.counter("hub.deliveries.untrusted", "source", source.name()).increment();
        distrusted.add(source.name(), judgement);
        if (judgement.isUndecided()) {
            comeAgain(routing);
        } else {
            request.response().setStatusCode(401).end();
        }
    }

    /** Null where it is not told, or told more than once, or not written as one writes parameters. */
    private static String parameter(RoutingContext routing, String name) {
        try {
            List<String> values = routing.queryParam(name);
            return values.size() == 1 ? values.get(0) : null;
        } catch (IllegalArgumentException unreadable) {
            return null;
        }
    }

    private void answer(RoutingContext routing, Source source, Question question) {
        if (question instanceof Incomplete) {
            refuse(routing, 422, "invalid_parameters");
            return;
        }
        long began = System.nanoTime();
        Context context = routing.vertx().getOrCreateContext();
        find(source, question)
                .map(found -> found.map(shown -> written(source, question, shown)))
                .emitOn(command -> context.runOnContext(here -> command.run()))
                .subscribe()
                .with(
                        found -> {
                            measure(source, found.isPresent() ? "found" : "not-found", began);
                            found.ifPresentOrElse(
                                    body -> end(routing, 200, body), () -> refuse(routing, 404, "order_not_found"));
                        },
                        failure -> {
                            measure(source, "failed", began);
                            LOG.warnf("source %s cannot be answered: %s", source.name(), why(failure));
                            comeAgain(routing);
                        });
    }

    /** What others say may hold what was asked for. */
    private static String why(Throwable failure) {
        return failure instanceof IllegalStateException
                ? failure.getMessage()
                : failure.getClass().getName();
    }

    private Uni<Optional<Shown>> find(Source source, Question question) {
        return question instanceof ReturnWanted wanted
                ? refunds.merchantReturn(source.owner(), wanted)
                : refunds.order(source.owner(), (OrderWanted) question);
    }

    private void measure(Source source, String outcome, long began) {
        metrics.timer("hub.fetches", "source", source.name(), "outcome", outcome)
                .record(System.nanoTime() - began, TimeUnit.NANOSECONDS);
    }

    private String written(Source source, Question question, Shown shown) {
        try {
            return json.writeValueAsString(source.answer(question, shown));
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static void comeAgain(RoutingContext routing) {
        routing.response().putHeader("Retry-After", "1");
        refuse(routing, 503, "temporarily_unavailable");
    }

    private static void refuse(RoutingContext routing, int status, String error) {
        end(routing, status, "{\"error\":\"" + error + "\"}");
    }

    private static void end(RoutingContext routing, int status, String body) {
        if (!routing.response().closed()) {
            routing.response()
                    .setStatusCode(status)
                    .putHeader("Content-Type", "application/json")
                    .putHeader("Cache-Control", "no-store")
                    .end(body);
        }
    }
}
