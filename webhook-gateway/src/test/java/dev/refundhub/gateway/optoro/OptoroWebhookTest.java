package dev.refundhub.gateway.optoro;

import static dev.refundhub.gateway.SampleBodies.sample;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.refundhub.gateway.Delivery;
import dev.refundhub.gateway.Reading;
import dev.refundhub.gateway.Reading.Quarantined;
import dev.refundhub.gateway.Reading.Reason;
import dev.refundhub.gateway.Reading.Told;
import dev.refundhub.messages.PartnerReturn;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class OptoroWebhookTest {

    private static final UUID ID = UUID.fromString("0199c0de-0000-7000-8000-000000000001");
    private static final Instant NOW = Instant.parse("2026-03-31T23:00:25.146Z");
    private static final String CREATED = sample("optoro/created.json");

    @Test
    void theDocumentedBodyIsAReturn() {
        Told told = assertInstanceOf(Told.class, read(CREATED));

        assertEquals("acme/acme-optoro/RMA-70001", told.key());
        assertEquals("dev.refundhub.return.v1", told.type());
        assertEquals(
                new PartnerReturn(
                        "acme",
                        "acme-optoro",
                        "OPTORO",
                        ID.toString(),
                        NOW,
                        "RMA-70001",
                        "CREATED",
                        Instant.parse("2025-03-02T10:15:00Z"),
                        "12766e94ac27c81c09acf4b6dfb0f2295e6c45c1472c903b621fbd3e36fc2c3b",
                        "mail-back",
                        false,
                        false,
                        List.of(new PartnerReturn.Item(
                                "OMS-55001",
                                "SO-88001",
                                "11",
                                "REFUND",
                                "EXPECTED",
                                4599L,
                                "Too small",
                                "1ZHUB0000000001"))),
                told.message());
    }

    /** Status, when, how, gift, complete: and of each unit order id, number, line, kind, goods, cents. */
    @TestFactory
    Stream<DynamicTest> everyDocumentedBodyIsReadForWhatItSays() {
        return Map.of(
                        "received",
                        "CREATED 2025-03-07T16:40:12.310Z mail-back false true: OMS-55001 SO-88001 11 REFUND RECEIVED 4599",
                        "refunded",
                        "REFUNDED 2025-03-07T17:02:00Z mail-back false true: null SO-88001 11 REFUND RECEIVED 4599",
                        "partial-refund",
                        "PARTIAL_REFUND 2025-03-20T08:00:00Z mail-back false true: null SO-88002 1 REFUND RECEIVED 1200,"
                                + " null SO-88002 2 REFUND MISSING 1500",
                        "express-return",
                        "CREATED 2025-03-04T15:30:00Z express-returns false null: null SO-88003 1 REFUND MISSING 9900,"
                                + " null SO-88003 2 REFUND RECEIVED 800",
                        "pending-exchange",
                        "PENDING_EXCHANGE 2025-03-05T09:00:00Z home-pickup false null:"
                                + " null SO-88004 1 EXCHANGE EXPECTED 0, null SO-88004 2 REFUND EXPECTED 2500",
                        "store-credit",
                        "CREATED 2025-03-06T09:01:00Z customer-keep false null: null SO-88005 1 CREDIT EXPECTED 0",
                        "gift",
                        "CREATED 2025-03-06T11:00:00Z mail-back true null: null SO-88006 4 REFUND EXPECTED 2199",
                        "old-version",
                        "CREATED 2019-08-30T15:39:42.025Z mail-back false false: null SO-88007 1 CREDIT EXPECTED 0",
                        "canceled",
                        "CANCELED 2025-03-05T10:30:00Z home-pickup false null: null SO-88004 1 EXCHANGE EXPECTED 0")
                .entrySet()
                .stream()
                .map(said -> DynamicTest.dynamicTest(
                        said.getKey(),
                        () -> assertEquals(
                                said.getValue(), summary(told(sample("optoro/" + said.getKey() + ".json"))))));
    }

    @TestFactory
    Stream<DynamicTest> whoOpenedTheParcelKnowsBetterThanTheCarrier() {
        return Map.of(
                        "PENDING PRE_TRANSIT", "EXPECTED",
                        "PENDING ACCEPTED", "SHIPPED",
                        "PENDING TRANSIT", "SHIPPED",
                        "PENDING DELIVERED", "SHIPPED",
                        "PENDING NOT_DROPPED_OFF", "MISSING",
                        "PENDING RETURNED", "EXPECTED",
                        "PENDING FAILURE", "EXPECTED",
                        "NOT_RECEIVED DELIVERED", "MISSING",
                        "RECEIVED NOT_DROPPED_OFF", "RECEIVED",
                        "INVENTED INVENTED", "EXPECTED")
                .entrySet()
                .stream()
                .map(said -> DynamicTest.dynamicTest(said.getKey(), () -> {
                    String[] words = said.getKey().split(" ", -1);
                    String body = CREATED.replace("\"PENDING\"", '"' + words[0] + '"')
                            .replace("\"PRE_TRANSIT\"", '"' + words[1] + '"');

                    assertEquals(said.getValue(), told(body).items().get(0).goods());
                }));
    }

    @TestFactory
    Stream<DynamicTest> theTypeOfARefundSaysWhatTheShopperGets() {
        return Map.of(
                        "REFUND", "REFUND",
                        "STANDARD_EXCHANGE", "EXCHANGE",
                        "INSTANT_EXCHANGE", "EXCHANGE",
                        "EVEN_EXCHANGE", "EXCHANGE",
                        "INSTANT_STORE_CREDIT", "CREDIT",
                        "UNEVEN_GC", "CREDIT",
                        "INVENTED", "UNKNOWN")
                .entrySet()
                .stream()
                .map(said -> DynamicTest.dynamicTest(said.getKey(), () -> {
                    String body =
                            CREATED.replace("\"refund_type\": \"REFUND\"", "\"refund_type\": \"" + said.getKey() + '"');

                    assertEquals(said.getValue(), told(body).items().get(0).kind());
                }));
    }

    @Test
    void anUnknownStatusIsPassedOn() {
        assertEquals(
                "FROZEN", told(CREATED.replace("\"CREATED\"", "\"FROZEN\"")).status());
    }

    @Test
    void withoutATimeOfChangeItIsTheOneOfItsMaking() {
        String body = CREATED.replace("\"updated_at\": \"2025-03-02T10:15:00.000Z\"", "\"updated_at\": null");

        assertEquals(Instant.parse("2025-03-02T10:15:00Z"), told(body).updatedAt());
    }

    @Test
    void anAmountThatIsNotSaidIsNull() {
        assertEquals(
                null,
                told(CREATED.replace("\"shopper_refund_amount_cents\": 4599", "\"shopper_refund_amount_cents\": null"))
                        .items()
                        .get(0)
                        .amountMinor());
    }

    @TestFactory
    Stream<DynamicTest> whatCannotBeReadIsQuarantined() {
        return Stream.of(
                quarantined(Reason.NOT_JSON, "no JSON", "{"),
                quarantined(Reason.NO_REQUEST_ID, "null", "null"),
                quarantined(Reason.NO_REQUEST_ID, "an array", "[1]"),
                quarantined(Reason.NO_REQUEST_ID, "no RMA", CREATED.replace("\"RMA-70001\"", "\"\"")),
                quarantined(Reason.NO_STATUS, "no status", CREATED.replace("\"CREATED\"", "null")),
                quarantined(
                        Reason.NO_TIME,
                        "a time that is none",
                        CREATED.replace("\"updated_at\": \"2025-03-02T10:15:00.000Z\"", "\"updated_at\": \"soon\"")),
                quarantined(
                        Reason.NO_TIME,
                        "a time from the future",
                        CREATED.replace("\"updated_at\": \"2025", "\"updated_at\": \"2925")),
                quarantined(Reason.NO_ITEMS, "no items", CREATED.replace("\"items\"", "\"other\"")),
                quarantined(Reason.NO_LINE_ID, "no line", CREATED.replace("\"11\"", "\"\"")),
                quarantined(
                        Reason.NO_ORDER_ID,
                        "no order",
                        CREATED.replace("\"SO-88001\"", "\"\"").replace("\"OMS-55001\"", "\"\"")),
                amount("-1"),
                amount("1.5"),
                amount("\"4599\""),
                amount("1e400"),
                amount("9223372036854775808"));
    }

    private static DynamicTest amount(String written) {
        return quarantined(
                Reason.BAD_AMOUNT,
                "cents " + written,
                CREATED.replace(
                        "\"shopper_refund_amount_cents\": 4599", "\"shopper_refund_amount_cents\": " + written));
    }

    private static DynamicTest quarantined(Reason reason, String name, String body) {
        return DynamicTest.dynamicTest(name, () -> assertEquals(new Quarantined(reason), read(body)));
    }

    private static String summary(PartnerReturn rma) {
        return rma.status() + " " + rma.updatedAt() + " " + rma.returnMethod() + " " + rma.giftOnly() + " "
                + rma.receivingComplete() + ": "
                + rma.items().stream()
                        .map(item -> String.join(
                                " ",
                                item.orderId() + "",
                                item.orderNumber(),
                                item.lineId(),
                                item.kind(),
                                item.goods(),
                                item.amountMinor() + ""))
                        .collect(Collectors.joining(", "));
    }

    private static PartnerReturn told(String body) {
        return assertInstanceOf(
                PartnerReturn.class, assertInstanceOf(Told.class, read(body)).message());
    }

    private static Reading read(String body) {
        return OptoroWebhook.read(new Delivery(ID, "acme-optoro", NOW, new JsonObject(), Buffer.buffer(body)), "acme");
    }
}
