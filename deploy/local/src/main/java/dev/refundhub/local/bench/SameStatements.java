package dev.refundhub.local.bench;

import dev.refundhub.local.stack.Databases;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.LongAdder;

/**
 * What refunds-service says to PostgreSQL to create a refund, statement by statement as its log has them, for orders of a seller of
 * its own: what it would cost if there were nothing but the database. Its rows of the outbox are in a shard that nobody looks at.
 */
final class SameStatements implements AutoCloseable {
    private static final int CONNECTIONS = 16;
    private static final List<String> COPIES = List.of(
            """
            insert into customer_order (seller, order_id, number, version, digest, placed_at, currency, customer_subject, paid)
            select 'same', order_id, number, version, digest, placed_at, currency, customer_subject, paid
            from customer_order where seller = 'acme' on conflict do nothing
            """,
            """
            insert into order_line (seller, order_id, line_id, position, kind, sku, tax, violet_order_id, violet_bag_id,
                violet_order_sku_id, paid, units)
            select 'same', order_id, line_id, position, kind, sku, tax, violet_order_id, violet_bag_id,
                violet_order_sku_id, paid, units from order_line where seller = 'acme' on conflict do nothing
            """);
    private static final List<String> READS = List.of(
            "select count(pg_advisory_xact_lock(hashtextextended(?, 1)))",
            "select digest, refund_id, answer from idempotency_key where seller = 'same' and subject = 'seller-1' and key = ?",
            "select * from customer_order where (seller, order_id) in (('same', ?)) order by seller, order_id for no key update",
            "select * from customer_order o left join order_line l using (seller, order_id)"
                    + " where (seller, order_id) in (('same', ?)) order by l.position",
            "select seller, document from policy where seller in (?)");
    private static final String WRITES =
            """
            insert into idempotency_key (seller, subject, key, digest, refund_id, answer, created_at)
                values ('same', 'seller-1', ?, repeat('d', 64), ?, repeat('a', 620), now());
            insert into refund (id, seller, order_id, source_kind, source_ref, source, status, refund_only, currency, amount,
                requester, request_reason, taken_back, asked, elsewhere, lines, holds, created_at, updated_at, due_at,
                reminders, patience_days, version)
                values (?, 'same', ?, 'API', ?, 'api', 'REQUESTED', true, 'USD', 1, 'seller-1', 'bench', false,
                '[{"lineId":"501","quantity":0,"amount":1}]', false, '[{"lineId":"501","quantity":0,"amount":1}]', '[]',
                now(), now(), now() + interval '30 days', 0, 30, 1);
            insert into refund_history (refund_id, version, at, who, cause, status_to, why)
                values (?, 1, now(), 'SELLER seller-1', 'REQUESTED', 'REQUESTED', 'bench');
            insert into outbox (id, shard, topic, key, type, payload, trace, created_at)
                values (?, 99, 'refund-events', 'same/1', 'dev.refundhub.refund-changed.v1', decode(repeat('7b', 480), 'hex'),
                repeat('0', 55), now());
            update customer_order set reserved = reserved + 1 where seller = 'same' and order_id = ?;
            update order_line set reserved = reserved + 1 where seller = 'same' and order_id = ? and line_id = '501'
            """;

    private final List<Connection> connections = new ArrayList<>();
    private final List<String> orders = new ArrayList<>();

    SameStatements(Databases databases) {
        try {
            for (int i = 0; i < CONNECTIONS; i++) {
                Connection connection = databases.connect("refunds");
                connections.add(connection);
            }
            try (var statement = connections.get(0).createStatement()) {
                for (String copy : COPIES) {
                    statement.execute(copy);
                }
                try (var all = statement.executeQuery("select order_id from customer_order where seller = 'same'")) {
                    while (all.next()) {
                        orders.add(all.getString(1));
                    }
                }
            }
            for (Connection connection : connections) {
                connection.setAutoCommit(false);
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** From all connections at once. */
    double perSecond(Duration howLong) {
        LongAdder done = new LongAdder();
        long began = System.nanoTime();
        long end = began + howLong.toNanos();
        CompletableFuture.allOf(connections.stream()
                        .map(connection ->
                                CompletableFuture.runAsync(() -> play(connection, end, done), this::inThread))
                        .toArray(CompletableFuture<?>[]::new))
                .join();
        return done.sum() * 1e9 / (System.nanoTime() - began);
    }

    private void inThread(Runnable work) {
        Thread thread = new Thread(work, "same statements");
        thread.setDaemon(true);
        thread.start();
    }

    private void play(Connection connection, long end, LongAdder done) {
        try {
            List<PreparedStatement> reads = new ArrayList<>();
            for (String read : READS) {
                reads.add(connection.prepareStatement(read));
            }
            List<PreparedStatement> writes = new ArrayList<>();
            for (String write : WRITES.split(";", -1)) {
                writes.add(connection.prepareStatement(write));
            }
            PreparedStatement id =
                    connection.prepareStatement("select nextval('refund_id') from generate_series(1, 1)");
            while (System.nanoTime() < end) {
                once(reads, writes, id);
                connection.commit();
                done.increment();
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private void once(List<PreparedStatement> reads, List<PreparedStatement> writes, PreparedStatement ids)
            throws SQLException {
        String order = orders.get(ThreadLocalRandom.current().nextInt(orders.size()));
        String key = UUID.randomUUID().toString();
        List<String> about = List.of(key, key, order, order, "same");
        for (int i = 0; i < reads.size(); i++) {
            reads.get(i).setString(1, about.get(i));
            reads.get(i).executeQuery().close();
        }
        long id;
        try (var next = ids.executeQuery()) {
            next.next();
            id = next.getLong(1);
        }
        List<List<Object>> values = List.of(
                List.of(key, id),
                List.of(id, order, key),
                List.of(id),
                List.of(UUID.randomUUID()),
                List.of(order),
                List.of(order));
        for (int i = 0; i < writes.size(); i++) {
            for (int value = 0; value < values.get(i).size(); value++) {
                writes.get(i).setObject(value + 1, values.get(i).get(value));
            }
            writes.get(i).executeUpdate();
        }
    }

    @Override
    public void close() {
        for (Connection connection : connections) {
            try {
                connection.close();
            } catch (SQLException e) {
                // it ends with the stack
            }
        }
    }
}
