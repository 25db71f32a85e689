package dev.refundhub.local.bench;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.refundhub.local.delivery.ShippedSuite;
import dev.refundhub.local.delivery.Sources;
import dev.refundhub.local.http.Http;
import dev.refundhub.local.http.Json;
import dev.refundhub.local.http.Reply;
import dev.refundhub.local.issuer.Role;
import dev.refundhub.local.merchant.VioletBags;
import dev.refundhub.local.prove.check.Ledger;
import dev.refundhub.local.prove.load.Sold;
import dev.refundhub.local.prove.load.Sold.Item;
import dev.refundhub.local.stack.Bounded;
import dev.refundhub.local.stack.Port;
import dev.refundhub.local.stack.Service;
import dev.refundhub.local.stack.Stack;
import dev.refundhub.messages.MerchantOrder;
import dev.refundhub.messages.PartnerClaim;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.ProducerRecord;

/** From a delivery to its confirmation: how many a second, and how long one takes alone. The partners answer at once. */
public final class PipelineBench {
    private static final String SOURCE = "acme-shipped";
    private static final int ALONE = 60;
    private static final int MOST_WARMING_UP = 10;
    private static final int CONNECTIONS = 16;
    private static final int ACCEPTED = 200;
    private static final double MUST = 150;
    private static final double AIM = 500;
    private static final double ALONE_MILLIS = 250;
    private static final int BACKLOG = 100_000;
    private static final int SLICES = 5;
    private static final double BACKLOG_MUST = 2_000;
    private static final double BACKLOG_AIM = 5_000;
    private static final Duration LIMIT = Duration.ofMinutes(5);
    private static final Duration SELDOM = Duration.ofMillis(250); // counting is work, too
    private static final List<String> PARTS = List.of(
            "webhook-gateway/target", "refunds-service/target", "partner-connectors/target", "postgres", "Broker");

    private final Stack stack;
    private final int rounds;
    private final int claims;
    private final Consumer<String> say;
    private final Ledger confirmed;
    private final List<String> faults = new ArrayList<>();
    private int next;

    /**
     * Measures a stack that is up.
     *
     * @param claims in each round
     */
    public PipelineBench(Stack stack, int rounds, int claims, Consumer<String> say) {
        this.stack = stack;
        this.rounds = rounds;
        this.claims = claims;
        this.say = say;
        this.confirmed = new Ledger(stack.directories().data().resolve("shipped-suite.jsonl"));
    }

    /** What did not come to its end; empty where everything did. */
    public List<String> run() {
        setPolicy();
        int all = (rounds + MOST_WARMING_UP) * claims + ALONE;
        sellAtViolet(all);
        tellOrders(0, all);
        Report report = new Report("pipeline", stack.directories().checkout(), say);
        try (Load load = new Load(stack.settings().port(Port.GATEWAY))) {
            warmUp(load);
            double[] rates = new double[rounds];
            Map<String, Usage> before = new HashMap<>();
            PARTS.forEach(part -> before.put(part, Usage.of(part)));
            Usage own = Usage.own();
            for (int i = 0; i < rounds; i++) {
                rates[i] = round(load);
                say.accept(String.format(Locale.ROOT, "Round %d: %.0f a second.", i + 1, rates[i]));
            }
            double rate = Figures.median(rates);
            report.line(
                    "delivered, paid, ISSUED and confirmed per second",
                    Figures.spread(rates, "%.0f"),
                    Report.verdict(rate >= MUST, "150") + (rate >= AIM ? ", aim reached" : ", aim 500"));
            PARTS.forEach(part -> report.line(
                    "  CPU of each, " + part.replaceAll("/.*", ""),
                    String.format(
                            Locale.ROOT,
                            "%.2f ms, %d MiB resident",
                            Usage.of(part).millisSince(before.get(part), (long) rounds * claims),
                            Usage.of(part).mebibytes()),
                    ""));
            report.line(
                    "  CPU of each, who asks, and the partners",
                    String.format(Locale.ROOT, "%.2f ms", Usage.own().millisSince(own, (long) rounds * claims)),
                    "");
            double[] alone = alone();
            report.line(
                    "alone, from delivery to confirmation: half within",
                    Figures.spread(alone, "%.0f") + " ms",
                    Report.verdict(Figures.median(alone) <= ALONE_MILLIS, "250 ms"));
        }
        everyRefundIsIssued();
        next = all; // some were told and not needed
        backlog(report);
        report.write(stack.directories().checkout().resolve("deploy/local/target/bench/pipeline.json"));
        return faults;
    }

    private void warmUp(Load load) {
        say.accept("Warming up.");
        WarmUp.until(2, MOST_WARMING_UP, () -> round(load));
    }

    /** As many as the gateway takes at once, until the last is confirmed. */
    private double round(Load load) {
        long before = confirmations();
        List<Buffer> requests =
                IntStream.range(0, claims).mapToObj(i -> request(next++)).toList();
        int[] turn = {0};
        long began = System.nanoTime();
        Answers answers = load.times(CONNECTIONS, claims, () -> requests.get(turn[0]++));
        if (!answers.areAll(ACCEPTED)) {
            faults.add("not all were accepted: " + answers);
        }
        if (!Bounded.until(LIMIT, () -> confirmations() >= before + claims)) {
            faults.add("only " + (confirmations() - before) + " of " + claims + " were confirmed");
        }
        return claims * 1e9 / (System.nanoTime() - began);
    }

    /** One after the other; the partner's own clock says when it was confirmed. */
    private double[] alone() {
        double[] millis = new double[ALONE];
        for (int i = 0; i < ALONE; i++) {
            int no = next++;
            long before = confirmations();
            Instant sent = Instant.now();
            Reply reply = ShippedSuite.deliver(
                    stack.settings().webhooks() + "/" + SOURCE, sold(no).claim(no + 1, 0), secret());
            if (reply.status() != ACCEPTED || !Bounded.until(LIMIT, () -> confirmations() > before)) {
                faults.add("claim " + no + " was not confirmed");
                break;
            }
            List<JsonNode> entries = confirmed.entries();
            Instant at =
                    Instant.parse(entries.get(entries.size() - 1).path("at").asText());
            millis[i] = Duration.between(sent, at).toNanos() / 1e6;
        }
        return millis;
    }

    private long confirmations() {
        return confirmed.count("CONFIRMATION");
    }

    private static Sold sold(int no) {
        return new Sold(no, "acme", "USD", List.of(new Item(1, 5_000, 0, 400)), 0, 500, 1);
    }

    private String secret() {
        return new Sources(
                        stack.directories().config("webhook-gateway"),
                        stack.settings().environment())
                .secret(SOURCE);
    }

    private Buffer request(int no) {
        byte[] body = sold(no).claim(no + 1, 0);
        return Buffer.buffer("POST /webhooks/" + SOURCE
                        + " HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                        + ShippedSuite.SIGNATURE + ": " + ShippedSuite.sign(body, secret()) + "\r\nContent-Length: "
                        + body.length + "\r\n\r\n")
                .appendBytes(body);
    }

    private void setPolicy() {
        String policy =
                "{\"sources\":{\"acme-shipped\":{\"autoApprove\":{\"USD\":{\"upTo\":500.00,\"perDay\":100000000.00}},"
                        + "\"payOn\":\"RECEIVED\",\"includeTax\":true}},\"askWithinDays\":null,\"overdueAfterDays\":30}";
        Reply reply = Http.send(
                "PUT",
                stack.settings().refunds() + "/sellers/acme/policy",
                Http.bearer(stack.issuer().token(Role.OPERATOR, null, "bench")),
                policy.getBytes(StandardCharsets.UTF_8));
        if (reply.status() != ACCEPTED) {
            throw new IllegalStateException("no policy: " + reply.body());
        }
    }

    private void sellAtViolet(int count) {
        IntStream.range(0, count).forEach(no -> {
            try {
                VioletBags.seed(
                        stack.settings().violetSimulator(),
                        Json.MAPPER.readValue(sold(no).order(1, List.of()), MerchantOrder.class));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    private void tellOrders(int from, int to) {
        say.accept(String.format(Locale.ROOT, "Telling %,d orders.", to - from));
        long before = count("customer_order");
        Records.send(stack.settings(), IntStream.range(from, to).mapToObj(PipelineBench::told));
        if (!Bounded.until(LIMIT, SELDOM, () -> count("customer_order") >= before + to - from)) {
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

    /** What has gathered: while refunds-service was away, from which it comes back cold, and at once, when it is warm. */
    private void backlog(Report report) {
        stack.of(Service.CONNECTORS).stop();
        double[] cold = backlog(true);
        double[] warm = backlog(false);
        double rate = Figures.median(warm);
        report.line(
                String.format(Locale.ROOT, "of a backlog of %,d events, per second", BACKLOG),
                Figures.spread(warm, "%,.0f"),
                Report.verdict(rate >= BACKLOG_MUST, "2,000")
                        + (rate >= BACKLOG_AIM ? ", aim reached" : ", aim 5,000"));
        report.line("  when it has just been started", Figures.spread(cold, "%,.0f"), "");
    }

    /** In so many slices; the first, in which it begins, does not count. */
    private double[] backlog(boolean wasAway) {
        int first = next;
        next += BACKLOG;
        tellOrders(first, next);
        say.accept(String.format(
                Locale.ROOT,
                "Putting %,d claims on the topic%s.",
                BACKLOG,
                wasAway ? " while refunds-service is away" : " at once"));
        long rows = count("refund");
        long before = newest();
        if (wasAway) {
            stack.of(Service.REFUNDS).stop();
        }
        Records.send(stack.settings(), IntStream.range(first, next).mapToObj(PipelineBench::claimed));
        if (wasAway) {
            stack.of(Service.REFUNDS).start();
            stack.awaitReady(Service.REFUNDS);
        }
        int slice = BACKLOG / (SLICES + 1);
        double[] rates = new double[SLICES];
        long began = 0;
        for (int i = 0; i <= SLICES; i++) {
            long until = before + (long) slice * (i + 1);
            if (!Bounded.until(LIMIT, SELDOM, () -> newest() >= until)) {
                faults.add("of the backlog only " + (newest() - before) + " came through");
                return rates;
            }
            long now = System.nanoTime();
            if (i > 0) {
                rates[i - 1] = slice * 1e9 / (now - began);
            }
            began = now;
        }
        if (!Bounded.until(LIMIT, SELDOM, () -> count("refund") == rows + BACKLOG)) {
            faults.add("of the backlog came " + (count("refund") - rows) + " refunds");
        }
        return rates;
    }

    private static ProducerRecord<String, byte[]> claimed(int no) {
        Sold sold = sold(no);
        PartnerClaim claim = new PartnerClaim(
                "acme",
                SOURCE,
                "SHIPPED_SUITE",
                "bench-" + no,
                Instant.now(),
                Integer.toString(no + 1),
                new PartnerClaim.OrderRef(sold.orderId(), null),
                "REFUND",
                "lost",
                List.of(new PartnerClaim.Item("501", 1)),
                null);
        ProducerRecord<String, byte[]> told =
                new ProducerRecord<>(PartnerClaim.TOPIC, "acme/" + SOURCE + "/" + no, json(claim));
        told.headers().add("ce_type", PartnerClaim.TYPE.getBytes(StandardCharsets.UTF_8));
        told.headers().add("ce_id", ("bench-claim-" + no).getBytes(StandardCharsets.UTF_8));
        return told;
    }

    private static byte[] json(Object message) {
        try {
            return Json.MAPPER.writeValueAsBytes(message);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private void everyRefundIsIssued() {
        long issued = count("refund where status = 'ISSUED'");
        if (issued != next) {
            faults.add(next + " were delivered, " + issued + " are ISSUED");
        }
    }

    private long count(String what) {
        return number("select count(*) from " + what);
    }

    /** Ids are given one after the other, so this counts well enough on the way, and costs nothing, however many there are. */
    private long newest() {
        return number("select coalesce(max(id), 0) from refund");
    }

    private long number(String sql) {
        try (Connection connection = stack.settings().databases().connect("refunds");
                Statement statement = connection.createStatement();
                ResultSet count = statement.executeQuery(sql)) {
            count.next();
            return count.getLong(1);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
