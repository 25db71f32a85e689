package dev.refundhub.local.prove;

import dev.refundhub.local.http.Http;
import dev.refundhub.local.http.Reply;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** Every fault that Violet can have, each at the same share of calls, by seeded dice. */
public final class Faults {
    private static final String OF_BOTH =
            """
            {"behaviour":"HOLD","millis":1800%1$s},
            {"behaviour":"TOO_MANY_REQUESTS"%1$s}, {"behaviour":"FAIL_BEFORE"%1$s}, {"behaviour":"FAIL_AFTER"%1$s},
            {"behaviour":"RESET_BEFORE"%1$s}, {"behaviour":"RESET_AFTER"%1$s}, {"behaviour":"GARBAGE"%1$s},
            {"behaviour":"TRUNCATED"%1$s}, {"behaviour":"ANSWER_LATE","millis":2500%1$s},
            {"behaviour":"SLOW_DRIP","millis":50%1$s},
            {"behaviour":"TOKEN_EXPIRED"%1$s}""";

    private static final String OF_PAYING =
            """
            {"behaviour":"REFUSE","code":4225%1$s}, {"behaviour":"REFUSE","code":9000%1$s},
            {"behaviour":"REFUSE","code":4238%1$s}, {"behaviour":"FAILED"%1$s},
            {"behaviour":"PROCESSING","reads":2%1$s}, {"behaviour":"PARTIALLY_COMPLETED","reads":2%1$s},
            {"behaviour":"PROCESSING","reads":1,"then":"FAILED"%1$s}""";

    private static final String OF_SHIPPED_SUITE =
            """
            {"behaviour":"TOO_MANY_REQUESTS"%1$s}, {"behaviour":"FAIL_BEFORE"%1$s}, {"behaviour":"FAIL_AFTER"%1$s},
            {"behaviour":"RESET_BEFORE"%1$s}, {"behaviour":"RESET_AFTER"%1$s}, {"behaviour":"GARBAGE"%1$s},
            {"behaviour":"TRUNCATED"%1$s}, {"behaviour":"ANSWER_LATE","millis":2500%1$s}""";

    private Faults() {}

    /** At so many percent of Violet's calls each. */
    public static void set(String violet, int percent, int seed) {
        String always = ",\"times\":0,\"percent\":" + percent;
        String paying = always + ",\"method\":\"POST\",\"path\":\".*/refunds\"";
        String reading = always + ",\"method\":\"GET\"";
        String knobs = "[" + OF_BOTH.formatted(paying) + "," + OF_PAYING.formatted(paying) + ","
                + OF_BOTH.formatted(reading) + "]";
        turn(violet, knobs, seed);
    }

    /** The same for those that Shipped Suite can have. */
    public static void setShippedSuite(String shippedSuite, int percent, int seed) {
        String sometimes = ",\"times\":0,\"percent\":" + percent;
        turn(shippedSuite, "[" + OF_SHIPPED_SUITE.formatted(sometimes) + "]", seed);
    }

    private static void turn(String simulator, String knobs, int seed) {
        Reply reply = Http.send(
                "POST", simulator + "/_simulator/knobs?seed=" + seed, Map.of(), knobs.getBytes(StandardCharsets.UTF_8));
        if (reply.status() != 200) {
            throw new IllegalStateException("no faults: " + reply.body());
        }
    }
}
