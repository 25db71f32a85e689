package dev.refundhub.refunds.order;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/** Divides money so that no cent is made or lost. */
final class Shares {

    private Shares() {}

    /** What the first {@code units} of {@code of} units cost together, rounded down. */
    static long upTo(long units, long of, long money) {
        return BigInteger.valueOf(money)
                .multiply(BigInteger.valueOf(units))
                .divide(BigInteger.valueOf(of))
                .longValueExact();
    }

    /**
     * Spreads an amount by weight, the remaining cents to the largest remainders, equal ones in their order. An amount above
     * the sum of the weights is cut to it.
     */
    static long[] spread(long amount, long[] weights) {
        return inProportion(Math.min(amount, Arrays.stream(weights).sum()), weights);
    }

    /** Spreads all of an amount the same way, be it more than the weights; nothing where nothing has weight. */
    static long[] inProportion(long amount, long[] weights) {
        long total = Arrays.stream(weights).sum();
        if (total == 0) {
            return new long[weights.length];
        }
        long[] shares = Arrays.stream(weights).map(w -> upTo(w, total, amount)).toArray();
        long missing = amount - Arrays.stream(shares).sum();
        IntStream.range(0, weights.length)
                .boxed()
                .sorted(Comparator.comparing((Integer i) -> remainder(weights[i], total, amount))
                        .reversed())
                .limit(missing)
                .forEach(i -> shares[i]++);
        return shares;
    }

    private static BigInteger remainder(long weight, long total, long amount) {
        return BigInteger.valueOf(amount).multiply(BigInteger.valueOf(weight)).mod(BigInteger.valueOf(total));
    }
}
