package dev.refundhub.local.prove.check;

import dev.refundhub.local.prove.load.Diary;
import java.util.Set;

/**
 * What is checked.
 *
 * @param diary of the load whose promises are to be kept
 * @param except what need not hold, since what was done to the hub takes it away
 */
public record Scope(Diary diary, Set<Except> except) {
    /** What need not hold. */
    public enum Except {
        /** Somebody put things on the topics that are not understood. */
        NO_DEAD_LETTERS,
        /** The database is older than what some were told. */
        WHAT_THE_API_SAID,
        /** What was said on the topics is gone. */
        EVERY_EVENT
    }

    boolean excepts(Except what) {
        return except.contains(what);
    }
}
