package dev.refundhub.messages;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;

/**
 * Refund this much of a bag at Violet, once: an order to the connectors on {@code violet-instructions}.
 *
 * @param instructionId also the reference at Violet: the same wish has the same id for ever
 * @param kind {@code PAY}
 * @param account the contract with Violet to use
 * @param amountMinor everything, shipping included
 * @param shippingMinor the part of it that is shipping
 * @param skus what it is for; empty where it is money without units
 * @param restock whether the merchant's shop takes the units back into stock
 * @param notifyShopper whether the merchant's shop tells the shopper
 * @param text our own words for the reason, never a shopper's
 * @param known Violet's refunds of that bag, by id, that were already booked and stand in nobody's way
 */
public record VioletPayment(
        String instructionId,
        String kind,
        String seller,
        String orderId,
        long refundId,
        String account,
        long violetOrderId,
        long bagId,
        String currency,
        long amountMinor,
        long shippingMinor,
        List<Sku> skus,
        boolean restock,
        @JsonProperty("notify") boolean notifyShopper,
        String text,
        List<String> known) {

    public static final String TOPIC = "violet-instructions";
    public static final String TYPE = "dev.refundhub.pay.v1";
    public static final String KIND = "PAY";

    /** Units of a line of the bag and the money for them. */
    public record Sku(long orderSkuId, int quantity, long amountMinor) {}
}
