package dev.refundhub.gateway.fetch;

import static com.github.tomakehurst.wiremock.client.WireMock.ok;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.refundhub.gateway.Surroundings;
import io.quarkus.oidc.client.OidcClients;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.TimeoutException;
import jakarta.inject.Inject;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What the gateway shows refunds-service comes from a provider that may be slow, or silent. */
@QuarkusTest
@WithTestResource(Surroundings.class)
@WithTestResource(Refunds.class)
class OwnTokenTest {

    private static final Duration BOUND = Duration.ofSeconds(10);
    private static final int NEVER_MILLIS = 60_000;
    private static final int MORE_THAN_A_CLIENT_HAS_CONNECTIONS = 6;

    @Inject
    OidcClients clients;

    @Inject
    RefundsSettings settings;

    @Test
    void aProviderThatDoesNotAnswerIsAskedAnew() {
        OwnToken own = new OwnToken(clients, settings, Duration.ofSeconds(1));
        Refunds.connect().register(post("/token").willReturn(ok().withFixedDelay(NEVER_MILLIS)));
        for (int i = 0; i < MORE_THAN_A_CLIENT_HAS_CONNECTIONS; i++) {
            assertThrows(TimeoutException.class, () -> own.get().await().atMost(BOUND));
        }

        Refunds.connect();

        assertEquals(Refunds.TOKEN, own.get().await().atMost(BOUND));
    }
}
