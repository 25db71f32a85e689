package dev.refundhub.local.simulator.violet;

import com.fasterxml.jackson.databind.JsonNode;
import dev.refundhub.local.simulator.Json;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;

/** What a request to refund a bag comes to. What it leaves out means everything, as Violet documents it. */
record VioletRefundRequest(
        int amountRefunded,
        String reason,
        boolean restockItems,
        boolean notifyCustomer,
        VioletRefund.Shipping shipping,
        List<Sku> skus) {

    /** Units of a line and the money for them. */
    record Sku(long orderSkuId, int quantityRefunded, int amountRefunded) {}

    static VioletRefundRequest read(String text, VioletOrder.Bag bag) {
        if (text.isBlank()) {
            throw VioletError.EMPTY_BODY.refuse();
        }
        JsonNode body = Json.object(text).orElseThrow(() -> VioletError.INVALID_PARAMETER.refuse("body"));
        return new VioletRefundRequest(
                amount(body.path("amount_refunded"), "amount_refunded", bag.total(), 1, Integer.MAX_VALUE),
                reason(body.path("reason")),
                flag(body.path("restock_items"), "restock_items"),
                flag(body.path("notify_customer"), "notify_customer"),
                shipping(body.path("shipping"), bag),
                skus(body.path("skus"), bag));
    }

    private static VioletRefund.Shipping shipping(JsonNode shipping, VioletOrder.Bag bag) {
        int most = bag.shippingTotal();
        JsonNode full = shipping.path("full_refund");
        JsonNode reason = shipping.path("discrepancy_reason");
        return new VioletRefund.Shipping(
                amount(shipping.path("amount"), "shipping.amount", most, 0, most),
                given(full) ? flag(full, "shipping.full_refund") : null,
                given(reason) ? reason.asText() : null);
    }

    private static List<Sku> skus(JsonNode skus, VioletOrder.Bag bag) {
        if (!given(skus)) {
            return bag.skus().stream()
                    .map(sku -> new Sku(sku.id(), sku.quantity(), sku.linePrice()))
                    .toList();
        }
        List<Sku> wanted = new ArrayList<>();
        skus.forEach(sku -> wanted.add(sku(sku, bag)));
        check(skus.isArray() && new HashSet<>(wanted).size() == wanted.size(), "skus");
        return wanted;
    }

    private static Sku sku(JsonNode wanted, VioletOrder.Bag bag) {
        if (!given(wanted.path("order_sku_id"))) {
            throw VioletError.MISSING_PARAMETER.refuse("order_sku_id");
        }
        VioletOrder.Sku sku = bag.sku(wanted.path("order_sku_id").asLong());
        return new Sku(
                sku.id(),
                amount(wanted.path("quantity_refunded"), "quantity_refunded", sku.quantity(), 0, sku.quantity()),
                amount(wanted.path("amount_refunded"), "skus.amount_refunded", sku.linePrice(), 0, sku.linePrice()));
    }

    private static int amount(JsonNode number, String name, int omitted, int least, int most) {
        if (!given(number)) {
            return omitted;
        }
        check(number.isIntegralNumber() && number.canConvertToInt(), name);
        check(number.intValue() >= least && number.intValue() <= most, name);
        return number.intValue();
    }

    private static boolean flag(JsonNode flag, String name) {
        check(flag.isBoolean() || !given(flag), name);
        return flag.booleanValue();
    }

    private static String reason(JsonNode reason) {
        check(!given(reason) || reason.isTextual(), "reason");
        check(reason.asText().length() <= 255, "reason");
        return reason.textValue();
    }

    private static boolean given(JsonNode node) {
        return !node.isMissingNode() && !node.isNull();
    }

    private static void check(boolean valid, String parameter) {
        if (!valid) {
            throw VioletError.INVALID_PARAMETER.refuse(parameter);
        }
    }
}
