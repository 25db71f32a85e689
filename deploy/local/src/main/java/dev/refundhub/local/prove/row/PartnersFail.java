package dev.refundhub.local.prove.row;

import dev.refundhub.local.http.Http;
import dev.refundhub.local.prove.Faults;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** The partners misbehave, each in every way it can, at some of the calls. */
final class PartnersFail {
    private static final int PERCENT = 5;
    private static final long SECONDS = 20;

    private PartnersFail() {}

    static String forAWhile(Scene scene) throws InterruptedException {
        String violet = scene.fleet().settings().violetSimulator();
        String shipped = scene.fleet().settings().shippedSimulator();
        int seed = scene.dice().nextInt(1_000_000);
        Faults.set(violet, PERCENT, seed);
        Faults.setShippedSuite(shipped, PERCENT, seed);
        try {
            Scene.pause(SECONDS);
        } finally {
            forget(violet);
            forget(shipped);
        }
        return "every fault of Violet and Shipped Suite at " + PERCENT + " % of the calls for " + SECONDS + " s";
    }

    private static void forget(String simulator) {
        Http.send("DELETE", simulator + "/_simulator/knobs", Map.of(), "".getBytes(StandardCharsets.UTF_8));
    }
}
