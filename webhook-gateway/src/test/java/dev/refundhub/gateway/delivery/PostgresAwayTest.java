package dev.refundhub.gateway.delivery;

import static dev.refundhub.gateway.SampleBodies.refundRequest;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.refundhub.gateway.KeptDeliveries;
import dev.refundhub.gateway.SentDelivery;
import dev.refundhub.gateway.Surroundings;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(value = Surroundings.class, initArgs = @ResourceArg(name = "postgres", value = "own"))
class PostgresAwayTest {

    @TestHTTPResource("/")
    URI gateway;

    @TestHTTPResource(value = "/health", management = true)
    URI health;

    @TestHTTPResource(value = "/metrics", management = true)
    URI metrics;

    @Inject
    KeptDeliveries kept;

    @Test
    void nothingIsAcceptedAndTheReplicaIsNotReadyButAlive() throws IOException {
        assertEquals(200, status("/ready"));
        await().atMost(Duration.ofSeconds(20)).until(() -> secondsOfSilence() < 3);

        Path data = Path.of(kept.one("show data_directory"));
        long postmaster = Long.parseLong(
                Files.readAllLines(data.resolve("postmaster.pid")).get(0));
        assertTrue(ProcessHandle.of(postmaster).orElseThrow().destroyForcibly());

        await().atMost(Duration.ofSeconds(20)).until(() -> status("/ready") == 503);
        assertEquals(200, status("/live"));
        assertEquals(
                503,
                SentDelivery.to(gateway, "acme-shipped", refundRequest())
                        .signed(Surroundings.SECRET)
                        .send()
                        .statusCode());
        await().atMost(Duration.ofSeconds(20)).until(() -> secondsOfSilence() > 3);
    }

    /** NaN until it is counted for the first time. */
    private double secondsOfSilence() {
        String name = "hub_database_silent_seconds ";
        return SentDelivery.to(gateway, "acme-shipped", "")
                .at(metrics)
                .as("GET", BodyPublishers.noBody())
                .send()
                .body()
                .lines()
                .filter(line -> line.startsWith(name))
                .mapToDouble(line -> Double.parseDouble(line.substring(name.length())))
                .findFirst()
                .orElse(Double.NaN);
    }

    private int status(String check) {
        return SentDelivery.to(gateway, "acme-shipped", "")
                .at(URI.create(health + check))
                .as("GET", BodyPublishers.noBody())
                .send()
                .statusCode();
    }
}
