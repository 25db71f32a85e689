package dev.refundhub.local.bench;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.refundhub.local.delivery.Sources;
import dev.refundhub.local.http.Json;
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
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.ProducerRecord;

/** How fast Refundid is shown an order among many, and whether one can tell a wrong e-mail address from an unknown number. */
public final class FetchBench {
    private static final double MUST_MILLIS = 300;
    private static final int PER_SECOND = 50;
    private static final int CONNECTIONS = 16;
    private static final int FOUND = 200;
    private static final int NOT_FOUND = 404;
    private static final Duration HEARD_WITHIN = Duration.ofMinutes(20);

    private final Stack stack;
    private final int orders;
    private final int rounds;
    private final Duration round;
    private final Consumer<String> say;
    private final Random random = new Random(1);
    private final List<String> faults = new ArrayList<>();

    /** Measures a gateway and a refunds-service that are up. */
    public FetchBench(Stack stack, int orders, int rounds, Duration round, Consumer<String> say) {
        this.stack = stack;
        this.orders = orders;
        this.rounds = rounds;
        this.round = round;
        this.say = say;
    }

    /** What was answered otherwise than it must be; empty where nothing was. */
    public List<String> run() {
        tellOrders();
        Report report = new Report("fetch", stack.directories().checkout(), say);
        report.line("orders", String.format(Locale.ROOT, "%,d", orders), "");
        try (Load load = new Load(stack.settings().port(Port.GATEWAY))) {
            Supplier<Buffer> right = asking("SO-", "example.org");
            Supplier<Buffer> wrong = asking("SO-", "example.com");
            Supplier<Buffer> unknown = asking("NO-", "example.org");
            say.accept("Warming up.");
            ask(load, right, FOUND);
            ask(load, wrong, NOT_FOUND);
            ask(load, unknown, NOT_FOUND);
            double[][] medians = new double[3][rounds];
            double[][] slowest = new double[3][rounds];
            for (int i = 0; i < rounds; i++) {
                List<Answers> answers =
                        List.of(ask(load, right, FOUND), ask(load, wrong, NOT_FOUND), ask(load, unknown, NOT_FOUND));
                for (int kind = 0; kind < answers.size(); kind++) {
                    medians[kind][i] = answers.get(kind).percentile(0.5);
                    slowest[kind][i] = answers.get(kind).percentile(0.99);
                }
            }
            List<String> kinds = List.of("the right address", "a wrong address", "a number that nobody has");
            for (int kind = 0; kind < kinds.size(); kind++) {
                report.line(
                        kinds.get(kind) + ": half of all within", Figures.spread(medians[kind], "%.2f") + " ms", "");
                report.line(
                        "  99 % within",
                        Figures.spread(slowest[kind], "%.2f") + " ms",
                        Report.verdict(Figures.median(slowest[kind]) <= MUST_MILLIS, "300 ms"));
            }
        }
        report.write(stack.directories().checkout().resolve("deploy/local/target/bench/fetch.json"));
        return faults;
    }

    private Answers ask(Load load, Supplier<Buffer> requests, int status) {
        Answers answers = load.open(CONNECTIONS, PER_SECOND, requests, round);
        if (!answers.areAll(status)) {
            faults.add("not all were answered " + status + ": " + answers);
        }
        return answers;
    }

    private Supplier<Buffer> asking(String number, String host) {
        String token = new Sources(
                        stack.directories().config("webhook-gateway"),
                        stack.settings().environment())
                .secret("acme-refundid");
        return () -> {
            int no = random.nextInt(orders);
            return Buffer.buffer(
                    "GET /webhooks/acme-refundid/order?order_number=" + number + no + "&email=shopper-" + no + "%40"
                            + host + " HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer " + token + "\r\n\r\n");
        };
    }

    private void tellOrders() {
        say.accept(String.format(Locale.ROOT, "Telling %,d orders.", orders));
        Records.send(stack.settings(), IntStream.range(0, orders).mapToObj(FetchBench::told));
        long began = System.nanoTime();
        if (!Bounded.until(HEARD_WITHIN, Duration.ofMillis(250), () -> known() >= orders)) {
            throw new IllegalStateException("refunds-service knows only " + known() + " of " + orders + " orders.");
        }
        double seconds = (System.nanoTime() - began) / 1e9;
        say.accept(String.format(Locale.ROOT, "refunds-service knew them %.0f s after the last was told.", seconds));
    }

    private static ProducerRecord<String, byte[]> told(int no) {
        try {
            ProducerRecord<String, byte[]> told =
                    new ProducerRecord<>(MerchantOrder.TOPIC, "acme/" + no, Json.MAPPER.writeValueAsBytes(order(no)));
            told.headers().add("ce_type", MerchantOrder.TYPE.getBytes(StandardCharsets.UTF_8));
            told.headers().add("ce_id", ("bench-" + no).getBytes(StandardCharsets.UTF_8));
            return told;
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private long known() {
        try (Connection connection = stack.settings().databases().connect("refunds");
                Statement statement = connection.createStatement();
                ResultSet count = statement.executeQuery("select count(*) from order_shown")) {
            count.next();
            return count.getLong(1);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static MerchantOrder order(int no) {
        return new MerchantOrder(
                "acme",
                Integer.toString(no),
                "SO-" + no,
                1,
                Instant.parse("2026-01-31T12:00:00Z"),
                "USD",
                9_990L,
                0,
                new MerchantOrder.Customer("customer-" + no, "shopper-" + no + "@example.org"),
                List.of(new MerchantOrder.Line("1", "SKU-" + no, 2, 4_495, 0, 0, null, Map.of("title", "Linen shirt"))),
                List.of(new MerchantOrder.Shipping("shipping", 1_000, 0, null)),
                List.of(),
                null);
    }
}
