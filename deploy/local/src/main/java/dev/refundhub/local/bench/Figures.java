package dev.refundhub.local.bench;

import java.util.Arrays;
import java.util.Locale;

/** Sums up what was measured. */
final class Figures {
    private static final double NANOS = 1_000_000.0;

    private Figures() {}

    /** The smallest value that at least this part of all do not exceed; 0 of none. */
    static long percentile(long[] values, double part) {
        if (values.length == 0) {
            return 0;
        }
        long[] sorted = values.clone();
        Arrays.sort(sorted);
        int rank = (int) Math.ceil(part * sorted.length);
        return sorted[Math.max(rank, 1) - 1];
    }

    static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int half = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
    }

    /** Median, lowest and highest. */
    static String spread(double[] values, String format) {
        double lowest = Arrays.stream(values).min().orElse(0);
        double highest = Arrays.stream(values).max().orElse(0);
        return String.format(
                Locale.ROOT, format + " (" + format + " to " + format + ")", median(values), lowest, highest);
    }

    static double millis(long nanos) {
        return nanos / NANOS;
    }
}
