package dev.refundhub.refunds.order;

import java.util.List;

/**
 * A part of an order's money, and of its units where it takes any.
 *
 * @param quantity units; 0 where it is money only
 * @param amount minor units
 */
public record Portion(String lineId, int quantity, long amount) {

    public static long total(List<Portion> portions) {
        return portions.stream().mapToLong(Portion::amount).sum();
    }
}
