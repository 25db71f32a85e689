package dev.refundhub.gateway.source;

import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.refundhub.gateway.SampleBodies;
import dev.refundhub.gateway.SentDelivery;
import dev.refundhub.gateway.Surroundings;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.response.ValidatableResponse;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(Surroundings.class)
class SourcesPageTest {

    @TestHTTPResource("/")
    URI gateway;

    @TestHTTPResource(value = "/sources", management = true)
    URI page;

    @Test
    void everySourceIsListedWithItsChecksAndWithoutSecrets() {
        page().body("sources.name", hasItem("acme-shipped"))
                .body("sources.find { it.name == 'acme-shipped' }.seller", equalTo("acme"))
                .body("sources.find { it.name == 'acme-shipped' }.partner", equalTo("shipped-suite"))
                .body("sources.find { it.name == 'acme-shipped' }.checks.hmac.secrets", equalTo(2))
                .body("sources.find { it.name == 'violet' }.account", equalTo("violet"))
                .body("sources.find { it.name == 'acme-optoro' }.checks", hasKey("basic"))
                .body(not(containsString(Surroundings.SECRET)))
                .body(not(containsString(Surroundings.PASSWORD)))
                .body(not(containsString(Surroundings.TOKEN)));
    }

    @Test
    void whyADeliveryWasNotTrustedIsExplainedWithoutWhatItSent() {
        SentDelivery.to(gateway, "globex-shipped", SampleBodies.refundRequest())
                .signed("a secret that nobody has")
                .with("X-Sent", "something that was sent")
                .send();
        SentDelivery.to(gateway, "no-such-source", "{}").send();

        page().body("sources.find { it.name == 'globex-shipped' }.notTrusted.checks.hmac.found", hasItem("WRONG"))
                .body(
                        "sources.find { it.name == 'globex-shipped' }.notTrusted[0].checks.hmac.means",
                        containsString("signature"))
                .body("unknownSources.checks.source.found", hasItem("NO_SUCH_SOURCE"))
                .body(not(containsString("no-such-source")))
                .body(not(containsString("something that was sent")));
    }

    @Test
    void withoutASecretOfItsOwnTheGatewayShowsNothingAndSaysComeAgain() {
        HttpResponse<String> answer = SentDelivery.to(gateway, "acme-refundid", "")
                .at(gateway.resolve("/webhooks/acme-refundid/order?order_number=1&email=a%40b"))
                .as("GET", BodyPublishers.noBody())
                .with("Authorization", "Bearer " + Surroundings.TOKEN)
                .send();

        assertEquals(503, answer.statusCode());
        assertEquals("1", answer.headers().firstValue("Retry-After").orElseThrow());
    }

    @Test
    void theWayCountsAsTheTrustedProxyTellsIt() {
        assertEquals(200, strict("CN=rapi.refundid.com", "203.0.113.7").statusCode());
        assertEquals(401, strict("CN=rapi.refundid.com", "198.51.100.7").statusCode());
        assertEquals(
                401, strict("CN=rapi.refundid.com", "203.0.113.7, 198.51.100.7").statusCode());
        assertEquals(401, strict("CN=someone.else", "203.0.113.7").statusCode());

        page().body("sources.find { it.name == 'strict-refundid' }.notTrusted.checks.address.found", hasItem("WRONG"));
    }

    private HttpResponse<String> strict(String subject, String from) {
        return SentDelivery.to(gateway, "strict-refundid", "{}")
                .with("Authorization", "Bearer " + Surroundings.TOKEN)
                .with("ssl-client-subject-dn", subject)
                .with("X-Forwarded-For", from)
                .send();
    }

    private ValidatableResponse page() {
        return RestAssured.get(page).then().statusCode(200);
    }
}
