package dev.refundhub.gateway.fetch;

import io.quarkus.oidc.client.OidcClient;
import io.quarkus.oidc.client.OidcClientConfigBuilder;
import io.quarkus.oidc.client.OidcClients;
import io.quarkus.oidc.client.Tokens;
import io.quarkus.oidc.client.runtime.OidcClientConfig;
import io.quarkus.oidc.client.runtime.OidcClientConfig.Grant;
import io.quarkus.oidc.client.runtime.TokensHelper;
import io.smallrye.mutiny.TimeoutException;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Map;

/**
 * What the gateway shows refunds-service: a token by client credentials. The provider is looked for when the first one is needed
 * and not at the start, since webhooks must not depend on it.
 */
@ApplicationScoped
class OwnToken {

    private static final Duration CONNECT_WITHIN = Duration.ofSeconds(5);
    /** After that it is asked anew: all who want a token wait for the same answer. */
    private static final Duration ANSWER_WITHIN = Duration.ofSeconds(6);
    /** A token this close to its end may be too old when it arrives. */
    private static final Duration TOO_CLOSE = Duration.ofSeconds(10);

    private final OidcClients clients;
    private final RefundsSettings settings;
    private final Duration answerWithin;
    private final TokensHelper tokens = new TokensHelper();
    private Uni<OidcClient> client;

    @Inject
    OwnToken(OidcClients clients, RefundsSettings settings) {
        this(clients, settings, ANSWER_WITHIN);
    }

    OwnToken(OidcClients clients, RefundsSettings settings, Duration answerWithin) {
        this.clients = clients;
        this.settings = settings;
        this.answerWithin = answerWithin;
    }

    /** Kept until shortly before its end; fails if the provider gives none. */
    Uni<String> get() {
        return Uni.createFrom().deferred(this::client).chain(tokens::getTokens).map(Tokens::getAccessToken);
    }

    /** Looked for once, by whoever comes first; who does not wait for it does not end the search. */
    private synchronized Uni<OidcClient> client() {
        if (client == null) {
            client = clients.newClient(settings())
                    .ifNoItem()
                    .after(answerWithin)
                    .fail()
                    .<OidcClient>map(found -> new Bounded(found, answerWithin, this::forget))
                    .onFailure()
                    .invoke(this::forget)
                    .memoize()
                    .indefinitely();
        }
        return client;
    }

    private synchronized void forget() {
        client = null;
    }

    private OidcClientConfig settings() {
        return new OidcClientConfigBuilder()
                .id("refunds")
                .authServerUrl(settings.issuer())
                .clientId(settings.clientId())
                .credentials(settings.clientSecret().orElseThrow(OwnToken::noSecret))
                .grant(Grant.Type.CLIENT)
                .earlyTokensAcquisition(false)
                .connectionTimeout(CONNECT_WITHIN)
                .accessTokenExpirySkew(TOO_CLOSE)
                .build();
    }

    private static IllegalStateException noSecret() {
        return new IllegalStateException("nothing can be shown to partners without hub.refunds.client-secret");
    }

    /**
     * Does not wait for ever for a provider that does not answer, as the client itself would. Such a client is over: it keeps the
     * connections of whom it waits for, and has few.
     */
    private record Bounded(OidcClient client, Duration answerWithin, Runnable over) implements OidcClient {

        @Override
        public Uni<Tokens> getTokens(Map<String, String> parameters) {
            return bounded(client.getTokens(parameters));
        }

        @Override
        public Uni<Tokens> refreshTokens(String token, Map<String, String> parameters) {
            return bounded(client.refreshTokens(token, parameters));
        }

        private Uni<Tokens> bounded(Uni<Tokens> answer) {
            return answer.ifNoItem()
                    .after(answerWithin)
                    .fail()
                    .onFailure(TimeoutException.class)
                    .invoke(this::end);
        }

        private void end() {
            over.run();
            try {
                client.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public Uni<Boolean> revokeAccessToken(String token, Map<String, String> parameters) {
            return client.revokeAccessToken(token, parameters);
        }

        @Override
        public void close() throws IOException {
            client.close();
        }
    }
}
