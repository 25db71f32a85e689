package dev.refundhub.local.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class FiguresTest {
    @Test
    void aPercentileIsTheSmallestThatSoManyDoNotExceed() {
        long[] hundred = LongStream.rangeClosed(1, 100).map(n -> 101 - n).toArray();

        assertEquals(50, Figures.percentile(hundred, 0.5));
        assertEquals(99, Figures.percentile(hundred, 0.99));
        assertEquals(100, Figures.percentile(hundred, 1));
        assertEquals(1, Figures.percentile(hundred, 0));
        assertEquals(7, Figures.percentile(new long[] {7}, 0.99));
        assertEquals(0, Figures.percentile(new long[0], 0.99));
    }

    @Test
    void aMedianIsTheMiddleOrBetweenTheTwoInTheMiddle() {
        assertEquals(2, Figures.median(new double[] {9, 1, 2}));
        assertEquals(1.5, Figures.median(new double[] {2, 1}));
        assertEquals("2.0 (1.0 to 9.0)", Figures.spread(new double[] {9, 1, 2}, "%.1f"));
    }
}
