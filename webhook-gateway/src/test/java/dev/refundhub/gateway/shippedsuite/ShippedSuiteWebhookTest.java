package dev.refundhub.gateway.shippedsuite;

import static dev.refundhub.gateway.SampleBodies.envelope;
import static dev.refundhub.gateway.SampleBodies.sample;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.refundhub.gateway.Delivery;
import dev.refundhub.gateway.Reading;
import dev.refundhub.gateway.Reading.Quarantined;
import dev.refundhub.gateway.Reading.Reason;
import dev.refundhub.gateway.Reading.Told;
import dev.refundhub.messages.MerchantOrder;
import dev.refundhub.messages.PartnerClaim;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class ShippedSuiteWebhookTest {

    private static final UUID ID = UUID.fromString("0199c0de-0000-7000-8000-000000000001");
    private static final Instant NOW = Instant.parse("2026-03-31T23:00:25.146Z");
    private static final String SEED = sample("refund-request.json");

    @Test
    void theDocumentedBodyIsAClaimWithItsOrder() {
        Told told = told(envelope("refund.requested", SEED));

        assertEquals("acme/acme-shipped/2", told.key());
        assertEquals("dev.refundhub.claim.v1", told.type());
        assertEquals(
                new PartnerClaim(
                        "acme",
                        "acme-shipped",
                        "SHIPPED_SUITE",
                        ID.toString(),
                        NOW,
                        "2",
                        new PartnerClaim.OrderRef("20776138", "O2163385031"),
                        "REFUND",
                        "lost",
                        List.of(new PartnerClaim.Item("34188136", 1)),
                        new MerchantOrder(
                                "acme",
                                "20776138",
                                "O2163385031",
                                0,
                                Instant.parse("2020-12-23T18:38:46Z"),
                                "USD",
                                21077,
                                8075,
                                new MerchantOrder.Customer(null, "[email\u00a0protected]"),
                                List.of(new MerchantOrder.Line(
                                        "34188136", "TMASADOSAMPLE", 1, 27500, 0, 1652, null, null)),
                                List.of(),
                                List.of(),
                                null)),
                told.message());
    }

    @Test
    void aReplacementIsACaseOfItsOwn() {
        Told told = told(sample("replacement.json"));
        PartnerClaim claim = assertInstanceOf(PartnerClaim.class, told.message());

        assertEquals("acme/acme-shipped/replacement-41", told.key());
        assertEquals("replacement-41", claim.caseRef());
        assertEquals("REPLACEMENT", claim.kind());
        assertEquals("stolen", claim.reason());
        assertEquals(new PartnerClaim.OrderRef("91001", "SO-91001"), claim.order());
        assertEquals(List.of(new PartnerClaim.Item("501", 1)), claim.items());
    }

    @Test
    void aBarePayloadThatEndsAsAReplacementIsOne() {
        assertEquals("REPLACEMENT", claim(endingAs("\"replacement\"")).kind());
    }

    @Test
    void theBarePayloadMeansTheSameAsTheEnvelope() {
        assertEquals(read(envelope("refund.requested", SEED)), read(SEED));
    }

    @Test
    void itemsMayBeFlat() {
        PartnerClaim claim = claim(sample("flat-items.json"));

        assertEquals("42", claim.caseRef());
        assertEquals(List.of(new PartnerClaim.Item("601", 1)), claim.items());
        assertEquals("EUR", claim.orderAsTold().currency());
        assertEquals(2880, claim.orderAsTold().paidMinor());
        assertEquals(
                List.of(new MerchantOrder.Line("601", "GLASS", 3, 1000, 300, 180, null, null)),
                claim.orderAsTold().lines());
    }

    @Test
    void aNestedItemComesBeforeAFlatOne() {
        PartnerClaim claim =
                claim(SEED.replace("\"affected_items\":[\n      {", "\"affected_items\":[{\"external_id\":\"other\","));

        assertEquals(List.of(new PartnerClaim.Item("34188136", 1)), claim.items());
    }

    @Test
    void shippingIsALineOfTheOrder() {
        assertEquals(
                List.of(new MerchantOrder.Shipping("SO-91001-shipping", 500, 0, null)),
                claim(sample("nested-items.json")).orderAsTold().shipping());
    }

    @Test
    void aDiscountOnShippingIsNotPaid() {
        String discounted = sample("nested-items.json")
                .replaceAll("(\"category\": ?\"shipping\",\\s*\"discount\": ?)null", "$1\"-1.20\"");

        assertEquals(380, claim(discounted).orderAsTold().shipping().get(0).amountMinor());
    }

    @Test
    void aYearThatIsASlipIsNotTold() {
        assertNull(placed("+10000-01-01T00:00:00Z"));
        assertNull(placed("1969-12-31T23:59:59Z"));
        assertNull(placed("1970-01-01T00:00:00+01:00"));
        assertEquals(Instant.EPOCH, placed("1970-01-01T00:00:00Z"));
    }

    @Test
    void howAClaimEndsNeedNotBeSaid() {
        assertEquals("2", claim(envelope("refund.requested", endingAs("null"))).caseRef());
        assertEquals("2", claim(envelope("refund.requested", endingAs("\"\""))).caseRef());
    }

    @Test
    void emptyAndNullAreTheSame() {
        PartnerClaim claim = claim(SEED.replace("\"reason\":\"lost\"", "\"reason\":\"\"")
                .replace("\"number\":\"O2163385031\"", "\"number\":null"));

        assertNull(claim.reason());
        assertNull(claim.order().number());
    }

    @TestFactory
    Stream<DynamicTest> whatCannotBeUnderstoodIsQuarantined() {
        return Stream.of(
                quarantined(Reason.NOT_JSON, "nothing", ""),
                quarantined(Reason.NOT_JSON, "white space", " \n"),
                quarantined(Reason.NOT_JSON, "half", SEED.substring(0, SEED.length() / 2)),
                quarantined(Reason.NOT_JSON, "two documents", SEED + SEED),
                quarantined(Reason.NOT_JSON, "a name said twice", SEED.replace("\"id\":2,", "\"id\":2,\"id\":3,")),
                quarantined(Reason.NOT_JSON, "nested deeply", "[".repeat(100_000)),
                quarantined(
                        Reason.NOT_JSON, "a long number", SEED.replace("\"id\":2,", "\"id\":" + "2".repeat(65) + ",")),
                quarantined(
                        Reason.NOT_JSON,
                        "a long text",
                        SEED.replace("\"note\":\"\"", "\"note\":\"" + "x".repeat(70_000) + "\"")),
                quarantined(Reason.NOT_JSON, "U+0000", SEED.replace("lost", "lo\u0000st")),
                quarantined(Reason.UNKNOWN_TOPIC, "another topic", envelope("refund.invented", SEED)),
                quarantined(Reason.UNKNOWN_TOPIC, "no topic", "{}"),
                quarantined(Reason.UNKNOWN_TOPIC, "no object", "[1,2]"),
                quarantined(Reason.UNKNOWN_TOPIC, "null", "null"),
                quarantined(Reason.UNKNOWN_TOPIC, "a topic that is no word", "{\"topic\":{},\"payload\":null}"),
                quarantined(
                        Reason.UNKNOWN_TOPIC,
                        "a topic that is no text, with a claim",
                        envelope("x", SEED).replace("\"topic\":\"x\"", "\"topic\":null")),
                quarantined(
                        Reason.CONTRADICTORY,
                        "a refund that ends as a replacement",
                        envelope("refund.requested", endingAs("\"replacement\""))),
                quarantined(
                        Reason.CONTRADICTORY,
                        "a refund that ends as no word",
                        envelope("refund.requested", endingAs("{}"))),
                quarantined(
                        Reason.NOT_JSON,
                        "a number beyond all bounds",
                        SEED.replace("\"id\":2,", "\"id\":1e99999999999,")),
                quarantined(
                        Reason.CONTRADICTORY,
                        "a replacement that ends as a refund",
                        envelope("replacement.requested", SEED)),
                quarantined(Reason.NO_REQUEST_ID, "no payload", envelope("refund.requested", "null")),
                quarantined(Reason.NO_REQUEST_ID, "no id", SEED.replace("\"id\":2,", "")),
                quarantined(Reason.NO_REQUEST_ID, "id 0", SEED.replace("\"id\":2,", "\"id\":0,")),
                quarantined(Reason.NO_REQUEST_ID, "text id", SEED.replace("\"id\":2,", "\"id\":\"2\",")),
                quarantined(Reason.NO_REQUEST_ID, "id 2.0", SEED.replace("\"id\":2,", "\"id\":2.0,")),
                quarantined(Reason.NO_REQUEST_ID, "id 1e400", SEED.replace("\"id\":2,", "\"id\":1e400,")),
                quarantined(
                        Reason.NO_REQUEST_ID,
                        "id beyond a long",
                        SEED.replace("\"id\":2,", "\"id\":9223372036854775808,")),
                quarantined(
                        Reason.NO_ORDER_ID,
                        "no order id",
                        SEED.replace("\"external_id\":\"20776138\"", "\"external_id\":\"\"")),
                quarantined(
                        Reason.NO_ORDER_ID,
                        "U+0000 in the order id",
                        SEED.replace("\"external_id\":\"20776138\"", "\"external_id\":\"2\\u0000\"")),
                quarantined(
                        Reason.NO_ORDER_ID,
                        "half a character in the order id",
                        SEED.replace("\"external_id\":\"20776138\"", "\"external_id\":\"2\\ud800\"")),
                quarantined(Reason.NO_ITEMS, "no items", affected("[]")),
                quarantined(Reason.NO_ITEMS, "items null", affected("null")),
                quarantined(Reason.NO_LINE_ID, "an item without an id", affected("[{\"quantity\":1}]")),
                quarantined(Reason.NO_LINE_ID, "an item that is no object", affected("[7]")),
                quarantined(Reason.BAD_QUANTITY, "quantity 0", quantity("0")),
                quarantined(Reason.BAD_QUANTITY, "quantity -1", quantity("-1")),
                quarantined(Reason.BAD_QUANTITY, "quantity 1.5", quantity("1.5")),
                quarantined(Reason.BAD_QUANTITY, "quantity 1e400", quantity("1e400")),
                quarantined(Reason.BAD_QUANTITY, "quantity beyond an int", quantity("2147483648")),
                quarantined(Reason.BAD_QUANTITY, "text quantity", quantity("\"1\"")),
                quarantined(Reason.BAD_QUANTITY, "no quantity", quantity("null")));
    }

    @Test
    void bytesThatAreNoTextAreQuarantined() {
        byte[] latin = SEED.replace("lost", "verl\u00f6rt").getBytes(ISO_8859_1);

        assertEquals(new Quarantined(Reason.NOT_JSON), read(latin));
    }

    @TestFactory
    Stream<DynamicTest> anOrderThatCannotBeReadExactlyIsNotLearned() {
        return Stream.of(
                notLearned("nothing captured", "\"status\":\"success\"", "\"status\":\"failure\""),
                notLearned("an authorization only", "\"category\":\"sale\"", "\"category\":\"authorization\""),
                notLearned("no currency", "\"currency\":\"USD\"", "\"currency\":null"),
                notLearned("a currency that is none", "\"currency\":\"USD\"", "\"currency\":\"BTC\""),
                notLearned("a currency without units", "\"currency\":\"USD\"", "\"currency\":\"XXX\""),
                notLearned("more decimals than the currency has", "\"currency\":\"USD\"", "\"currency\":\"JPY\""),
                notLearned("an amount that is no number", "\"amount\":\"210.77\"", "\"amount\":\"lots\""),
                notLearned("an amount 1e400", "\"amount\":\"210.77\"", "\"amount\":1e400"),
                notLearned("an amount 1e999999999", "\"amount\":\"210.77\"", "\"amount\":\"1e999999999\""),
                notLearned("no amount", "\"amount\":\"210.77\"", "\"amount\":null"),
                notLearned("an amount below 0", "\"amount\":\"210.77\"", "\"amount\":\"-210.77\""),
                notLearned(
                        "a price with a thousands separator", "\"unit_price\":\"275.0\"", "\"unit_price\":\"1,275.0\""),
                notLearned("no price", "\"unit_price\":\"275.0\"", "\"unit_price\":null"),
                notLearned(
                        "everything given back",
                        "\"transactions\":[",
                        "\"transactions\":[" + refundOf("210.77", "USD") + ","),
                notLearned(
                        "two currencies", "\"transactions\":[", "\"transactions\":[" + refundOf("1.00", "EUR") + ","),
                notLearned(
                        "a line said twice",
                        "\"order_items\":[",
                        "\"order_items\":[{\"external_id\":\"34188136\",\"quantity\":1,\"unit_price\":\"1\"},"),
                notLearned(
                        "a line without a quantity",
                        "\"order_items\":[",
                        "\"order_items\":[{\"external_id\":\"1\",\"unit_price\":\"1\"},"));
    }

    @Test
    void whatWasGivenBackIsNotPaid() {
        String refunded = SEED.replace("\"transactions\":[", "\"transactions\":[" + refundOf("10.70", "USD") + ",");

        assertEquals(20007, claim(refunded).orderAsTold().paidMinor());
    }

    @Test
    void amountsMayBeNumbers() {
        assertEquals(
                21077,
                claim(SEED.replace("\"210.77\"", "210.770")).orderAsTold().paidMinor());
        assertEquals(
                21000, claim(SEED.replace("\"210.77\"", "2.1e2")).orderAsTold().paidMinor());
    }

    @Test
    void aClaimHasEveryFieldThatItsSampleHas() throws JsonProcessingException {
        ObjectMapper json = new ObjectMapper().findAndRegisterModules();

        assertEquals(
                json.readTree(sample("samples/claim.json")).properties().stream()
                        .map(Map.Entry::getKey)
                        .toList(),
                json.valueToTree(claim(SEED)).properties().stream()
                        .map(Map.Entry::getKey)
                        .toList());
    }

    private static String refundOf(String amount, String currency) {
        return "{\"category\":\"refund\",\"status\":\"success\",\"amount\":\"%s\",\"currency\":\"%s\"}"
                .formatted(amount, currency);
    }

    private static Instant placed(String at) {
        return claim(SEED.replace("2020-12-23T10:38:46.000-08:00", at))
                .orderAsTold()
                .placedAt();
    }

    private static String endingAs(String resolution) {
        return SEED.replace("\"final_resolution_type\":\"refund\"", "\"final_resolution_type\":" + resolution);
    }

    private static String affected(String items) {
        return SEED.substring(0, SEED.indexOf("\"affected_items\"")) + "\"affected_items\":" + items + "}";
    }

    private static String quantity(String quantity) {
        return affected(
                "[{\"external_id\":\"1\",\"quantity\":1},{\"external_id\":\"2\",\"quantity\":" + quantity + "}]");
    }

    private static DynamicTest quarantined(Reason reason, String name, String body) {
        return DynamicTest.dynamicTest(name, () -> assertEquals(new Quarantined(reason), read(body)));
    }

    private static DynamicTest notLearned(String name, String said, String instead) {
        return DynamicTest.dynamicTest(name, () -> {
            String body = SEED.replace(said, instead);

            assertEquals(
                    List.of(new PartnerClaim.Item("34188136", 1)), claim(body).items());
            assertNull(claim(body).orderAsTold());
        });
    }

    private static PartnerClaim claim(String body) {
        return (PartnerClaim) told(body).message();
    }

    private static Told told(String body) {
        return assertInstanceOf(Told.class, read(body));
    }

    private static Reading read(String body) {
        return read(body.getBytes(UTF_8));
    }

    private static Reading read(byte[] body) {
        return ShippedSuiteWebhook.read(
                new Delivery(ID, "acme-shipped", NOW, new JsonObject(), Buffer.buffer(body)), "acme");
    }
}
