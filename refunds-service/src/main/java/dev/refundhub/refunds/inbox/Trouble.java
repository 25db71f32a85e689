package dev.refundhub.refunds.inbox;

import io.vertx.pgclient.PgException;
import java.util.Set;

/** Tells what passes with time from what a record is itself. When in doubt, it passes. */
public final class Trouble {

    /** SQL states: data exceptions and violated constraints. */
    private static final Set<String> LASTING_STATES = Set.of("22", "23");

    private static final Set<Class<? extends Throwable>> LASTING_FAULTS = Set.of(
            Refused.class,
            NullPointerException.class,
            IllegalArgumentException.class,
            ArithmeticException.class,
            ClassCastException.class,
            IndexOutOfBoundsException.class);

    private Trouble() {}

    /** Whether trying again would end the same. */
    public static boolean lasts(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof PgException pg) {
                return LASTING_STATES.contains(pg.getSqlState().substring(0, 2));
            }
        }
        return LASTING_FAULTS.stream().anyMatch(fault -> fault.isInstance(failure));
    }
}
