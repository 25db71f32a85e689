package dev.refundhub.local;

import dev.refundhub.local.bench.ApiBench;
import dev.refundhub.local.bench.FetchBench;
import dev.refundhub.local.bench.GatewayBench;
import dev.refundhub.local.bench.PipelineBench;
import dev.refundhub.local.bench.SizeBench;
import dev.refundhub.local.prove.Disproved;
import dev.refundhub.local.stack.CannotStart;
import dev.refundhub.local.stack.Directories;
import dev.refundhub.local.stack.Service;
import dev.refundhub.local.stack.Settings;
import dev.refundhub.local.stack.Stack;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/** Measures what can be measured from outside. */
final class Bench {
    private static final Set<String> OPTIONS =
            Set.of("--rounds", "--seconds", "--connections", "--orders", "--claims", "--few", "--many");

    private Bench() {}

    static void run(Path module, Settings settings, String[] words) {
        Arguments arguments = Arguments.parse(words, OPTIONS, Set.of());
        String what = String.join(" ", arguments.words());
        int rounds = number(arguments, "--rounds", 5);
        Duration round = Duration.ofSeconds(number(arguments, "--seconds", 5));
        Map<String, String> environment = new HashMap<>(settings.environment());
        environment.put(Settings.MEASURED, "yes");
        Supplier<Stack> stacks = () -> new Stack(Directories.of(module, null), new Settings(environment), Bench::say);
        int connections = number(arguments, "--connections", 64);
        if (what.equals("size")) {
            end(new SizeBench(stacks, rounds, round, connections, Bench::say)
                    .run(
                            number(arguments, "--few", 5_000),
                            number(arguments, "--many", 5_000_000),
                            Directories.of(module, null).checkout()));
            return;
        }
        try (Stack stack = stacks.get()) {
            Runtime.getRuntime().addShutdownHook(new Thread(stack::close, "stop"));
            List<String> faults =
                    switch (what) {
                        case "gateway" ->
                            new GatewayBench(
                                            stack.start(Set.of(Service.GATEWAY)),
                                            rounds,
                                            round,
                                            connections,
                                            Bench::say)
                                    .run();
                        case "fetch" ->
                            new FetchBench(
                                            stack.start(Set.of(Service.GATEWAY, Service.REFUNDS)),
                                            number(arguments, "--orders", 100_000),
                                            rounds,
                                            round,
                                            Bench::say)
                                    .run();
                        case "pipeline" ->
                            new PipelineBench(stack.start(), rounds, number(arguments, "--claims", 2_000), Bench::say)
                                    .run();
                        case "api" ->
                            new ApiBench(stack.start(Set.of(Service.REFUNDS)), rounds, round, connections, Bench::say)
                                    .run();
                        default ->
                            throw new CannotStart(
                                    "There is gateway to measure, api, pipeline, size, and fetch; see --help.");
                    };
            end(faults);
        }
    }

    private static void end(List<String> faults) {
        if (!faults.isEmpty()) {
            throw new Disproved(faults);
        }
    }

    private static void say(String line) {
        System.out.println(line);
    }

    private static int number(Arguments arguments, String option, int otherwise) {
        try {
            int number = arguments.option(option).map(Integer::parseInt).orElse(otherwise);
            if (number > 0) {
                return number;
            }
        } catch (NumberFormatException e) {
            // said below
        }
        throw new CannotStart(option + " takes a number above 0.");
    }
}
