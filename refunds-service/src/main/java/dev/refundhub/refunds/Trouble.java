package dev.refundhub.refunds;

import io.vertx.core.VertxException;
import io.vertx.pgclient.PgException;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Set;

/** Tells what passes with time from what a record is itself. When in doubt, it passes. */
public final class Trouble {

    /** Classes of SQL states: data exceptions, violated constraints, limits of the database. */
    private static final Set<String> LASTING_STATES = Set.of("22", "23", "54");

    /** Deadlock found, serialization failed, lock not had in time. */
    private static final Set<String> LOCKS = Set.of("40P01", "40001", "55P03");

    private static final Set<Class<? extends Throwable>> LASTING_FAULTS = Set.of(
            Refused.class,
            NullPointerException.class,
            IllegalArgumentException.class,
            NoSuchElementException.class,
            ArithmeticException.class,
            ClassCastException.class,
            IndexOutOfBoundsException.class);

    private Trouble() {}

    /** Whether trying again would end the same. */
    public static boolean lasts(Throwable failure) {
        return sqlState(failure)
                .map(state -> LASTING_STATES.contains(state.substring(0, 2)))
                .orElseGet(() -> LASTING_FAULTS.stream().anyMatch(fault -> fault.isInstance(failure)));
    }

    /** Whether somebody else was in the way: trying again at once may do. */
    public static boolean isLock(Throwable failure) {
        return sqlState(failure).filter(LOCKS::contains).isPresent();
    }

    /** Whether it is neither the database's word, nor the network's, nor about a record: then somebody has to find its place. */
    public static boolean isUnexpected(Throwable failure) {
        Throwable cause = cause(failure);
        return cause instanceof RuntimeException
                && !(cause instanceof Refused)
                && !(cause instanceof VertxException)
                && sqlState(failure).isEmpty();
    }

    /** What it all began with. */
    public static Throwable cause(Throwable failure) {
        Throwable deepest = failure;
        while (deepest.getCause() != null) {
            deepest = deepest.getCause();
        }
        return deepest;
    }

    private static Optional<String> sqlState(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof PgException pg) {
                return Optional.of(pg.getSqlState());
            }
        }
        return Optional.empty();
    }
}
