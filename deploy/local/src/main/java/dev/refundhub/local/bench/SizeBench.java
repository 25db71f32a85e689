package dev.refundhub.local.bench;

import dev.refundhub.local.http.Http;
import dev.refundhub.local.issuer.Role;
import dev.refundhub.local.size.Sample;
import dev.refundhub.local.stack.Service;
import dev.refundhub.local.stack.Stack;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Whether the hub is as fast with very many refunds as with few: creating them, and a seller's list. */
public final class SizeBench {
    private static final int LISTS = 200;
    private static final double PART = 0.8;

    private final Supplier<Stack> stacks;
    private final int rounds;
    private final Duration round;
    private final int connections;
    private final Consumer<String> say;
    private final List<String> faults = new ArrayList<>();

    /** What was measured with so many refunds there. */
    private record Measured(List<Double> created, List<Double> listed) {}

    /**
     * Measures one stack after the other, each with data of its own.
     *
     * @param stacks gives one that is not started
     */
    public SizeBench(Supplier<Stack> stacks, int rounds, Duration round, int connections, Consumer<String> say) {
        this.stacks = stacks;
        this.rounds = rounds;
        this.round = round;
        this.connections = connections;
        this.say = say;
    }

    /** What was answered otherwise than it must be; empty where nothing was. */
    public List<String> run(int few, int many, Path checkout) {
        Measured small = measure(few);
        Measured big = measure(many);
        Report report = new Report("size", checkout, say);
        line(report, few, small);
        line(report, many, big);
        double part = Figures.median(array(big.created())) / Figures.median(array(small.created()));
        report.line(
                "creating, with many as a part of with few",
                String.format(Locale.ROOT, "%.2f", part),
                Report.verdict(part >= PART, "0.80"));
        report.write(checkout.resolve("deploy/local/target/bench/size.json"));
        return faults;
    }

    private static double[] array(List<Double> values) {
        return values.stream().mapToDouble(Double::doubleValue).toArray();
    }

    private static void line(Report report, int refunds, Measured measured) {
        String with = String.format(Locale.ROOT, "with %,d refunds: ", refunds);
        report.line(with + "created per second", Figures.spread(array(measured.created()), "%,.0f"), "");
        report.line(with + "a list within", Figures.spread(array(measured.listed()), "%.1f") + " ms", "");
    }

    private Measured measure(int refunds) {
        try (Stack stack = stacks.get()) {
            stack.start(Set.of(Service.REFUNDS));
            stack.of(Service.REFUNDS).stop();
            load(stack, refunds);
            stack.of(Service.REFUNDS).start();
            stack.awaitReady(Service.REFUNDS);
            try (Creating creating = new Creating(stack, connections, round, say)) {
                creating.tellOrders();
                creating.warmUp();
                List<Double> created = new ArrayList<>();
                List<Double> listed = new ArrayList<>();
                for (int i = 0; i < rounds; i++) {
                    Answers answers = creating.round();
                    if (!answers.areAll(Creating.CREATED)) {
                        faults.add("not all were created: " + answers);
                    }
                    created.add(answers.perSecond());
                    listed.add(list(stack));
                    say.accept(String.format(
                            Locale.ROOT, "Round %d with %,d: %,.0f a second.", i + 1, refunds, answers.perSecond()));
                }
                return new Measured(created, listed);
            }
        }
    }

    /** Milliseconds for the first page of the biggest seller's list, half of all times. */
    private static double list(Stack stack) {
        String token = stack.issuer().token(Role.SELLER, "biggest", "bench");
        long[] nanos = new long[LISTS];
        for (int i = 0; i < LISTS; i++) {
            long began = System.nanoTime();
            Http.get(stack.settings().refunds() + "/refunds?size=20", Http.bearer(token));
            nanos[i] = System.nanoTime() - began;
        }
        return Figures.millis(Figures.percentile(nanos, 0.5));
    }

    /** Nothing of it is overdue: being reminded is not what is measured. */
    private void load(Stack stack, int refunds) {
        say.accept(String.format(Locale.ROOT, "Loading %,d refunds.", refunds));
        try (Connection database = stack.settings().databases().connect("refunds");
                Statement statement = database.createStatement()) {
            new Sample(database, say).load(refunds);
            statement.execute("update refund set due_at = now() + interval '30 days' where due_at is not null");
            statement.execute("select setval('refund_id', max(id)) from refund");
            statement.execute("vacuum analyze");
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
