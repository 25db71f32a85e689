package dev.refundhub.connectors.exchange;

import java.security.SecureRandom;
import java.util.regex.Pattern;

/**
 * The W3C {@code traceparent} of an instruction: it goes on as it came, to the partner and to what is reported. One that was told
 * none begins one.
 */
public final class Trace {

    /** The header, of messages and of requests. */
    public static final String HEADER = "traceparent";

    /** Neither id may be all zeros. */
    private static final Pattern PARENT = Pattern.compile("00-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}");

    private static final SecureRandom RANDOM = new SecureRandom();

    private Trace() {}

    /** What was told, if it is one; otherwise one that nobody has recorded yet. */
    public static String of(String told) {
        return told != null && PARENT.matcher(told).matches() ? told : begun();
    }

    private static String begun() {
        return "00-%016x%016x-%016x-00".formatted(RANDOM.nextLong(), RANDOM.nextLong() | 1, RANDOM.nextLong() | 1);
    }
}
