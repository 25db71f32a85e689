package dev.refundhub.local.simulator;

import java.util.Objects;
import java.util.regex.Pattern;

/**
 * How the next matching calls are to be played. Everything but the behaviour may be null.
 *
 * @param method the calls of this method; null: of any
 * @param path the calls whose whole path matches this regular expression; null: every path
 * @param times how many calls; null: one; 0: without end
 * @param percent how many of a hundred matching calls, by the dice; null: every one
 * @param millis see {@link Behaviour}
 * @param seconds see {@link Behaviour}
 * @param reads see {@link Behaviour}
 * @param code see {@link Behaviour}
 * @param then see {@link Behaviour}
 */
public record Knob(
        Behaviour behaviour,
        String method,
        Pattern path,
        Integer times,
        Integer percent,
        Long millis,
        Integer seconds,
        Integer reads,
        Integer code,
        String then) {

    static final Knob NONE = new Knob(Behaviour.NORMAL, null, null, null, null, null, null, null, null, null);

    /** Checks that it says how to behave. */
    public Knob {
        Objects.requireNonNull(behaviour, "behaviour");
    }

    boolean matches(Call call) {
        return (method == null || method.equals(call.method()))
                && (path == null || path.matcher(call.path()).matches());
    }
}
