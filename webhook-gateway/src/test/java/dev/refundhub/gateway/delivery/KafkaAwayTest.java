package dev.refundhub.gateway.delivery;

import static dev.refundhub.gateway.SampleBodies.refundRequest;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.refundhub.gateway.KeptDeliveries;
import dev.refundhub.gateway.PartnerEventsTopic;
import dev.refundhub.gateway.SentDelivery;
import dev.refundhub.gateway.Surroundings;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.reactive.messaging.kafka.companion.test.EmbeddedKafkaBroker;
import jakarta.inject.Inject;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(value = Surroundings.class, initArgs = @ResourceArg(name = "kafka", value = "later"))
class KafkaAwayTest {

    @TestHTTPResource("/")
    URI gateway;

    @TestHTTPResource(value = "/health/ready", management = true)
    URI readiness;

    @ConfigProperty(name = "kafka.bootstrap.servers")
    String kafka;

    @Inject
    KeptDeliveries kept;

    @Inject
    Telling telling;

    @Test
    void whatArrivesMeanwhileIsAcceptedAndToldWhenKafkaIsBack() {
        List<String> ids = IntStream.range(600, 620)
                .mapToObj(caseRef -> SentDelivery.to(gateway, "acme-shipped", refundRequest(caseRef))
                        .signed(Surroundings.SECRET)
                        .send())
                .map(HttpResponse::headers)
                .map(headers -> headers.firstValue("Delivery-Id").orElseThrow())
                .toList();

        await().atMost(Duration.ofSeconds(20)).until(telling.kafka()::inTrouble);
        ids.forEach(id -> assertEquals("NEW", kept.stateOf(id)));
        assertEquals(
                200,
                SentDelivery.to(gateway, "acme-shipped", "")
                        .at(readiness)
                        .as("GET", BodyPublishers.noBody())
                        .send()
                        .statusCode());

        try (EmbeddedKafkaBroker broker = new EmbeddedKafkaBroker()
                .withKafkaPort(URI.create("kafka://" + kafka).getPort())
                .withDeleteLogDirsOnClose(true)
                .withAdditionalProperties(settings -> settings.put("auto.create.topics.enable", "false"))
                .start()) {
            PartnerEventsTopic.create(broker.getAdvertisedListeners());

            await().atMost(Duration.ofSeconds(40))
                    .until(() -> ids.stream().allMatch(id -> kept.stateOf(id).equals("TOLD")));
            assertFalse(PartnerEventsTopic.told(kafka, "acme/acme-shipped/600").isEmpty());
            assertFalse(telling.kafka().inTrouble());
        }
    }
}
