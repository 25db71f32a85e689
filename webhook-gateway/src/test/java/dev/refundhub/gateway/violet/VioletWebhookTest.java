package dev.refundhub.gateway.violet;

import static dev.refundhub.gateway.SampleBodies.sample;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.refundhub.gateway.Delivery;
import dev.refundhub.gateway.Reading;
import dev.refundhub.gateway.Reading.NothingToTell;
import dev.refundhub.gateway.Reading.Quarantined;
import dev.refundhub.gateway.Reading.Reason;
import dev.refundhub.gateway.Reading.Told;
import dev.refundhub.messages.SaleHint;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VioletWebhookTest {

    private static final UUID ID = UUID.fromString("0199c0de-0000-7000-8000-000000000001");
    private static final Instant NOW = Instant.parse("2026-03-31T23:00:25.146Z");
    private static final String BAG = sample("violet/order-refunded.json");
    private static final String ORDER = sample("violet/order-updated.json");

    @Test
    void aRefundIsAHintToLookIntoTheBag() {
        Told told = assertInstanceOf(
                Told.class, read("ORDER_REFUNDED", BAG, "x-violet-order-id", "61001", "x-violet-bag-id", "62001"));

        assertEquals("violet/violet/61001", told.key());
        assertEquals("dev.refundhub.sale-hint.v1", told.type());
        assertEquals(
                new SaleHint(
                        "violet", "VIOLET", ID.toString(), NOW, "61001", "violet", 61001, 62001L, "ORDER_REFUNDED"),
                told.message());
    }

    @Test
    void withoutTheHeadersTheBodySaysWhere() {
        SaleHint bag = hint(read("ORDER_REFUNDED", BAG));
        SaleHint order = hint(read("ORDER_UPDATED", ORDER));

        assertEquals(61001, bag.violetOrderId());
        assertEquals(62001L, bag.bagId());
        assertEquals(61001, order.violetOrderId());
        assertEquals(62001L, order.bagId());
    }

    @Test
    void ofAnOrderWithSeveralBagsNobodyKnowsWhich() {
        assertEquals(
                null,
                hint(read("ORDER_UPDATED", "{\"id\":61001,\"bags\":[{\"id\":1},{\"id\":2}]}"))
                        .bagId());
    }

    @Test
    void theIdOfAPaymentIsNoBag() {
        SaleHint hint = hint(read("PAYMENT_TRANSACTION_CAPTURE_STATUS_REFUNDED", "{\"id\":9,\"order_id\":61001}"));

        assertEquals(61001, hint.violetOrderId());
        assertEquals(null, hint.bagId());
    }

    @ParameterizedTest
    @ValueSource(strings = {"ORDER_CANCELED", "ORDER_CANCELLED", "ORDER_RETURNED", "ORDER_UPDATED"})
    void whatMayChangeTheRefundsOfABagIsWorthALook(String topic) {
        assertEquals(topic, hint(read(topic, BAG)).topic());
    }

    @ParameterizedTest
    @ValueSource(strings = {"ORDER_SHIPPED", "OFFER_ADDED", "MERCHANT_SYNC_COMPLETED", "PAYOUT_SENT", "SOMETHING_NEW"})
    void whatMeansNothingToUsIsToldToNobody(String topic) {
        assertEquals(new NothingToTell(), read(topic, "{\"id\":1}"));
    }

    @Test
    void whatCannotBeReadIsQuarantined() {
        assertEquals(new Quarantined(Reason.UNKNOWN_TOPIC), read("", BAG));
        assertEquals(new Quarantined(Reason.UNKNOWN_TOPIC), read("ORDER_UPDATED, ORDER_SHIPPED", BAG));
        assertEquals(new Quarantined(Reason.NOT_JSON), read("ORDER_UPDATED", "{"));
        assertEquals(new Quarantined(Reason.NO_ORDER_ID), read("ORDER_UPDATED", "null"));
        assertEquals(new Quarantined(Reason.NO_ORDER_ID), read("ORDER_UPDATED", "{\"id\":5}"));
        assertEquals(new Quarantined(Reason.NO_ORDER_ID), read("ORDER_UPDATED", "{\"id\":5,\"order_id\":-1}"));
        assertEquals(new Quarantined(Reason.NO_ORDER_ID), read("ORDER_UPDATED", "{\"order_id\":1e400}"));
    }

    @Test
    void anIdInAHeaderThatIsNoneIsNotRead() {
        assertEquals(
                61001,
                hint(read("ORDER_UPDATED", BAG, "x-violet-order-id", "1; drop")).violetOrderId());
    }

    private static SaleHint hint(Reading reading) {
        return assertInstanceOf(
                SaleHint.class, assertInstanceOf(Told.class, reading).message());
    }

    private static Reading read(String topic, String body, String... headers) {
        JsonObject kept = new JsonObject().put("x-violet-topic", topic);
        for (int i = 0; i < headers.length; i += 2) {
            kept.put(headers[i], headers[i + 1]);
        }
        return VioletWebhook.read(new Delivery(ID, "violet", NOW, kept, Buffer.buffer(body)), "violet");
    }
}
