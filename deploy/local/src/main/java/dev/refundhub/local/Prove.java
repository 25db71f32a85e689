package dev.refundhub.local;

import dev.refundhub.local.prove.ConnectorsPace;
import dev.refundhub.local.prove.ConnectorsProof;
import dev.refundhub.local.prove.Disproved;
import dev.refundhub.local.prove.agent.Point;
import dev.refundhub.local.prove.row.Proof;
import dev.refundhub.local.prove.row.Row;
import dev.refundhub.local.stack.CannotStart;
import dev.refundhub.local.stack.Directories;
import dev.refundhub.local.stack.Fleet;
import dev.refundhub.local.stack.Settings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Shows at full size what the tests show at a small one. */
final class Prove {
    private static final Map<String, String> PACE =
            Map.of("HUB_ACCOUNT_VIOLET_CALLS_AT_ONCE", "32", "HUB_ACCOUNT_VIOLET_CALLS_PER_SECOND", "100000");
    private static final Duration LIMIT = Duration.ofHours(2);
    private static final Duration BROKER_AWAY = Duration.ofSeconds(60);
    private static final Duration BROKER_AWAY_SMALL = Duration.ofSeconds(15);

    private Prove() {}

    static void run(Path module, Settings settings, String[] words) {
        Arguments arguments = Arguments.parse(
                words, Set.of("--payments", "--seed", "--minutes", "--points"), Set.of("--pace", "--small", "--list"));
        if (arguments.has("--list")) {
            Stream.of(Row.values()).forEach(row -> say("%-16s %s".formatted(row, row.meaning())));
        } else if (arguments.words().equals(List.of("connectors"))) {
            connectors(module, settings, arguments);
        } else {
            rows(module, settings, arguments);
        }
    }

    private static void rows(Path module, Settings settings, Arguments arguments) {
        boolean small = arguments.has("--small");
        List<Row> rows = arguments.words().isEmpty()
                ? small ? Row.SMALL : List.of(Row.values())
                : arguments.words().stream().map(Prove::row).toList();
        int seed = number(arguments, "--seed", 1);
        long end = System.nanoTime()
                + Duration.ofMinutes(number(arguments, "--minutes", 0)).toNanos();
        Clock clock = new Clock();
        List<String> broken = new ArrayList<>();
        try (Proof proof = new Proof(
                Directories.of(module, null),
                settings,
                arguments.option("--points").map(Prove::points).orElse(EnumSet.allOf(Point.class)),
                small ? BROKER_AWAY_SMALL : BROKER_AWAY,
                Prove::say)) {
            Runtime.getRuntime().addShutdownHook(new Thread(proof::close, "stop"));
            proof.start();
            int played = 0;
            do {
                for (Row row : rows) {
                    Proof.Verdict verdict = proof.play(row, seed);
                    played++;
                    if (verdict == Proof.Verdict.BROKEN || verdict == Proof.Verdict.INVALID) {
                        broken.add(row + " with seed " + seed + ": " + verdict);
                    }
                }
                seed++;
            } while (System.nanoTime() < end);
            say(played + " rows after " + clock + ", "
                    + (broken.isEmpty() ? "every promise held." : "broken: " + broken));
        }
        if (!broken.isEmpty()) {
            throw new Disproved(broken);
        }
    }

    private static Row row(String word) {
        try {
            return Row.named(word);
        } catch (IllegalArgumentException e) {
            throw new CannotStart(e.getMessage(), e);
        }
    }

    private static Set<Point> points(String words) {
        try {
            return Stream.of(words.split(",", -1))
                    .map(Point::valueOf)
                    .collect(Collectors.toCollection(() -> EnumSet.noneOf(Point.class)));
        } catch (IllegalArgumentException e) {
            throw new CannotStart("--points takes some of " + EnumSet.allOf(Point.class) + ", with commas between.", e);
        }
    }

    private static void connectors(Path module, Settings settings, Arguments arguments) {
        boolean pace = arguments.has("--pace");
        int payments = number(arguments, "--payments", 10_000);
        int seed = number(arguments, "--seed", 1);
        Clock clock = new Clock();
        Map<String, String> more = pace ? PACE : ConnectorsProof.IMPATIENT;
        try (Fleet fleet = new Fleet(Directories.of(module, null), settings, more, Prove::say)) {
            Runtime.getRuntime().addShutdownHook(new Thread(fleet::close, "stop"));
            fleet.start();
            List<String> faults = pace
                    ? new ConnectorsPace(fleet, payments, Prove::say).run()
                    : new ConnectorsProof(fleet, payments, seed, Duration.ofSeconds(5), Prove::say).run(LIMIT);
            if (!faults.isEmpty()) {
                throw new Disproved(faults);
            }
        }
        say(payments + " payments, none twice, none lost, after " + clock + ".");
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
