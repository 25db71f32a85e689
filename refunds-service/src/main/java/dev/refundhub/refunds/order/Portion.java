package dev.refundhub.refunds.order;

import java.util.List;
import java.util.stream.IntStream;

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

    /** The same lines and units for another amount, in proportion; no cent is made or lost. */
    public static List<Portion> scaled(List<Portion> portions, long amount) {
        long[] weights = portions.stream().mapToLong(Portion::amount).toArray();
        boolean weightless = total(portions) == 0;
        long[] shares = Shares.inProportion(
                amount, weightless ? portions.stream().mapToLong(p -> 1).toArray() : weights);
        return IntStream.range(0, weights.length)
                .mapToObj(i -> new Portion(portions.get(i).lineId, portions.get(i).quantity, shares[i]))
                .toList();
    }
}
