package dev.refundhub.connectors.violet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.refundhub.messages.VioletPayment;
import dev.refundhub.messages.VioletPayment.Sku;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The bodies against RefundBagRequest of Violet's OpenAPI. An omitted field would mean "everything". */
class VioletBodyTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int MANY = 2_000;
    private static final Set<String> WITHOUT_UNITS =
            Set.of("amount_refunded", "reason", "restock_items", "notify_customer", "shipping");
    private static final Set<String> OF_A_SKU = Set.of("order_sku_id", "quantity_refunded", "amount_refunded");

    @Test
    void whateverIsOrderedNoFieldIsEverLeftOut() throws Exception {
        Random random = new Random(20250310);
        for (int i = 0; i < MANY; i++) {
            VioletPayment payment = anyPayment(random);
            assertNull(VioletInstructions.VOCABULARY.objection().apply(payment), payment::toString);

            JsonNode body = body(payment);

            Set<String> fields = fields(body);
            assertEquals(!payment.skus().isEmpty(), fields.remove("skus"));
            assertEquals(WITHOUT_UNITS, fields);
            assertEquals(payment.amountMinor(), body.get("amount_refunded").longValue());
            assertTrue(body.get("amount_refunded").isInt(), "int32, and no fraction");
            assertEquals(payment.shippingMinor(), body.at("/shipping/amount").longValue());
            assertEquals(Set.of("amount"), fields(body.get("shipping")));
            assertEquals(payment.amountMinor(), payment.skus().isEmpty() ? payment.amountMinor() : sum(body));
            body.path("skus").forEach(sku -> assertEquals(OF_A_SKU, fields(sku)));
            String reason = body.get("reason").textValue();
            assertTrue(reason.startsWith(payment.instructionId()));
            assertTrue(reason.length() <= 255);
            assertEquals(payment.instructionId(), VioletReference.in(reason));
        }
    }

    @Test
    void moneyWithoutUnitsNeverPutsAnythingBackIntoStock() throws Exception {
        assertFalse(body(payment(2500, 0, List.of(), true)).get("restock_items").booleanValue());
        assertTrue(body(payment(2500, 0, List.of(new Sku(1, 1, 2500)), true))
                .get("restock_items")
                .booleanValue());
    }

    @Test
    void anOrderThatDoesNotAddUpIsNotUnderstood() {
        assertEquals("NOT_UNDERSTOOD", objection(payment(2500, 0, List.of(new Sku(1, 1, 2400)), false)));
        assertEquals("NOT_UNDERSTOOD", objection(payment(2500, 100, List.of(new Sku(1, 1, 2500)), false)));
        assertEquals("NOT_UNDERSTOOD", objection(payment(2500, 2501, List.of(), false)));
        assertEquals("NOT_UNDERSTOOD", objection(payment(2500, -1, List.of(), false)));
        assertEquals("NOT_UNDERSTOOD", objection(payment(0, 0, List.of(), false)));
        assertEquals("NOT_UNDERSTOOD", objection(payment(-1, 0, List.of(), false)));
        assertEquals("NOT_UNDERSTOOD", objection(payment(2500, 0, List.of(new Sku(1, 0, 2500)), false)));
        assertEquals(
                "NOT_UNDERSTOOD",
                objection(payment(2500, 0, List.of(new Sku(1, 1, 1200), new Sku(1, 1, 1300)), false)));
        assertEquals("TOO_LARGE", objection(payment(Integer.MAX_VALUE + 1L, 0, List.of(), false)));
        assertNull(objection(payment(Integer.MAX_VALUE, 0, List.of(), false)));
    }

    private static String objection(VioletPayment payment) {
        return VioletInstructions.VOCABULARY.objection().apply(payment);
    }

    private static long sum(JsonNode body) {
        long sum = body.at("/shipping/amount").longValue();
        for (JsonNode sku : body.get("skus")) {
            sum += sku.get("amount_refunded").longValue();
        }
        return sum;
    }

    private static Set<String> fields(JsonNode object) {
        Set<String> names = new TreeSet<>();
        object.fieldNames().forEachRemaining(names::add);
        return names;
    }

    private static JsonNode body(VioletPayment payment) throws Exception {
        return JSON.readTree(new VioletErrand(payment, null, null).body());
    }

    private static VioletPayment anyPayment(Random random) {
        List<Sku> skus = IntStream.range(0, random.nextInt(4))
                .mapToObj(i -> new Sku(700100L + i, 1 + random.nextInt(5), random.nextInt(100_000)))
                .toList();
        long shipping = random.nextInt(3) == 0 ? random.nextInt(1_000) : 0;
        long amount = skus.isEmpty()
                ? Math.max(1, shipping) + random.nextInt(100_000)
                : shipping + skus.stream().mapToLong(Sku::amountMinor).sum();
        return payment(
                Math.max(amount, 1), shipping, amount == 0 ? List.of() : skus, random.nextBoolean(), text(random));
    }

    private static String text(Random random) {
        return random.ints(random.nextInt(400), 0, 0x10400)
                .filter(c -> c < 0xD800 || c > 0xDFFF)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    private static VioletPayment payment(long amount, long shipping, List<Sku> skus, boolean restock) {
        return payment(amount, shipping, skus, restock, "our words");
    }

    private static VioletPayment payment(long amount, long shipping, List<Sku> skus, boolean restock, String text) {
        return new VioletPayment(
                "hub-k3v9q2x7m4t8r6wz",
                "PAY",
                "acme",
                "20776138",
                1001,
                "violet",
                61001,
                62001,
                "USD",
                amount,
                shipping,
                skus,
                restock,
                true,
                text,
                List.of());
    }
}
