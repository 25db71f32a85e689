package dev.refundhub.local.story;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;

/**
 * What one claim of Shipped Suite is to become.
 *
 * @param order the file of the order
 * @param delivery the file of the delivery
 * @param orderId the merchant's own
 * @param request Shipped Suite's id of the claim
 * @param bag where its order is at Violet
 * @param sku the line inside the bag
 * @param amountMinor what is to be refunded
 * @param amount the same in major units
 */
record Claim(
        String order,
        String delivery,
        String orderId,
        long request,
        long bag,
        long sku,
        long amountMinor,
        String amount) {
    /** The sample in Shipped Suite's own documents. */
    static final Claim SAMPLER =
            new Claim("order-20776138.json", "claim-20776138.json", "20776138", 2, 62001, 700101, 21077, "210.77");

    /** Comes before its order does. */
    static final Claim TEA_SET =
            new Claim("order-91001.json", "claim-91001.json", "91001", 41, 62002, 700102, 5400, "54.00");

    String ref() {
        return Long.toString(request);
    }

    /** Whether Violet is asked for this and nothing is left for it to fill in: what is left out means everything there. */
    boolean isAskedBy(JsonNode asked) {
        JsonNode sku = asked.at("/skus/0");
        return asked.path("reason").asText().startsWith("hub-")
                && asked.path("amount_refunded").asLong() == amountMinor
                && asked.at("/shipping/amount").isIntegralNumber()
                && asked.at("/shipping/amount").asLong() == 0
                && asked.path("restock_items").isBoolean()
                && asked.path("notify_customer").isBoolean()
                && asked.path("skus").size() == 1
                && sku.path("order_sku_id").asLong() == this.sku
                && sku.path("quantity_refunded").asInt() == 1
                && sku.path("amount_refunded").asLong() == amountMinor;
    }

    boolean isConfirmedBy(JsonNode told, String refundId) {
        return told.path("external_id").asText().equals(refundId)
                && told.path("currency").asText().equals("USD")
                && isAmount(told.path("amount"))
                && isAmount(told.path("display_amount"));
    }

    private boolean isAmount(JsonNode number) {
        return number.isNumber() && number.decimalValue().compareTo(new BigDecimal(amount)) == 0;
    }
}
