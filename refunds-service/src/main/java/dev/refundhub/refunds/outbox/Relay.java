package dev.refundhub.refunds.outbox;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/**
 * Publishes what the outbox holds, in order per key, and removes a row only after Kafka has it. Replicas share the work by
 * shard: whoever holds a shard's lock publishes it, and looks at its rows only after having the lock.
 */
@ApplicationScoped
class Relay {

    /** Not a setting: rows know their shard, and replicas must agree. */
    static final int SHARDS = 4;

    private static final Logger LOG = Logger.getLogger(Relay.class);

    /** The first half of the advisory lock's key, so that it meets no other lock. */
    private static final int LOCKS = 0x0b0c;

    private final Pool database;
    private final Publisher publisher;
    private final Vertx vertx;
    private final Duration poll;
    private final int batch;
    private final List<Shard> shards;
    private volatile boolean stopped;

    Relay(
            Pool database,
            Publisher publisher,
            Vertx vertx,
            @ConfigProperty(name = "hub.outbox.poll") Duration poll,
            @ConfigProperty(name = "hub.outbox.batch") int batch) {
        this.database = database;
        this.publisher = publisher;
        this.vertx = vertx;
        this.poll = poll;
        this.batch = batch;
        this.shards = IntStream.range(0, SHARDS).mapToObj(Shard::new).toList();
    }

    void start(@Observes StartupEvent started) {
        shards.forEach(shard -> wake(shard.number));
        vertx.setPeriodic(poll.toMillis(), timer -> shards.forEach(shard -> wake(shard.number)));
    }

    void stop(@Observes ShutdownEvent stopping) {
        stopped = true;
    }

    void wake(int shard) {
        vertx.runOnContext(nothing -> shards.get(shard).wake());
    }

    /** Works on one thing at a time; what it is woken for meanwhile, it looks at afterwards. */
    private final class Shard {

        private final int number;
        private boolean busy;
        private boolean woken;

        Shard(int number) {
            this.number = number;
        }

        synchronized void wake() {
            woken = true;
            if (!busy && !stopped) {
                busy = true;
                run();
            }
        }

        private synchronized void run() {
            woken = false;
            database.withTransaction(this::publish).subscribe().with(full -> finished(full), failure -> {
                LOG.warnf("outbox shard %d: %s; trying again", number, failure.toString());
                finished(false);
            });
        }

        private synchronized void finished(boolean full) {
            busy = (full || woken) && !stopped;
            if (busy) {
                run();
            }
        }

        /** Whether there may be more. */
        private Uni<Boolean> publish(SqlConnection connection) {
            return connection
                    .preparedQuery("select pg_try_advisory_xact_lock($1, $2)")
                    .execute(Tuple.of(LOCKS, number))
                    .chain(locked -> locked.iterator().next().getBoolean(0)
                            ? publishLocked(connection)
                            : Uni.createFrom().item(false));
        }

        private Uni<Boolean> publishLocked(SqlConnection connection) {
            return connection
                    .preparedQuery("select id, topic, key, type, payload, trace, created_at from outbox"
                            + " where shard = $1 order by position limit $2")
                    .execute(Tuple.of(number, batch))
                    .chain(rows -> {
                        List<Row> due =
                                StreamSupport.stream(rows.spliterator(), false).toList();
                        return due.isEmpty()
                                ? Uni.createFrom().item(false)
                                : publisher
                                        .publish(due)
                                        .chain(() -> remove(connection, due))
                                        .replaceWith(due.size() == batch);
                    });
        }

        private Uni<Void> remove(SqlConnection connection, List<Row> published) {
            UUID[] ids = published.stream().map(row -> row.getUUID("id")).toArray(UUID[]::new);
            return connection
                    .preparedQuery("delete from outbox where id = any($1)")
                    .execute(Tuple.of(ids))
                    .replaceWithVoid();
        }
    }
}
