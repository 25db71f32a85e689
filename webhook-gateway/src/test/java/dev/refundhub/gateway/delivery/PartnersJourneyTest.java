package dev.refundhub.gateway.delivery;

import static dev.refundhub.gateway.SampleBodies.sample;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.refundhub.gateway.KeptDeliveries;
import dev.refundhub.gateway.PartnerEventsTopic;
import dev.refundhub.gateway.SentDelivery;
import dev.refundhub.gateway.Surroundings;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.net.URI;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;

/** What each partner sends, through the door and on to Kafka. */
@QuarkusTest
@WithTestResource(Surroundings.class)
class PartnersJourneyTest {

    @TestHTTPResource("/")
    URI gateway;

    @ConfigProperty(name = "kafka.bootstrap.servers")
    String kafka;

    @Inject
    KeptDeliveries kept;

    @Test
    void optoroComesWithAPassword() {
        accepted(optoro("optoro/created.json").with("Authorization", basic(Surroundings.PASSWORD)));

        assertEquals("dev.refundhub.return.v1", typeOfTold("acme/acme-optoro/RMA-70001"));
    }

    @Test
    void refundidComesToItsDoorWithAToken() {
        accepted(
                refundid("refundid/refunding.json", "/refundid").with("Authorization", "Bearer " + Surroundings.TOKEN));

        assertEquals("dev.refundhub.instant-refund.v1", typeOfTold("acme/acme-refundid/rfd_900"));
    }

    @Test
    void refundidMayComeToTheAddressItself() {
        accepted(refundid("refundid/failed.json", "").with("Authorization", "Bearer " + Surroundings.TOKEN));

        assertEquals("dev.refundhub.instant-refund.v1", typeOfTold("acme/acme-refundid/rfd_901"));
    }

    @Test
    void aStatusThatRefundidInventsIsQuarantined() {
        String id = accepted(refundid("refundid/unknown-status.json", "/refundid")
                .with("Authorization", "Bearer " + Surroundings.TOKEN));

        await().atMost(Duration.ofSeconds(5)).until(() -> kept.stateOf(id).equals("QUARANTINED UNKNOWN_STATUS"));
    }

    @Test
    void violetSignsAndSaysWhereInHeaders() {
        accepted(violet("ORDER_REFUNDED").with("X-Violet-Order-Id", "61001").with("X-Violet-Bag-Id", "62001"));

        assertEquals("dev.refundhub.sale-hint.v1", typeOfTold("violet/violet/61001"));
    }

    @Test
    void whatMeansNothingToUsIsKeptAndDoneWith() {
        String id = accepted(violet("MERCHANT_SYNC_COMPLETED").with("X-Violet-Order-Id", "61002"));

        await().atMost(Duration.ofSeconds(5)).until(() -> kept.stateOf(id).equals("TOLD"));
        assertEquals(List.of(), PartnerEventsTopic.told(kafka, "violet/violet/61002"));
    }

    @Test
    void nobodyComesInWithoutItsOwnCredential() {
        int before = kept.count();

        refused(optoro("optoro/gift.json"));
        refused(optoro("optoro/gift.json").with("Authorization", basic("another password")));
        refused(optoro("optoro/gift.json").with("Authorization", "Bearer " + Surroundings.TOKEN));
        refused(optoro("optoro/gift.json")
                .with("Authorization", basic(Surroundings.PASSWORD))
                .with("Authorization", basic(Surroundings.PASSWORD)));
        refused(optoro("optoro/gift.json").signed(Surroundings.SECRET));
        refused(refundid("refundid/failed.json", "/refundid"));
        refused(refundid("refundid/failed.json", "/refundid").with("Authorization", basic(Surroundings.PASSWORD)));
        refused(SentDelivery.to(gateway, "violet", sample("violet/order-refunded.json"))
                .with("X-Violet-Topic", "ORDER_REFUNDED")
                .signed(Surroundings.VIOLET_SECRET));
        assertEquals(before, kept.count());
    }

    @Test
    void onlyRefundidComesToItsDoor() {
        int before = kept.count();

        refused(SentDelivery.to(gateway, "acme-optoro/refundid", sample("optoro/gift.json"))
                .with("Authorization", basic(Surroundings.PASSWORD)));
        assertEquals(before, kept.count());
    }

    private SentDelivery optoro(String sample) {
        return SentDelivery.to(gateway, "acme-optoro", sample(sample));
    }

    private SentDelivery refundid(String sample, String door) {
        return SentDelivery.to(gateway, "acme-refundid" + door, sample(sample));
    }

    private SentDelivery violet(String topic) {
        String body = sample("violet/order-refunded.json");
        return SentDelivery.to(gateway, "violet", body)
                .with("X-Violet-Topic", topic)
                .with("X-Violet-Hmac", SentDelivery.signature(body.getBytes(UTF_8), Surroundings.VIOLET_SECRET));
    }

    private static String basic(String password) {
        return "Basic " + Base64.getEncoder().encodeToString(("optoro:" + password).getBytes(UTF_8));
    }

    private static void refused(SentDelivery sent) {
        HttpResponse<String> answer = sent.send();

        assertEquals(401, answer.statusCode());
        assertEquals("", answer.body());
    }

    private static String accepted(SentDelivery sent) {
        HttpResponse<String> answer = sent.send();

        assertEquals(200, answer.statusCode());
        return answer.headers().firstValue("Delivery-Id").orElseThrow();
    }

    private String typeOfTold(String key) {
        await().atMost(Duration.ofSeconds(10))
                .until(() -> !PartnerEventsTopic.told(kafka, key).isEmpty());
        ConsumerRecord<String, String> told =
                PartnerEventsTopic.told(kafka, key).get(0);
        return new String(told.headers().lastHeader("ce_type").value(), UTF_8);
    }
}
