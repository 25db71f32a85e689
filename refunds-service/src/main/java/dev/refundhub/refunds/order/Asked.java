package dev.refundhub.refunds.order;

/**
 * A part of an order that somebody wants refunded, as they named it: the line may not exist.
 *
 * @param quantity units; 0 for money only
 * @param amount minor units; null for what it is worth, or what is left of the line where it is money only
 */
public record Asked(String lineId, int quantity, Long amount) {

    public Asked(String lineId, int quantity) {
        this(lineId, quantity, null);
    }
}
