package dev.refundhub.gateway.delivery;

import static dev.refundhub.gateway.SampleBodies.refundRequest;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.refundhub.gateway.KeptDeliveries;
import dev.refundhub.gateway.PartnerEventsTopic;
import dev.refundhub.gateway.SentDelivery;
import dev.refundhub.gateway.Surroundings;
import dev.refundhub.gateway.Tokens;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What operators see of deliveries, and how they have them told again. */
@QuarkusTest
@WithTestResource(Surroundings.class)
class DeliveryResourceTest {

    private static final String DELIVERIES = "/api/v2/deliveries";
    private static final Duration SOON = Duration.ofSeconds(10);

    @TestHTTPResource("/")
    URI gateway;

    @ConfigProperty(name = "kafka.bootstrap.servers")
    String kafka;

    @Inject
    KeptDeliveries kept;

    @Test
    void whatWasNotUnderstoodIsListedAndShownWhole() {
        String id = quarantined("{\"nobody\":\"knows\"}");

        operator()
                .get(DELIVERIES + "?state=QUARANTINED&source=acme-shipped")
                .then()
                .statusCode(200)
                .body("data.id", hasItem(id))
                .body("data.state", everyItem(equalTo("QUARANTINED")))
                .body("data[0].body", nullValue());
        operator()
                .get(DELIVERIES + "/" + id)
                .then()
                .statusCode(200)
                .body("data.reason", equalTo("UNKNOWN_TOPIC"))
                .body("data.body", equalTo("{\"nobody\":\"knows\"}"))
                .body("data.bytes", equalTo(18))
                .body("data.headers.host", containsString("localhost"))
                .body(not(containsString("hmac")));
    }

    @Test
    void aBodyThatIsNoTextIsShownInBase64() {
        byte[] body = {(byte) 0xff, 0, 1};
        String id = SentDelivery.to(gateway, "acme-shipped", body)
                .signed(Surroundings.SECRET)
                .send()
                .headers()
                .firstValue("Delivery-Id")
                .orElseThrow();

        operator()
                .get(DELIVERIES + "/" + id)
                .then()
                .body("data.bodyBase64", equalTo("/wAB"))
                .body("data.body", nullValue());
    }

    @Test
    void theListGoesOnBeforeAnId() {
        String since = Instant.now().toString();
        String first = quarantined("{\"a\":1}");
        String second = quarantined("{\"a\":2}");
        String third = quarantined("{\"a\":3}");

        operator()
                .get(DELIVERIES + "?source=acme-shipped&size=2&since=" + since)
                .then()
                .body("data.id", equalTo(java.util.List.of(third, second)))
                .body("page.hasNext", equalTo(true));
        operator()
                .get(DELIVERIES + "?source=acme-shipped&size=2&since=" + since + "&before=" + second)
                .then()
                .body("data.id", equalTo(java.util.List.of(first)))
                .body("page.hasNext", equalTo(false));
    }

    @Test
    void whatIsRetriedIsReadAnew() {
        String id = accepted(refundRequest(7001));
        await().atMost(SOON).until(() -> kept.stateOf(id).equals("TOLD"));
        kept.change("update delivery set state = 'QUARANTINED', reason = 'UNKNOWN_TOPIC' where id = '" + id + "'");

        operator().post(DELIVERIES + "/" + id + "/retry").then().statusCode(202);

        await().atMost(SOON).until(() -> kept.stateOf(id).equals("TOLD"));
        await().atMost(SOON).until(() -> told("acme/acme-shipped/7001") == 2);
    }

    @Test
    void whatCameInASpanOfTimeIsToldAgain() {
        String before = accepted(refundRequest(7002));
        await().atMost(SOON).until(() -> kept.stateOf(before).equals("TOLD"));
        String since = Instant.now().plusMillis(5).toString();
        await().until(() -> Instant.now().isAfter(Instant.parse(since)));
        String within = accepted(refundRequest(7003));
        await().atMost(SOON).until(() -> kept.stateOf(within).equals("TOLD"));
        String until = Instant.now().plusMillis(5).toString();
        await().until(() -> Instant.now().isAfter(Instant.parse(until)));

        operator()
                .post(DELIVERIES + "/retell?source=acme-shipped&since=" + since + "&until=" + until)
                .then()
                .statusCode(202)
                .body("data.deliveries", equalTo(1));

        await().atMost(SOON).until(() -> told("acme/acme-shipped/7003") == 2);
        assertEquals(1, told("acme/acme-shipped/7002"));
    }

    @Test
    void moreThanOnePortionIsToldAgainToTheLast() {
        String source = "hooli-shipped";
        kept.change(
                """
                insert into delivery (id, source, received_at, sha256, headers, body, state)
                select ('00000000-0000-7000-8000-' || lpad(to_hex(n), 12, '0'))::uuid, 'hooli-shipped', now(), '', '{}', '', 'TOLD'
                from generate_series(1, 4500) n
                """);

        operator()
                .post(DELIVERIES + "/retell?since=1970-01-01T00:00:00Z&until=1970-01-02T00:00:00Z&source=" + source)
                .then()
                .statusCode(202)
                .body("data.deliveries", equalTo(4500));

        assertEquals(
                "4500", kept.one("select count(*) from delivery where source = 'hooli-shipped' and state = 'NEW'"));
        kept.change("delete from delivery where source = 'hooli-shipped'");
    }

    @Test
    void nothingThatIsNotThereIsFound() {
        String none = "/0199b5a5-0000-7000-8000-000000000000";
        operator().get(DELIVERIES + none).then().statusCode(404).contentType("application/problem+json");
        operator().post(DELIVERIES + none + "/retry").then().statusCode(404);
        operator().get(DELIVERIES + "/x").then().statusCode(404);
        operator().post(DELIVERIES + "/x/retry").then().statusCode(404);
        operator().get(DELIVERIES + "?source=nobody").then().statusCode(200).body("data", hasSize(0));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "state=LOST",
                "source=A/b",
                "since=yesterday",
                "since=-1000000000-01-01T00:00:00Z",
                "until=1969-12-31T23:59:59Z",
                "before=1",
                "size=0",
                "size=101",
                "size=x"
            })
    void aQuestionThatCannotBeMeantIsRefused(String query) {
        operator().get(DELIVERIES + "?" + query).then().statusCode(400).body("violations", hasSize(1));
    }

    @ParameterizedTest
    @ValueSource(strings = {"x=y", "until=2026-01-01T00:00:00Z", "since=2026-01-01T00:00:00Z&state=TOLD", "since=x"})
    void nothingIsToldAgainWithoutASpanOfTime(String query) {
        operator().post(DELIVERIES + "/retell?" + query).then().statusCode(400);
    }

    @ParameterizedTest
    @ValueSource(strings = {"SELLER", "CUSTOMER", "SERVICE", "GATEWAY"})
    void onlyOperatorsMayAsk(String role) {
        for (String path : new String[] {"", "/0199b5a5-0000-7000-8000-000000000000"}) {
            as(Tokens.of(role)).get(DELIVERIES + path).then().statusCode(403);
        }
        as(Tokens.of(role))
                .post(DELIVERIES + "/retell?since=2026-01-01T00:00:00Z")
                .then()
                .statusCode(403);
        as(Tokens.of(role))
                .post(DELIVERIES + "/0199b5a5-0000-7000-8000-000000000000/retry")
                .then()
                .statusCode(403);
    }

    @Test
    void nobodyAsksWithoutAToken() {
        RestAssured.given().port(gateway.getPort()).get(DELIVERIES).then().statusCode(401);
        as("nonsense").get(DELIVERIES).then().statusCode(401);
        RestAssured.given()
                .port(gateway.getPort())
                .auth()
                .preemptive()
                .basic("optoro", Surroundings.PASSWORD)
                .get(DELIVERIES)
                .then()
                .statusCode(401);
    }

    private String quarantined(String body) {
        String id = accepted(body);
        await().atMost(SOON).until(() -> kept.stateOf(id).startsWith("QUARANTINED"));
        return id;
    }

    private String accepted(String body) {
        return SentDelivery.to(gateway, "acme-shipped", body.getBytes(UTF_8))
                .signed(Surroundings.SECRET)
                .send()
                .headers()
                .firstValue("Delivery-Id")
                .orElseThrow();
    }

    private int told(String key) {
        return PartnerEventsTopic.told(kafka, key).size();
    }

    private RequestSpecification operator() {
        return as(Tokens.operator());
    }

    private RequestSpecification as(String token) {
        return RestAssured.given().port(gateway.getPort()).auth().oauth2(token);
    }
}
