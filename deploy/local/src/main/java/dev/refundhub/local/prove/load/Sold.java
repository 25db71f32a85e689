package dev.refundhub.local.prove.load;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.refundhub.local.http.Json;
import dev.refundhub.messages.MerchantOrder;
import dev.refundhub.messages.MerchantOrder.Customer;
import dev.refundhub.messages.MerchantOrder.Line;
import dev.refundhub.messages.MerchantOrder.RefundedElsewhere;
import dev.refundhub.messages.MerchantOrder.Shipping;
import dev.refundhub.messages.MerchantOrder.Violet;
import dev.refundhub.messages.MerchantOrder.VioletBag;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;

/**
 * An order of the load.
 *
 * @param no from 0, unique in a run; ids of everything follow from it
 * @param bags how many at Violet; 0 where it was not sold there
 */
public record Sold(int no, String seller, String currency, List<Item> items, long discount, long shipping, int bags) {
    private static final Map<String, Integer> DECIMALS = Map.of("USD", 2, "JPY", 0, "KWD", 3);
    private static final int HOT_UNITS = 2_000;
    private static final long FIRST_ORDER = 7_000_000;
    private static final long FIRST_VIOLET_ORDER = 10_000_000;
    private static final long FIRST_BAG = 20_000_000;
    private static final long FIRST_SKU = 300_000_000;

    /** One of its lines; money in minor units, for all units. */
    public record Item(int quantity, long unitPrice, long discount, long tax) {
        long paid() {
            return quantity * unitPrice - discount + tax;
        }
    }

    /** Any order: one to three lines, with or without discounts, in three currencies, in no bag, one or two. */
    public static Sold any(int no, Random dice) {
        String currency = dice.nextInt(10) < 7 ? "USD" : dice.nextBoolean() ? "JPY" : "KWD";
        List<Item> items = new ArrayList<>();
        for (int i = 0; i <= dice.nextInt(3); i++) {
            int quantity = 1 + dice.nextInt(3);
            long price = 500L + dice.nextInt(9_000);
            long discount = dice.nextInt(3) == 0 ? dice.nextInt((int) (quantity * price / 4)) : 0;
            items.add(new Item(quantity, price, discount, dice.nextInt(400)));
        }
        int bags = dice.nextInt(10) == 0 ? 0 : items.size() > 1 && dice.nextInt(3) == 0 ? 2 : 1;
        long discount = dice.nextInt(4) == 0 ? dice.nextInt(300) : 0;
        return new Sold(
                no,
                dice.nextInt(3) == 0 ? "globex" : "acme",
                currency,
                List.copyOf(items),
                discount,
                dice.nextInt(2) * 495L,
                bags);
    }

    /** The one that everybody wants something of at once. */
    static Sold hot(int no) {
        return new Sold(no, "acme", "USD", List.of(new Item(HOT_UNITS, 1_000, 0, 0)), 0, 0, 1);
    }

    boolean isHot() {
        return items.get(0).quantity() == HOT_UNITS;
    }

    public String orderId() {
        return Long.toString(FIRST_ORDER + no);
    }

    String number() {
        return "SO-" + orderId();
    }

    long violetOrder() {
        return FIRST_VIOLET_ORDER + no;
    }

    /** The bags in which it is at Violet. */
    public List<Long> bagIds() {
        List<Long> ids = new ArrayList<>();
        for (int bag = 0; bag < bags; bag++) {
            ids.add(bag(bag));
        }
        return ids;
    }

    private long bag(int bag) {
        return FIRST_BAG + no * 10L + bag;
    }

    static String lineId(int item) {
        return Integer.toString(501 + item);
    }

    /** What was paid for all of it. */
    public long paid() {
        return items.stream().mapToLong(Item::paid).sum() - discount + shipping;
    }

    /** Minor units as this currency is written. */
    String major(long minor) {
        return BigDecimal.valueOf(minor, DECIMALS.get(currency)).toPlainString();
    }

    public String customer() {
        return "shopper-" + no % 20;
    }

    /** As the merchant tells it. */
    public byte[] order(long version, List<RefundedElsewhere> elsewhere) {
        List<Line> lines = new ArrayList<>();
        for (int i = 0; i < items.size(); i++) {
            Item item = items.get(i);
            lines.add(new Line(
                    lineId(i),
                    "SKU-" + i,
                    item.quantity(),
                    item.unitPrice(),
                    item.discount(),
                    item.tax(),
                    bags == 0 ? null : new Violet(violetOrder(), bag(Math.min(i, bags - 1)), FIRST_SKU + no * 10L + i),
                    null));
        }
        List<Shipping> shipped = shipping == 0
                ? List.of()
                : List.of(
                        new Shipping("shipping", shipping, 0, bags == 0 ? null : new VioletBag(violetOrder(), bag(0))));
        return bytes(new MerchantOrder(
                seller,
                orderId(),
                number(),
                version,
                Instant.parse("2026-01-01T10:00:00Z"),
                currency,
                paid(),
                discount,
                new Customer(customer(), "jo@example.org"),
                lines,
                shipped,
                elsewhere,
                null));
    }

    /** A unit of a line is lost: as Shipped Suite tells it, with the order as it knows it. */
    public byte[] claim(long request, int item) {
        String lines = items.stream().map(this::shippedLine).collect(Collectors.joining(","));
        String affected = shippedLine(items.get(item));
        return text(
                """
                {"topic":"refund.requested","payload":{"id":%d,"claim":{"note":"","number":"9%d","reason":"lost",
                "status":"approved","claim_items":[{"quantity":1,"order_item":%s}],"resolution_type":"refund"},
                "order":{"email":"jo@example.org","number":"%s","external_id":"%s","order_items":[%s],
                "transactions":[{"amount":"%s","status":"success","gateway":"stripe","category":"sale","currency":"%s",
                "gateway_id":"ch_1","external_id":"TX-1","processed_at":"2026-01-01T02:00:03.000-08:00"}],
                "order_adjustments":[]},
                "affected_items":[{"quantity":1,"order_item":%s}],"refundable_type":"Claim"}}"""
                        .formatted(
                                request,
                                request,
                                affected,
                                number(),
                                orderId(),
                                lines,
                                major(paid()),
                                currency,
                                affected));
    }

    private String shippedLine(Item item) {
        int i = items.indexOf(item);
        return """
                {"sku":"SKU-%d","tax":"%s","discount":"%s","quantity":%d,"subtotal":"%s","unit_price":"%s",
                "description":"Thing","external_id":"%s"}"""
                .formatted(
                        i,
                        major(item.tax()),
                        major(item.discount()),
                        item.quantity(),
                        major(item.quantity() * item.unitPrice()),
                        major(item.unitPrice()),
                        lineId(i));
    }

    /**
     * A return of one unit, as Optoro tells it.
     *
     * @param hour by which snapshots of it are told apart
     */
    byte[] rma(String rma, int hour, String status, int item, String receiving) {
        Item one = items.get(item);
        long cents = one.paid() / one.quantity();
        return text(
                """
                {"rma_identifier":"%s","status":"%s","created_at":"2026-02-02T08:00:00.000Z",
                "updated_at":"2026-02-02T%02d:00:00.000Z","items":[{"order_line_item_identifier":"%s",
                "order_identifier":"%s","secondary_identifier":"%s","return_reason":"Too small","is_exchange":false,
                "sku":"SKU-%d","tracking_number":"1Z%s","package_tracking_status":"PRE_TRANSIT","receiving_status":"%s",
                "refund_financials":{"estimated_refund_amount_cents":%d,"optoro_refund_amount_cents":0,
                "shopper_refund_amount_cents":%d},"refund_type":"REFUND"}],"return_method":"mail-back",
                "receiving_complete":false,"gift_refund_only":false}"""
                        .formatted(
                                rma,
                                status,
                                8 + hour,
                                lineId(item),
                                number(),
                                orderId(),
                                item,
                                rma,
                                receiving,
                                cents,
                                cents));
    }

    /** One unit is refunded by Refundid itself. */
    byte[] instant(String id, String status, int item) {
        Item one = items.get(item);
        return text(
                """
                {"refundid_id":"%s","merchant_rma_ref":null,"status":"%s","merchant_order_ref":"%s","order_number":"%s",
                "key":"k-1","line_items":[{"line_item_ref":"%s","quantity":1,"return_reason":"size"}],
                "amount":{"amount":"%s","currency":"%s"}}"""
                        .formatted(
                                id,
                                status,
                                orderId(),
                                number(),
                                lineId(item),
                                major(one.paid() / one.quantity()),
                                currency));
    }

    /** Something happened to a bag: as Violet tells it. */
    byte[] sale(int bag, int event) {
        return text("{\"id\":%d,\"order_id\":%d,\"status\":\"PARTIALLY_REFUNDED\",\"event\":%d}"
                .formatted(bag(bag), violetOrder(), event));
    }

    private static byte[] text(String body) {
        return body.getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] bytes(Object message) {
        try {
            return Json.MAPPER.writeValueAsBytes(message);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
