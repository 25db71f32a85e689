package dev.refundhub.local;

import dev.refundhub.local.prove.ConnectorsPace;
import dev.refundhub.local.prove.ConnectorsProof;
import dev.refundhub.local.prove.Disproved;
import dev.refundhub.local.stack.CannotStart;
import dev.refundhub.local.stack.Directories;
import dev.refundhub.local.stack.Fleet;
import dev.refundhub.local.stack.Settings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Shows at full size what the tests show at a small one. */
final class Prove {
    private static final Map<String, String> PACE =
            Map.of("HUB_ACCOUNT_VIOLET_CALLS_AT_ONCE", "32", "HUB_ACCOUNT_VIOLET_CALLS_PER_SECOND", "100000");
    private static final Duration LIMIT = Duration.ofHours(2);

    private Prove() {}

    static void run(Path module, Settings settings, String[] words) {
        Arguments arguments = Arguments.parse(words, Set.of("--payments", "--seed"), Set.of("--pace"));
        boolean pace = arguments.has("--pace");
        if (!arguments.words().equals(List.of("connectors"))) {
            throw new CannotStart("There is one thing to prove here: connectors.");
        }
        int payments = number(arguments, "--payments", 10_000);
        int seed = number(arguments, "--seed", 1);
        Clock clock = new Clock();
        try (Fleet fleet = fleet(module, settings, pace ? PACE : ConnectorsProof.IMPATIENT)) {
            Runtime.getRuntime().addShutdownHook(new Thread(fleet::close, "stop"));
            fleet.start();
            List<String> faults = pace
                    ? new ConnectorsPace(fleet, payments, Prove::say).run()
                    : new ConnectorsProof(fleet, payments, seed, Duration.ofSeconds(5), Prove::say).run(LIMIT);
            if (!faults.isEmpty()) {
                throw new Disproved(faults);
            }
        }
        System.out.println(payments + " payments, none twice, none lost, after " + clock + ".");
    }

    private static Fleet fleet(Path module, Settings settings, Map<String, String> more) {
        return new Fleet(Directories.of(module, null), settings, more, Prove::say);
    }

    private static void say(String line) {
        System.out.println(line);
    }

    private static int number(Arguments arguments, String option, int otherwise) {
        try {
            return arguments.option(option).map(Integer::parseInt).orElse(otherwise);
        } catch (NumberFormatException e) {
            throw new CannotStart(option + " takes a number.");
        }
    }
}
