package dev.refundhub.gateway.delivery;

import dev.refundhub.gateway.Delivery;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The table {@code delivery}: every request that was trusted, and what became of it. */
@ApplicationScoped
class Deliveries {

    private static final String KEEP =
            """
            insert into delivery (id, source, received_at, sha256, headers, body)
            select id, source, received_at, sha256, headers::jsonb, body
            from unnest($1::uuid[], $2::text[], $3::timestamptz[], $4::bytea[], $5::text[], $6::bytea[])
                as arrived (id, source, received_at, sha256, headers, body)
            """;

    /** Those that were never tried come first: what Kafka does not take must not stand before what it would. */
    private static final String UNTOLD =
            """
            select id, source, received_at, headers, body from delivery
            where state = 'NEW' and new_since < now() - make_interval(secs => $1) and source = any($2) and id <> all($3)
            order by tried_at nulls first, new_since limit $4
            for update skip locked
            """;

    private static final String TRIED =
            "update delivery set tried_at = now() where id = any($1) and id between $2 and $3";

    private static final String OLDEST =
            """
            select coalesce(extract(epoch from now() - min(new_since)), 0)::float8 from delivery
            where state = 'NEW' and source = any($1)
            """;

    private static final String OF_NOBODY =
            "select distinct source from delivery where state = 'NEW' and source <> all($1) order by source";

    private static final int MOST_KEPT_AT_ONCE = 128;
    /** Nobody waits for a mark: what is marked late is at worst told twice, after a crash. */
    private static final int MOST_MARKED_AT_ONCE = 2048;

    private static final Duration BETWEEN_MARKS = Duration.ofMillis(50);
    private static final Duration CUT_OFF = Duration.ofSeconds(7);
    /** Longer than telling Kafka may take, with the statements before and after it. */
    private static final Duration TAKE_UP_CUT_OFF = Duration.ofSeconds(30);

    private final Pool pool;
    private final Duration within;
    private final GroupCommit<Delivery> kept;
    private final GroupCommit<Mark> marked;

    /** Which deliveries to take up: at most so many, NEW for so long, of these sources, none of these ids. */
    record Wanted(int most, Duration newFor, Collection<String> sources, Collection<UUID> butNot) {}

    /** How many were untold, and of how many it was said what became of them. */
    record TakenUp(int untold, int marked) {

        /** Then there may be more. */
        boolean allOfMany() {
            return untold > 0 && marked == untold;
        }
    }

    @Inject
    Deliveries(Pool pool, DeliverySettings settings) {
        this.pool = pool;
        this.within = settings.commitWithin();
        this.kept = new GroupCommit<>(MOST_KEPT_AT_ONCE, Duration.ZERO, group -> unlessCutOff(insert(group)));
        this.marked =
                new GroupCommit<>(MOST_MARKED_AT_ONCE, BETWEEN_MARKS, marks -> unlessCutOff(Mark.store(marks, pool)));
    }

    /** Completes when PostgreSQL has committed it; fails when it has not in time, and may have it later all the same. */
    CompletionStage<Void> keep(Delivery delivery) {
        return kept.add(delivery).orTimeout(within.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Completes when PostgreSQL has committed it; fails when that cannot be. Meanwhile the delivery is under way. */
    CompletionStage<Void> mark(Mark mark) {
        return marked.add(mark);
    }

    /**
     * Hands over some deliveries that have been NEW for too long, locked so that no other replica gets them, and stores what
     * became of those of which the answer says it. The others stay NEW and come after those that were not tried yet.
     */
    Uni<TakenUp> takeUp(Wanted wanted, Function<List<Delivery>, Uni<List<Mark>>> take) {
        Uni<TakenUp> takenUp =
                pool.withTransaction(connection -> untold(connection, wanted).chain(untold -> take.apply(untold)
                        .call(marks -> Mark.store(marks, connection))
                        .call(marks -> tried(connection, unmarked(untold, marks)))
                        .map(marks -> new TakenUp(untold.size(), marks.size()))));
        return takenUp.ifNoItem().after(TAKE_UP_CUT_OFF).fail();
    }

    /** How long the oldest NEW delivery of these sources has been waiting; 0 if there is none. */
    Uni<Double> secondsOldestIsUntold(Collection<String> sources) {
        return unlessCutOff(pool.preparedQuery(OLDEST)
                .execute(Tuple.of(sources.toArray(String[]::new)))
                .map(rows -> rows.iterator().next().getDouble(0)));
    }

    /** The sources of NEW deliveries that are none of these. */
    Uni<List<String>> untoldOfOthersThan(Collection<String> sources) {
        return unlessCutOff(pool.preparedQuery(OF_NOBODY)
                .execute(Tuple.of(sources.toArray(String[]::new)))
                .map(rows -> rows.stream().map(row -> row.getString(0)).toList()));
    }

    /** How many wait for somebody who finds out what they mean. */
    Uni<Long> quarantined() {
        return unlessCutOff(pool.query("select count(*) from delivery where state = 'QUARANTINED'")
                .execute()
                .map(rows -> rows.iterator().next().getLong(0)));
    }

    private static Uni<List<Delivery>> untold(SqlConnection connection, Wanted wanted) {
        return connection
                .preparedQuery(UNTOLD)
                .execute(Tuple.of(
                        (double) wanted.newFor().toMillis() / 1000,
                        wanted.sources().toArray(String[]::new),
                        wanted.butNot().toArray(UUID[]::new),
                        wanted.most()))
                .map(rows -> rows.stream().map(Deliveries::delivery).toList());
    }

    private static Uni<Void> tried(SqlConnection connection, List<UUID> ids) {
        return ids.isEmpty()
                ? Uni.createFrom().voidItem()
                : connection
                        .preparedQuery(TRIED)
                        .execute(Tuple.of(ids.toArray(UUID[]::new), ids.get(0), ids.get(ids.size() - 1)))
                        .replaceWithVoid();
    }

    private static List<UUID> unmarked(List<Delivery> untold, List<Mark> marks) {
        Set<UUID> marked = marks.stream().map(Mark::id).collect(Collectors.toSet());
        return untold.stream()
                .map(Delivery::id)
                .filter(id -> !marked.contains(id))
                .sorted()
                .toList();
    }

    private static Delivery delivery(Row row) {
        return new Delivery(
                row.getUUID("id"),
                row.getString("source"),
                row.getOffsetDateTime("received_at").toInstant(),
                row.getJsonObject("headers"),
                row.getDelegate().getBuffer("body"));
    }

    /** PostgreSQL ends a statement by itself ({@code statement_timeout}); this is for when it is not heard of any more. */
    private static <T> Uni<T> unlessCutOff(Uni<T> statement) {
        return statement.ifNoItem().after(CUT_OFF).fail();
    }

    private Uni<Void> insert(List<Delivery> group) {
        Tuple columns = Tuple.tuple()
                .addArrayOfUUID(group.stream().map(Delivery::id).toArray(UUID[]::new))
                .addArrayOfString(group.stream().map(Delivery::source).toArray(String[]::new))
                .addArrayOfOffsetDateTime(group.stream()
                        .map(delivery -> delivery.receivedAt().atOffset(ZoneOffset.UTC))
                        .toArray(OffsetDateTime[]::new))
                .addValue(group.stream()
                        .map(delivery -> Buffer.buffer(sha256(delivery.body().getBytes())))
                        .toArray(Buffer[]::new))
                .addArrayOfString(group.stream()
                        .map(delivery -> delivery.headers().encode())
                        .toArray(String[]::new))
                .addValue(group.stream().map(Delivery::body).toArray(Buffer[]::new));
        return pool.preparedQuery(KEEP).execute(columns).replaceWithVoid();
    }

    private static byte[] sha256(byte[] body) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(body);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
