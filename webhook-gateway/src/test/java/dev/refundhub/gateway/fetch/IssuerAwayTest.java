package dev.refundhub.gateway.fetch;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.refundhub.gateway.SampleBodies;
import dev.refundhub.gateway.SentDelivery;
import dev.refundhub.gateway.Surroundings;
import dev.refundhub.gateway.Tokens;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import org.junit.jupiter.api.Test;

/** The provider of tokens was away when the gateway started, and still is. */
@QuarkusTest
@WithTestResource(value = Surroundings.class, initArgs = @ResourceArg(name = "issuer", value = "away"))
class IssuerAwayTest {

    @TestHTTPResource("/")
    URI gateway;

    @TestHTTPResource(value = "/health/ready", management = true)
    URI ready;

    @Test
    void deliveriesAreAcceptedAllTheSame() {
        assertEquals(
                200,
                SentDelivery.to(gateway, "acme-shipped", SampleBodies.refundRequest(7101))
                        .signed(Surroundings.SECRET)
                        .send()
                        .statusCode());
        assertEquals(200, get(ready, "none"));
    }

    @Test
    void whoeverNeedsATokenShallComeAgain() {
        assertEquals(
                503,
                get(
                        gateway.resolve("/webhooks/acme-refundid/order?order_number=1&email=a%40b"),
                        "Bearer " + Surroundings.TOKEN));
        assertEquals(503, get(gateway.resolve("/api/v2/deliveries"), "Bearer " + Tokens.operator()));
    }

    private static int get(URI address, String authorization) {
        return SentDelivery.to(address, "none", "")
                .at(address)
                .as("GET", BodyPublishers.noBody())
                .with("Authorization", authorization)
                .send()
                .statusCode();
    }
}
