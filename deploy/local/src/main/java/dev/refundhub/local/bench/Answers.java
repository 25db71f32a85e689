package dev.refundhub.local.bench;

import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;

/** What was answered, and how long each answer took. */
final class Answers {
    private final Map<Integer, Long> byStatus = new TreeMap<>();
    private long[] nanos = new long[1024];
    private int count;
    private long took;

    void add(int status, long time) {
        byStatus.merge(status, 1L, Long::sum);
        if (count == nanos.length) {
            nanos = Arrays.copyOf(nanos, 2 * count);
        }
        nanos[count++] = time;
    }

    Answers within(long time) {
        took = time;
        return this;
    }

    long of(int status) {
        return byStatus.getOrDefault(status, 0L);
    }

    int count() {
        return count;
    }

    /** Whether all were of this status, and there were some. */
    boolean areAll(int status) {
        return count > 0 && of(status) == count;
    }

    double perSecond() {
        return count * 1e9 / took;
    }

    double percentile(double part) {
        return Figures.millis(Figures.percentile(Arrays.copyOf(nanos, count), part));
    }

    @Override
    public String toString() {
        return byStatus.toString();
    }
}
