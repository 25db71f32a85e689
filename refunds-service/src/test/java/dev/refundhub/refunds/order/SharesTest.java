package dev.refundhub.refunds.order;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SharesTest {

    @Test
    void theRemainingCentsGoToTheLargestRemainders() {
        assertArrayEquals(new long[] {3, 4, 3}, Shares.spread(10, new long[] {10, 12, 11}));
    }

    @Test
    void equalRemaindersAreServedInTheirOrder() {
        assertArrayEquals(new long[] {4, 3, 3}, Shares.spread(10, new long[] {7, 7, 7}));
    }

    @Test
    void aDiscountLargerThanEverythingTakesEverything() {
        assertArrayEquals(new long[] {5, 7}, Shares.spread(100, new long[] {5, 7}));
    }

    @Test
    void nothingIsSpreadOverNothing() {
        assertArrayEquals(new long[] {0, 0}, Shares.spread(100, new long[] {0, 0}));
    }

    @Test
    void spreadingMakesAndLosesNoCent() {
        Random random = new Random(42);
        for (int i = 0; i < 10_000; i++) {
            long[] weights = random.longs(1 + random.nextInt(8), 0, 1_000_000).toArray();
            long amount = random.nextLong(2_000_000);
            long total = Arrays.stream(weights).sum();

            long[] shares = Shares.spread(amount, weights);

            assertEquals(Math.min(amount, total), Arrays.stream(shares).sum());
            for (int line = 0; line < weights.length; line++) {
                assertTrue(shares[line] >= 0 && shares[line] <= weights[line]);
            }
        }
    }

    @Test
    void sharesOfAmountsThatDoNotFitTogetherIntoALongAreExact() {
        assertEquals(999_999_999_998L, Shares.upTo(999_999, 1_000_000, 1_000_000_999_999L));
    }
}
