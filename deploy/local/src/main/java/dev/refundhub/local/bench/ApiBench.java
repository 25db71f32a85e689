package dev.refundhub.local.bench;

import dev.refundhub.local.stack.Stack;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/**
 * How many refunds are created through the API. Its references: the same statements played against the same PostgreSQL, in a schema
 * of its own that is the same, from as many connections as the service has, with nothing around them; and Kill Bill's refund call.
 */
public final class ApiBench {
    private static final String JAR = "refunds-service/target";
    private static final double PART = 3;
    private static final double KILL_BILL_AIM = 5;

    private final Stack stack;
    private final int rounds;
    private final Duration round;
    private final int connections;
    private final Consumer<String> say;
    private final List<String> faults = new ArrayList<>();

    /** Measures a refunds-service that is up. */
    public ApiBench(Stack stack, int rounds, Duration round, int connections, Consumer<String> say) {
        this.stack = stack;
        this.rounds = rounds;
        this.round = round;
        this.connections = connections;
        this.say = say;
    }

    /** What was answered otherwise than it must be; empty where nothing was. */
    public List<String> run() {
        Report report = new Report("api", stack.directories().checkout(), say);
        try (Creating creating = new Creating(stack, connections, round, say)) {
            creating.tellOrders();
            creating.warmUp();
            measure(creating, report);
            everythingIsThere(creating, report);
        }
        report.write(stack.directories().checkout().resolve("deploy/local/target/bench/api.json"));
        return faults;
    }

    private void measure(Creating creating, Report report) {
        try (SameStatements same = new SameStatements(stack.settings().databases())) {
            same.perSecond(round);
            double[] rates = new double[rounds];
            double[] reference = new double[rounds];
            double[] median = new double[rounds];
            double[] p99 = new double[rounds];
            Usage service = Usage.of(JAR);
            Usage own = Usage.own();
            long before = creating.created();
            for (int i = 0; i < rounds; i++) {
                Answers answers = keep(creating.round());
                rates[i] = answers.perSecond();
                median[i] = answers.percentile(0.5);
                p99[i] = answers.percentile(0.99);
            }
            long counted = creating.created() - before;
            double cpu = Usage.of(JAR).millisSince(service, counted);
            double asked = Usage.own().millisSince(own, counted);
            for (int i = 0; i < rounds; i++) {
                reference[i] = same.perSecond(round);
                say.accept(String.format(
                        Locale.ROOT,
                        "Round %d: %,.0f created, %,.0f by statements alone.",
                        i + 1,
                        rates[i],
                        reference[i]));
            }
            report.line("refunds created per second", Figures.spread(rates, "%,.0f"), "");
            report.line("the same statements alone", Figures.spread(reference, "%,.0f"), "");
            double part = Figures.median(reference) / Figures.median(rates);
            report.line(
                    "that is so many times as many",
                    String.format(Locale.ROOT, "%.2f", part),
                    Report.verdict(part <= PART, "3"));
            killBill(Figures.median(rates), report);
            report.line("half of all within", Figures.spread(median, "%.1f") + " ms", "");
            report.line("  99 % within", Figures.spread(p99, "%.1f") + " ms", "");
            report.line("CPU of each, refunds-service", String.format(Locale.ROOT, "%.2f ms", cpu), "");
            report.line("  who asks", String.format(Locale.ROOT, "%.2f ms", asked), "");
            report.line("memory of refunds-service", Usage.of(JAR).mebibytes() + " MiB resident", "");
        }
    }

    /** Where it was fetched. It gets all of the machine: nobody asks the hub meanwhile. */
    private void killBill(double ours, Report report) {
        if (!KillBill.isThere(stack.directories().checkout())) {
            report.line("Kill Bill's refund call", "it is not there", "");
            return;
        }
        say.accept("Starting Kill Bill.");
        double[] rates = new double[rounds];
        try (KillBill killBill = KillBill.beside(stack)) {
            say.accept("Warming it up.");
            killBill.warmUp(connections, round);
            long before = KillBill.refunded(stack.settings().databases());
            long answered = 0;
            for (int i = 0; i < rounds; i++) {
                Answers answers = keep(killBill.refund(connections, round));
                rates[i] = answers.perSecond();
                answered += answers.of(Creating.CREATED);
                say.accept(String.format(Locale.ROOT, "Round %d: %,.0f refunds by Kill Bill.", i + 1, rates[i]));
            }
            long there = KillBill.refunded(stack.settings().databases()) - before;
            if (there != answered) {
                faults.add("Kill Bill has " + there + " refunds and answered " + answered);
            }
        }
        double times = ours / Figures.median(rates);
        report.line("Kill Bill's refund call", Figures.spread(rates, "%,.0f"), "");
        report.line(
                "  of that, the hub creates so many times as many",
                String.format(Locale.ROOT, "%.2f", times),
                Report.verdict(times > 1, "ahead") + (times >= KILL_BILL_AIM ? ", aim reached" : ", aim 5"));
    }

    private Answers keep(Answers answers) {
        if (!answers.areAll(Creating.CREATED)) {
            faults.add("not all were created: " + answers);
        }
        return answers;
    }

    private void everythingIsThere(Creating creating, Report report) {
        long created = creating.created();
        long there = creating.there();
        report.line(
                "created and in the database", created + " and " + there, Report.verdict(created == there, "the same"));
        if (created != there) {
            faults.add(created + " were created, " + there + " are there");
        }
    }
}
