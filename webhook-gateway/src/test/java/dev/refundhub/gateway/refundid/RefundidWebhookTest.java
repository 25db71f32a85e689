package dev.refundhub.gateway.refundid;

import static dev.refundhub.gateway.SampleBodies.sample;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.refundhub.gateway.Delivery;
import dev.refundhub.gateway.Reading;
import dev.refundhub.gateway.Reading.Quarantined;
import dev.refundhub.gateway.Reading.Reason;
import dev.refundhub.gateway.Reading.Told;
import dev.refundhub.messages.InstantRefund;
import dev.refundhub.messages.PartnerClaim;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class RefundidWebhookTest {

    private static final UUID ID = UUID.fromString("0199c0de-0000-7000-8000-000000000001");
    private static final Instant NOW = Instant.parse("2026-03-31T23:00:25.146Z");
    private static final String REFUNDING = sample("refundid/refunding.json");

    @Test
    void theFirstNotificationSaysThatItIsBeingPaid() {
        Told told = assertInstanceOf(Told.class, read(REFUNDING));

        assertEquals("acme/acme-refundid/rfd_900", told.key());
        assertEquals("dev.refundhub.instant-refund.v1", told.type());
        assertEquals(refund("rfd_900", "REFUNDING", 8495L, "AUD"), told.message());
    }

    @Test
    void theNextOneSaysThatItIsPaid() {
        assertEquals(refund("rfd_900", "REFUNDED", 8495L, "AUD"), told(sample("refundid/refundid.json")));
    }

    @Test
    void aFailureNeedsNoAmount() {
        assertEquals(refund("rfd_901", "FAILED", null, null), told(sample("refundid/failed.json")));
    }

    @Test
    void aStatusOfANewerVersionIsForAPerson() {
        assertEquals(new Quarantined(Reason.UNKNOWN_STATUS), read(sample("refundid/unknown-status.json")));
    }

    @Test
    void camelCaseMeansTheSame() {
        assertEquals(
                told(REFUNDING),
                told(REFUNDING
                        .replace("refundid_id", "refundidId")
                        .replace("merchant_order_ref", "merchantOrderRef")
                        .replace("order_number", "orderNumber")
                        .replace("line_items", "lineItems")
                        .replace("line_item_ref", "lineItemRef")
                        .replace("return_reason", "returnReason")));
    }

    @Test
    void anAmountMayBeANumberAndTheCurrencyACode() {
        assertEquals(
                told(REFUNDING),
                told(REFUNDING
                        .replace("\"amount\": \"84.95\"", "\"value\": 84.95")
                        .replace("\"currency\"", "\"currency_code\"")));
    }

    @Test
    void whatHasFailedMaySayThatNothingWasPaid() {
        InstantRefund failed =
                told(REFUNDING.replace("\"refunding\"", "\"failed\"").replace("84.95", "0.00"));

        assertEquals("FAILED", failed.stage());
        assertNull(failed.amountMinor());
        assertNull(failed.currency());
    }

    @Test
    void linesNeedNotBeNamed() {
        InstantRefund refund = told("{\"refundid_id\":\"r\",\"status\":\"refunding\",\"order_number\":\"1001\"}");

        assertEquals(List.of(), refund.items());
        assertNull(refund.reason());
        assertEquals(new PartnerClaim.OrderRef(null, "1001"), refund.order());
    }

    @TestFactory
    Stream<DynamicTest> whatCannotBeReadIsQuarantined() {
        return Stream.of(
                quarantined(Reason.NOT_JSON, "no JSON", REFUNDING + "x"),
                quarantined(Reason.NO_REQUEST_ID, "null", "null"),
                quarantined(Reason.NO_REQUEST_ID, "text", "\"refunding\""),
                quarantined(Reason.NO_REQUEST_ID, "no id", REFUNDING.replace("\"rfd_900\"", "null")),
                quarantined(Reason.UNKNOWN_STATUS, "no status", REFUNDING.replace("\"refunding\"", "null")),
                quarantined(Reason.UNKNOWN_STATUS, "in capitals", REFUNDING.replace("\"refunding\"", "\"REFUNDING\"")),
                quarantined(
                        Reason.NO_ORDER_ID,
                        "no order",
                        REFUNDING.replace("\"ord_1001\"", "null").replace("\"1001\"", "null")),
                quarantined(
                        Reason.NO_ITEMS, "no list", REFUNDING.replace("\"line_items\"", "\"line_items\": 1, \"x\"")),
                quarantined(Reason.NO_LINE_ID, "no line", REFUNDING.replace("\"li_1\"", "null")),
                quarantined(Reason.BAD_QUANTITY, "no units", REFUNDING.replace("\"quantity\": 1", "\"quantity\": 0")),
                amount("\"84.955\""),
                amount("-84.95"),
                amount("\"0.00\""),
                amount("1e400"),
                amount("null"),
                amount("{}"),
                quarantined(Reason.BAD_AMOUNT, "no currency", REFUNDING.replace("\"AUD\"", "\"dollars\"")),
                quarantined(Reason.BAD_AMOUNT, "a currency without units", REFUNDING.replace("\"AUD\"", "\"XXX\"")));
    }

    private static DynamicTest amount(String written) {
        return quarantined(Reason.BAD_AMOUNT, "amount " + written, REFUNDING.replace("\"84.95\"", written));
    }

    private static DynamicTest quarantined(Reason reason, String name, String body) {
        return DynamicTest.dynamicTest(name, () -> assertEquals(new Quarantined(reason), read(body)));
    }

    private static InstantRefund refund(String caseRef, String stage, Long amountMinor, String currency) {
        return new InstantRefund(
                "acme",
                "acme-refundid",
                "REFUNDID",
                ID.toString(),
                NOW,
                caseRef,
                new PartnerClaim.OrderRef("ord_1001", "1001"),
                stage,
                amountMinor,
                currency,
                "size",
                List.of(new PartnerClaim.Item("li_1", 1)));
    }

    private static InstantRefund told(String body) {
        return assertInstanceOf(
                InstantRefund.class, assertInstanceOf(Told.class, read(body)).message());
    }

    private static Reading read(String body) {
        return RefundidWebhook.read(
                new Delivery(ID, "acme-refundid", NOW, new JsonObject(), Buffer.buffer(body)), "acme");
    }
}
