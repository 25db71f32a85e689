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
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.ProducerRecord;

/** A seller who creates refunds through the API, as fast as it is answered, of many orders in turn. */
final class Creating implements AutoCloseable {
    static final int CREATED = 201;

    private static final int ORDERS = 20_000;
    private static final Duration HEARD_WITHIN = Duration.ofMinutes(5);

    private final Stack stack;
    private final int connections;
    private final Duration round;
    private final Consumer<String> say;
    private final String token;
    private final Load load;
    private int next;
    private long created;

    Creating(Stack stack, int connections, Duration round, Consumer<String> say) {
        this.stack = stack;
        this.connections = connections;
        this.round = round;
        this.say = say;
        this.token = stack.issuer().token(Role.SELLER, "acme", "bench");
        this.load = new Load(stack.settings().port(Port.REFUNDS));
    }

    void warmUp() {
        say.accept("Warming up.");
        WarmUp.of(() -> round().perSecond());
    }

    Answers round() {
        Answers answers = load.closed(connections, this::asking, round);
        created += answers.of(CREATED);
        return answers;
    }

    /** How many were answered 201 so far. */
    long created() {
        return created;
    }

    /** How many are in the table. */
    long there() {
        return count("refund where seller = 'acme'");
    }

    @Override
    public void close() {
        load.close();
    }

    private static Sold sold(int no) {
        return new Sold(no, "acme", "USD", List.of(new Item(100, 100_000, 0, 0)), 0, 0, 1);
    }

    /** As the seller's own application asks, each with a key of its own. */
    private Buffer asking() {
        int no = next++;
        String body =
                "{\"orderId\":\"%s\",\"reason\":\"bench\",\"refundOnly\":true,\"lines\":[{\"lineId\":\"501\",\"amount\":0.01}]}"
                        .formatted(sold(no % ORDERS).orderId());
        return Buffer.buffer("POST /api/v2/refunds HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer " + token
                + "\r\nIdempotency-Key: bench-" + no + "\r\nContent-Type: application/json\r\nContent-Length: "
                + body.length() + "\r\n\r\n" + body);
    }

    void tellOrders() {
        say.accept(String.format(Locale.ROOT, "Telling %,d orders.", ORDERS));
        Records.send(stack.settings(), IntStream.range(0, ORDERS).mapToObj(Creating::told));
        if (!Bounded.until(
                HEARD_WITHIN, Duration.ofMillis(250), () -> count("customer_order where seller = 'acme'") >= ORDERS)) {
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
