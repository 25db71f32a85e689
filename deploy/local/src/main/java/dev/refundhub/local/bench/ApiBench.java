package dev.refundhub.local.bench;

import dev.refundhub.local.issuer.Role;
import dev.refundhub.local.prove.load.Sold;
import dev.refundhub.local.prove.load.Sold.Item;
import dev.refundhub.local.stack.Bounded;
import dev.refundhub.local.stack.Port;
import dev.refundhub.local.stack.Stack;
import dev.refundhub.messages.MerchantOrder;
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
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * How many refunds are created through the API. Its reference plays the same statements against the same PostgreSQL, in a schema
 * of its own that is the same, from as many connections as the service has, with nothing around them.
 */
public final class ApiBench {
    private static final String JAR = "refunds-service/target";
    private static final int ORDERS = 20_000;
    private static final int CREATED = 201;
    private static final double PART = 3;
    private static final Duration HEARD_WITHIN = Duration.ofMinutes(5);
    private static final int MOST_WARMING_UP = 8;

    private final Stack stack;
    private final int rounds;
    private final Duration round;
    private final int connections;
    private final Consumer<String> say;
    private final List<String> faults = new ArrayList<>();
    private int next;
    private long created;

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
        tellOrders();
        Report report = new Report("api", stack.directories().checkout(), say);
        Supplier<Buffer> asking = asking();
        try (Load load = new Load(stack.settings().port(Port.REFUNDS));
                SameStatements same = new SameStatements(stack.settings().databases())) {
            say.accept("Warming up.");
            double fastest = 0;
            for (int i = 0, slower = 0; i < MOST_WARMING_UP && slower < 2; i++) {
                double now = keep(load.closed(connections, asking, round)).perSecond();
                slower = now > fastest * 1.05 ? 0 : slower + 1;
                fastest = Math.max(fastest, now);
            }
            same.perSecond(round);
            double[] rates = new double[rounds];
            double[] reference = new double[rounds];
            double[] median = new double[rounds];
            double[] p99 = new double[rounds];
            Usage service = Usage.of(JAR);
            Usage own = Usage.own();
            long before = created;
            for (int i = 0; i < rounds; i++) {
                Answers answers = keep(load.closed(connections, asking, round));
                rates[i] = answers.perSecond();
                median[i] = answers.percentile(0.5);
                p99[i] = answers.percentile(0.99);
            }
            long counted = created - before;
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
            report.line("half of all within", Figures.spread(median, "%.1f") + " ms", "");
            report.line("  99 % within", Figures.spread(p99, "%.1f") + " ms", "");
            report.line("CPU of each, refunds-service", String.format(Locale.ROOT, "%.2f ms", cpu), "");
            report.line("  who asks", String.format(Locale.ROOT, "%.2f ms", asked), "");
            report.line("memory of refunds-service", Usage.of(JAR).mebibytes() + " MiB resident", "");
        }
        everythingIsThere(report);
        report.write(stack.directories().checkout().resolve("deploy/local/target/bench/api.json"));
        return faults;
    }

    private Answers keep(Answers answers) {
        created += answers.of(CREATED);
        if (!answers.areAll(CREATED)) {
            faults.add("not all were created: " + answers);
        }
        return answers;
    }

    private static Sold sold(int no) {
        return new Sold(no, "acme", "USD", List.of(new Item(100, 100_000, 0, 0)), 0, 0, 1);
    }

    /** As the seller's own application asks, each with a key of its own. */
    private Supplier<Buffer> asking() {
        String token = stack.issuer().token(Role.SELLER, "acme", "bench");
        return () -> {
            int no = next++;
            String body =
                    "{\"orderId\":\"%s\",\"reason\":\"bench\",\"refundOnly\":true,\"lines\":[{\"lineId\":\"501\",\"amount\":0.01}]}"
                            .formatted(sold(no % ORDERS).orderId());
            return Buffer.buffer("POST /api/v2/refunds HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer " + token
                    + "\r\nIdempotency-Key: bench-" + no + "\r\nContent-Type: application/json\r\nContent-Length: "
                    + body.length() + "\r\n\r\n" + body);
        };
    }

    private void tellOrders() {
        say.accept(String.format(Locale.ROOT, "Telling %,d orders.", ORDERS));
        Records.send(stack.settings(), IntStream.range(0, ORDERS).mapToObj(ApiBench::told));
        if (!Bounded.until(HEARD_WITHIN, () -> count("customer_order") >= ORDERS)) {
            throw new IllegalStateException("refunds-service does not know the orders");
        }
    }

    private static ProducerRecord<String, byte[]> told(int no) {
        Sold sold = sold(no);
        ProducerRecord<String, byte[]> told =
                new ProducerRecord<>(MerchantOrder.TOPIC, "acme/" + sold.orderId(), sold.order(1, List.of()));
        told.headers().add("ce_type", MerchantOrder.TYPE.getBytes(StandardCharsets.UTF_8));
        told.headers().add("ce_id", ("bench-" + no).getBytes(StandardCharsets.UTF_8));
        return told;
    }

    private void everythingIsThere(Report report) {
        long there = count("refund where seller = 'acme'");
        report.line(
                "created and in the database", created + " and " + there, Report.verdict(created == there, "the same"));
        if (created != there) {
            faults.add(created + " were created, " + there + " are there");
        }
    }

    private long count(String table) {
        try (Connection connection = stack.settings().databases().connect("refunds");
                Statement statement = connection.createStatement();
                ResultSet count = statement.executeQuery("select count(*) from " + table)) {
            count.next();
            return count.getLong(1);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
