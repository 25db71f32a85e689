package dev.refundhub.gateway.delivery;

import dev.refundhub.gateway.Delivery;
import java.util.regex.Pattern;

/** The W3C {@code traceparent} of everything that a delivery causes, the same however often it is told. */
final class Trace {

    /** Neither id may be all zeros. */
    private static final Pattern PARENT = Pattern.compile("00-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}");

    private Trace() {}

    /** The one it came with, or one that is made of the delivery's id, which nobody has recorded yet. */
    static String of(Delivery delivery) {
        String given = delivery.headers().getString("traceparent", "");
        return PARENT.matcher(given).matches() ? given : begun(delivery);
    }

    private static String begun(Delivery delivery) {
        String id = delivery.id().toString().replace("-", "");
        return "00-" + id + "-" + id.substring(16) + "-00";
    }
}
