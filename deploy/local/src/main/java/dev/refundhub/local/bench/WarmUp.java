package dev.refundhub.local.bench;

import java.util.function.DoubleSupplier;

/** Rounds before what is measured: a JVM goes on compiling for a minute or two. */
final class WarmUp {
    private static final int MOST = 30;
    private static final double FASTER = 1.02;

    private WarmUp() {}

    /**
     * Until it does not get faster any more: so many rounds in a row were not, or there have been enough.
     *
     * @param round plays one and says how many a second
     */
    static void until(int noFaster, int most, DoubleSupplier round) {
        double fastest = 0;
        for (int i = 0, slower = 0; i < most && slower < noFaster; i++) {
            double now = round.getAsDouble();
            slower = now > fastest * FASTER ? 0 : slower + 1;
            fastest = Math.max(fastest, now);
        }
    }

    /** The same for rounds of some seconds. */
    static void of(DoubleSupplier round) {
        until(3, MOST, round);
    }
}
