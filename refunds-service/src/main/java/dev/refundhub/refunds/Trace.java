package dev.refundhub.refunds;

import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.security.SecureRandom;
import java.util.regex.Pattern;

/**
 * The W3C {@code traceparent} of what happens now: it goes on as it came, from the message or the request that caused something
 * to every message that tells of it. What nobody caused begins one.
 */
public final class Trace {

    /** The header, of messages and of requests. */
    public static final String HEADER = "traceparent";

    /** Neither id may be all zeros. */
    private static final Pattern PARENT = Pattern.compile("00-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}");

    private static final SecureRandom RANDOM = new SecureRandom();

    private Trace() {}

    /** What was told, if it is one; null otherwise. */
    public static String of(String told) {
        return told != null && PARENT.matcher(told).matches() ? told : null;
    }

    /** One that nobody has recorded yet. */
    public static String begun() {
        return "00-%016x%016x-%016x-00".formatted(RANDOM.nextLong(), RANDOM.nextLong() | 1, RANDOM.nextLong() | 1);
    }

    /** To be had by {@link #current()} for as long as this request is being answered. */
    public static void enter(String told) {
        String trace = of(told);
        Context context = Vertx.currentContext();
        if (trace != null && context != null) {
            context.putLocal(HEADER, trace);
        }
    }

    /** The one of the request that is being answered, or one that begins here. */
    public static String current() {
        Context context = Vertx.currentContext();
        String entered = context == null ? null : context.getLocal(HEADER);
        return entered == null ? begun() : entered;
    }
}
