package dev.refundhub.gateway.fetch;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.absent;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.github.tomakehurst.wiremock.client.MappingBuilder;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.client.WireMock;
import com.github.tomakehurst.wiremock.matching.RequestPatternBuilder;
import dev.refundhub.gateway.KeptDeliveries;
import dev.refundhub.gateway.SampleBodies;
import dev.refundhub.gateway.SentDelivery;
import dev.refundhub.gateway.Surroundings;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Refundid asks for orders and returns; refunds-service and the issuer answer as they would. */
@QuarkusTest
@WithTestResource(Surroundings.class)
@WithTestResource(Refunds.class)
class FetchResourceTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String ORDERS = "/api/v2/orders/lookup";

    @TestHTTPResource("/")
    URI gateway;

    @Inject
    KeptDeliveries kept;

    private final ExecutorService senders = Executors.newFixedThreadPool(40);

    private WireMock refunds;

    @BeforeEach
    void connect() {
        refunds = Refunds.connect();
    }

    @AfterEach
    void end() {
        senders.shutdown();
    }

    @Test
    void anOrderIsShownAsRefundidsDocumentsHaveIt() throws JsonProcessingException {
        answers(get(urlPathEqualTo(ORDERS)), okJson(SampleBodies.sample("refundid/shown-order.json")));

        HttpResponse<String> answer = ask("order?order_number=1001&email=jo%40example.org&shop=acme&key=k-1");

        assertEquals(200, answer.statusCode(), answer.body());
        assertEquals(expected("refundid/order.json"), JSON.readTree(answer.body()));
        assertEquals("no-store", answer.headers().firstValue("Cache-Control").orElseThrow());
        verify(getRequestedFor(urlPathEqualTo(ORDERS))
                .withQueryParam("seller", equalTo("acme"))
                .withQueryParam("number", equalTo("1001"))
                .withQueryParam("email", equalTo("jo@example.org"))
                .withQueryParam("key", equalTo("k-1"))
                .withQueryParam("ref", absent())
                .withQueryParam("returnRef", absent())
                .withHeader("Authorization", equalTo("Bearer " + Refunds.TOKEN)));
    }

    @Test
    void aReturnIsShownAsRefundidsDocumentsHaveIt() throws JsonProcessingException {
        answers(
                get(urlPathEqualTo("/api/v2/returns/rma%2055%2F1")),
                okJson(SampleBodies.sample("refundid/shown-return.json")));

        HttpResponse<String> answer = ask("refund?merchantRmaRef=rma+55%2F1&key=k-55");

        assertEquals(200, answer.statusCode(), answer.body());
        assertEquals(expected("refundid/return.json"), JSON.readTree(answer.body()));
        verify(getRequestedFor(urlPathEqualTo("/api/v2/returns/rma%2055%2F1"))
                .withQueryParam("seller", equalTo("acme"))
                .withQueryParam("key", equalTo("k-55")));
    }

    @Test
    void theOrderOfAReturnIsAskedForWithTheReturnsKey() {
        answers(get(urlPathEqualTo(ORDERS)), okJson(SampleBodies.sample("refundid/shown-order.json")));

        HttpResponse<String> answer = ask("order?merchant_order_ref=ord_1001&merchant_rma_ref=rma_55&key=k-55");

        assertEquals(200, answer.statusCode());
        assertFalse(answer.body().contains("email"), answer.body());
        verify(getRequestedFor(urlPathEqualTo(ORDERS))
                .withQueryParam("ref", equalTo("ord_1001"))
                .withQueryParam("returnRef", equalTo("rma_55"))
                .withQueryParam("key", equalTo("k-55")));
    }

    @Test
    void whatIsNotThereAndWhatIsSomebodyElsesAreTheSame() {
        answers(get(urlPathEqualTo(ORDERS)), aResponse().withStatus(404).withBody("{\"status\":404}"));
        answers(get(urlPathEqualTo("/api/v2/returns/r")), aResponse().withStatus(404));

        HttpResponse<String> order = ask("order?order_number=1&email=a%40b");
        HttpResponse<String> back = ask("refund?merchant_rma_ref=r&key=k");

        assertEquals("404 {\"error\":\"order_not_found\"}", order.statusCode() + " " + order.body());
        assertEquals("404 {\"error\":\"order_not_found\"}", back.statusCode() + " " + back.body());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "order",
                "order?order_number=1",
                "order?email=a%40b",
                "order?order_number=&email=a%40b",
                "order?order_number=1&order_number=2&email=a%40b",
                "order?merchant_rma_ref=1&email=a%40b",
                "refund",
                "refund?merchant_rma_ref=1",
                "refund?key=1"
            })
    void aQuestionThatLacksSomethingIsRefused(String question) {
        HttpResponse<String> answer = ask(question);

        assertEquals("422 {\"error\":\"invalid_parameters\"}", answer.statusCode() + " " + answer.body());
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 401, 403, 500, 503, 302})
    void whateverElseRefundsServiceSaysRefundidShallComeAgain(int status) {
        answers(get(urlPathEqualTo(ORDERS)), aResponse().withStatus(status).withHeader("Location", "/elsewhere"));

        comesAgain(ask("order?order_number=1&email=a%40b"));
    }

    @Test
    void whatCannotBeReadIsNotShown() {
        answers(get(urlPathEqualTo(ORDERS)), okJson("{\"data\":"));
        comesAgain(ask("order?order_number=1&email=a%40b"));

        answers(get(urlPathEqualTo(ORDERS)), okJson("{\"data\":{\"id\":\"1\",\"lines\":null}}"));
        comesAgain(ask("order?order_number=1&email=a%40b"));
    }

    @Test
    void refundidWaitsASecondAndNoLonger() {
        answers(get(urlPathEqualTo(ORDERS)), okJson("{}").withFixedDelay(5000));
        long began = System.nanoTime();

        comesAgain(ask("order?order_number=1&email=a%40b"));

        long millis = (System.nanoTime() - began) / 1_000_000;
        assertEquals(1, millis / 1000, millis + " ms");
    }

    @Test
    void whoHangsTakesNoConnectionFromWhoComesAfterwards() {
        answers(get(urlPathEqualTo(ORDERS)), okJson("{}").withFixedDelay(5_000));
        List<CompletableFuture<Void>> hanging = IntStream.range(0, 40)
                .mapToObj(i -> CompletableFuture.runAsync(() -> ask("order?order_number=1&email=a%40b"), senders))
                .toList();
        hanging.forEach(CompletableFuture::join);

        answers(get(urlPathEqualTo(ORDERS)), okJson(SampleBodies.sample("refundid/shown-order.json")));

        assertEquals(200, ask("order?order_number=1&email=a%40b").statusCode());
    }

    @Test
    void nobodyElseIsAnsweredAndNothingIsAskedOrKept() {
        int before = kept.count();

        assertEquals(
                401, askAs("acme-refundid", "order?order_number=1&email=a", "").statusCode());
        assertEquals(
                401,
                askAs("acme-refundid", "order?order_number=1&email=a", "Bearer wrong token")
                        .statusCode());
        assertEquals(
                401,
                askAs("no-such", "order?order_number=1&email=a", "Bearer " + Surroundings.TOKEN)
                        .statusCode());
        assertEquals(
                401,
                askAs("acme-optoro", "order?order_number=1&email=a", "Bearer " + Surroundings.TOKEN)
                        .statusCode());
        assertEquals(
                "",
                askAs("acme-refundid", "refund?merchant_rma_ref=1&key=k", "").body());
        assertEquals(
                405,
                SentDelivery.to(gateway, "acme-refundid/order", "{}")
                        .with("Authorization", "Bearer " + Surroundings.TOKEN)
                        .send()
                        .statusCode());

        refunds.verifyThat(0, getRequestedFor(urlPathEqualTo(ORDERS)));
        assertEquals(before, kept.count());
    }

    private static void comesAgain(HttpResponse<String> answer) {
        assertEquals(503, answer.statusCode(), answer.body());
        assertEquals("1", answer.headers().firstValue("Retry-After").orElseThrow());
    }

    private void answers(MappingBuilder question, ResponseDefinitionBuilder answer) {
        refunds.register(question.willReturn(answer));
    }

    private void verify(RequestPatternBuilder request) {
        refunds.verifyThat(1, request);
    }

    private HttpResponse<String> ask(String question) {
        return askAs("acme-refundid", question, "Bearer " + Surroundings.TOKEN);
    }

    private HttpResponse<String> askAs(String source, String question, String authorization) {
        return SentDelivery.to(gateway, source, "")
                .at(gateway.resolve("/webhooks/" + source + "/" + question))
                .as("GET", BodyPublishers.noBody())
                .with("Authorization", authorization)
                .send();
    }

    /** What is null in the sample is left out in ours. */
    private static JsonNode expected(String sample) throws JsonProcessingException {
        JsonNode answer = JSON.readTree(SampleBodies.sample(sample));
        answer.path("line_items").forEach(line -> ((ObjectNode) line).remove("tax_detail"));
        return answer;
    }
}
