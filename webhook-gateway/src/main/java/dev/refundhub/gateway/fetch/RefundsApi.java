package dev.refundhub.gateway.fetch;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.refundhub.gateway.Question.OrderWanted;
import dev.refundhub.gateway.Question.ReturnWanted;
import dev.refundhub.gateway.Shown;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.client.WebClientOptions;
import io.vertx.mutiny.core.Vertx;
import io.vertx.mutiny.core.buffer.Buffer;
import io.vertx.mutiny.ext.web.client.HttpRequest;
import io.vertx.mutiny.ext.web.client.HttpResponse;
import io.vertx.mutiny.ext.web.client.WebClient;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** The API of refunds-service, as far as the gateway may ask it. */
@ApplicationScoped
class RefundsApi {

    private static final int CONNECTIONS = 32;
    private static final int MOST_WAITING = 256;
    private static final int IDLE_SECONDS = 30;

    private final WebClient client;
    private final RefundsSettings settings;
    private final OwnToken token;
    private final ObjectMapper json;

    /** How every answer comes. */
    private record Envelope<T>(T data) {}

    @Inject
    RefundsApi(Vertx vertx, RefundsSettings settings, OwnToken token, ObjectMapper json) {
        WebClientOptions options = new WebClientOptions().setFollowRedirects(false);
        options.setConnectTimeout((int) settings.within().toMillis()).setIdleTimeout(IDLE_SECONDS);
        options.setMaxPoolSize(CONNECTIONS).setMaxWaitQueueSize(MOST_WAITING);
        this.client = WebClient.create(vertx, options);
        this.settings = settings;
        this.token = token;
        this.json = json;
    }

    @PreDestroy
    void close() {
        client.close();
    }

    /** Empty if there is none, or if it is not for whoever asks. */
    Uni<Optional<Shown>> order(String seller, OrderWanted wanted) {
        HttpRequest<Buffer> request = get("/api/v2/orders/lookup", seller);
        parameter(request, "number", wanted.number());
        parameter(request, "ref", wanted.ref());
        parameter(request, "returnRef", wanted.returnRef());
        parameter(request, "email", wanted.email());
        parameter(request, "key", wanted.key());
        return ask(request, Shown.ShownOrder.class);
    }

    /** Empty if there is none, or if it is not for whoever asks. */
    Uni<Optional<Shown>> merchantReturn(String seller, ReturnWanted wanted) {
        String ref = URLEncoder.encode(wanted.ref(), StandardCharsets.UTF_8).replace("+", "%20");
        HttpRequest<Buffer> request = get("/api/v2/returns/" + ref, seller);
        parameter(request, "key", wanted.key());
        return ask(request, Shown.ShownReturn.class);
    }

    private HttpRequest<Buffer> get(String path, String seller) {
        return client.getAbs(settings.url() + path).addQueryParam("seller", seller);
    }

    private static void parameter(HttpRequest<Buffer> request, String name, String value) {
        if (value != null) {
            request.addQueryParam(name, value);
        }
    }

    private Uni<Optional<Shown>> ask(HttpRequest<Buffer> request, Class<? extends Shown> what) {
        return token.get()
                .chain(bearer -> request.bearerTokenAuthentication(bearer)
                        .timeout(settings.within().toMillis())
                        .send())
                .map(response -> shown(response, what))
                .ifNoItem()
                .after(settings.within())
                .fail();
    }

    private Optional<Shown> shown(HttpResponse<Buffer> response, Class<? extends Shown> what) {
        if (response.statusCode() == 404) {
            return Optional.empty();
        }
        if (response.statusCode() != 200) {
            throw new IllegalStateException("refunds-service answers " + response.statusCode());
        }
        try {
            JavaType envelope = json.getTypeFactory().constructParametricType(Envelope.class, what);
            return Optional.of(json.<Envelope<Shown>>readValue(response.bodyAsString(), envelope)
                    .data());
        } catch (JsonProcessingException unreadable) {
            throw new IllegalStateException("refunds-service answers what cannot be read", unreadable);
        }
    }
}
