package dev.refundhub.local.bench;

import dev.refundhub.local.delivery.ShippedSuite;
import dev.refundhub.local.delivery.Sources;
import dev.refundhub.local.stack.Bounded;
import dev.refundhub.local.stack.Port;
import dev.refundhub.local.stack.Stack;
import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/**
 * How many deliveries the gateway accepts. Its reference is the same server without storing: deliveries with a wrong signature,
 * which are heard and checked like the others and answered 401.
 */
public final class GatewayBench {
    private static final String SOURCE = "acme-shipped";
    private static final String JAR = "webhook-gateway/target";
    private static final int BODY = 1024;
    private static final int DIFFERENT = 4096;
    private static final int MOST_WARMING_UP = 20;
    private static final int ACCEPTED = 200;
    private static final int REFUSED = 401;
    private static final double MUST = 5_000;
    private static final double AIM = 20_000;
    private static final double PART = 5;
    private static final double LOADED_MILLIS = 20;
    private static final double ALONE_MILLIS = 5;
    private static final Duration TOLD_WITHIN = Duration.ofMinutes(5);

    private final Stack stack;
    private final int rounds;
    private final Duration round;
    private final int connections;
    private final Consumer<String> say;
    private final List<String> faults = new ArrayList<>();
    private long accepted;

    /** Measures a gateway that is up. */
    public GatewayBench(Stack stack, int rounds, Duration round, int connections, Consumer<String> say) {
        this.stack = stack;
        this.rounds = rounds;
        this.round = round;
        this.connections = connections;
        this.say = say;
    }

    /** What was answered otherwise than it must be; empty where nothing was. */
    public List<String> run() {
        Sources sources = new Sources(
                stack.directories().config("webhook-gateway"), stack.settings().environment());
        Supplier<Buffer> right = inTurn(sources.secret(SOURCE));
        Supplier<Buffer> wrong = inTurn("nobody's secret");
        Report report = new Report("gateway", stack.directories().checkout(), say);
        try (Load load = new Load(stack.settings().port(Port.GATEWAY))) {
            warmUp(load, right, wrong);
            double[] unstored = new double[rounds];
            double[] stored = new double[rounds];
            Usage gateway = Usage.of(JAR);
            Usage postgres = Usage.of("postgres");
            Usage kafka = Usage.of("Broker");
            Usage own = Usage.own();
            long before = accepted;
            for (int i = 0; i < rounds; i++) {
                unstored[i] = refuse(load.closed(connections, wrong, round)).perSecond();
                stored[i] = keep(load.closed(connections, right, round)).perSecond();
                say.accept(String.format(
                        Locale.ROOT,
                        "Round %d: %,.0f accepted, %,.0f refused a second.",
                        i + 1,
                        stored[i],
                        unstored[i]));
            }
            long kept = accepted - before;
            double rate = Figures.median(stored);
            report.line(
                    "deliveries accepted per second",
                    Figures.spread(stored, "%,.0f"),
                    Report.verdict(rate >= MUST, "5,000") + (rate >= AIM ? ", aim reached" : ", aim 20,000"));
            report.line("the same server without storing", Figures.spread(unstored, "%,.0f"), "");
            double part = Figures.median(unstored) / rate;
            report.line(
                    "that is so many times as many",
                    String.format(Locale.ROOT, "%.2f", part),
                    Report.verdict(part <= PART, "5"));
            report.line(
                    "CPU per delivery (both kinds), gateway",
                    millis(Usage.of(JAR).millisSince(gateway, kept)),
                    "");
            report.line("  PostgreSQL", millis(Usage.of("postgres").millisSince(postgres, kept)), "");
            report.line("  Kafka", millis(Usage.of("Broker").millisSince(kafka, kept)), "");
            report.line("  who asks", millis(Usage.own().millisSince(own, kept)), "");
            report.line("memory of the gateway", Usage.of(JAR).mebibytes() + " MiB resident", "");
            latencies(load, right, (int) (rate / 2), report);
        }
        everythingIsThere(report);
        report.write(stack.directories().checkout().resolve("deploy/local/target/bench/gateway.json"));
        return faults;
    }

    /** Until it does not get faster any more. */
    private void warmUp(Load load, Supplier<Buffer> right, Supplier<Buffer> wrong) {
        say.accept("Warming up.");
        refuse(load.closed(connections, wrong, round));
        double fastest = 0;
        for (int i = 0, slower = 0; i < MOST_WARMING_UP && slower < 3; i++) {
            double now = keep(load.closed(connections, right, round)).perSecond();
            slower = now > fastest * 1.02 ? 0 : slower + 1;
            fastest = Math.max(fastest, now);
        }
    }

    private void latencies(Load load, Supplier<Buffer> right, int half, Report report) {
        double[] median = new double[rounds];
        double[] p99 = new double[rounds];
        double[] alone = new double[rounds];
        double[] alone99 = new double[rounds];
        for (int i = 0; i < rounds; i++) {
            Answers loaded = keep(load.open(connections, half, right, round));
            median[i] = loaded.percentile(0.5);
            p99[i] = loaded.percentile(0.99);
        }
        for (int i = 0; i < rounds; i++) {
            Answers one = keep(load.closed(1, right, round.dividedBy(2)));
            alone[i] = one.percentile(0.5);
            alone99[i] = one.percentile(0.99);
        }
        report.line(
                String.format(Locale.ROOT, "at %,d a second: half of all within", half),
                Figures.spread(median, "%.2f") + " ms",
                "");
        report.line(
                "  99 % within",
                Figures.spread(p99, "%.2f") + " ms", Report.verdict(Figures.median(p99) <= LOADED_MILLIS, "20 ms"));
        report.line("alone: half of all within", Figures.spread(alone, "%.2f") + " ms", "");
        report.line(
                "  99 % within",
                Figures.spread(alone99, "%.2f") + " ms",
                Report.verdict(Figures.median(alone99) <= ALONE_MILLIS, "5 ms"));
    }

    private static String millis(double millis) {
        return String.format(Locale.ROOT, "%.3f ms", millis);
    }

    private Answers keep(Answers answers) {
        accepted += answers.of(ACCEPTED);
        return must(answers, ACCEPTED);
    }

    private Answers refuse(Answers answers) {
        return must(answers, REFUSED);
    }

    private Answers must(Answers answers, int status) {
        if (!answers.areAll(status)) {
            faults.add("not all were answered " + status + ": " + answers);
        }
        return answers;
    }

    /** None that was accepted is lost, and in the end all are told. */
    private void everythingIsThere(Report report) {
        long began = System.nanoTime();
        boolean told = Bounded.until(TOLD_WITHIN, () -> count("where state <> 'TOLD'") == 0);
        long there = count("");
        report.line(
                "accepted and in the database",
                accepted + " and " + there,
                Report.verdict(accepted == there, "the same"));
        report.line(
                "all told so long after the last",
                String.format(Locale.ROOT, "%.1f s", (System.nanoTime() - began) / 1e9),
                "");
        if (accepted != there) {
            faults.add(accepted + " were accepted, " + there + " are there");
        }
        if (!told) {
            faults.add(count("where state <> 'TOLD'") + " were not told");
        }
    }

    private long count(String which) {
        try (Connection connection = stack.settings().databases().connect("gateway");
                Statement statement = connection.createStatement();
                ResultSet count = statement.executeQuery("select count(*) from delivery " + which)) {
            count.next();
            return count.getLong(1);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Signed before they are needed: the signing is not what is measured. */
    private static Supplier<Buffer> inTurn(String secret) {
        List<Buffer> requests = IntStream.rangeClosed(1, DIFFERENT)
                .mapToObj(no -> request(no, secret))
                .toList();
        int[] next = {0};
        return () -> requests.get(next[0]++ % DIFFERENT);
    }

    private static Buffer request(int no, String secret) {
        String claim =
                ("{\"topic\":\"refund.requested\",\"payload\":{\"id\":%d,\"claim\":{\"reason\":\"lost\"},\"order\":{\"external_id\":\"%d\"},"
                                + "\"affected_items\":[{\"quantity\":1,\"order_item\":{\"external_id\":\"501\"}}],\"note\":\"")
                        .formatted(no, no);
        String end = "\"}}";
        byte[] body = (claim + "x".repeat(BODY - claim.length() - end.length()) + end).getBytes(StandardCharsets.UTF_8);
        return Buffer.buffer("POST /webhooks/" + SOURCE
                        + " HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                        + ShippedSuite.SIGNATURE + ": " + ShippedSuite.sign(body, secret) + "\r\nContent-Length: "
                        + body.length + "\r\n\r\n")
                .appendBytes(body);
    }
}
