package dev.refundhub.gateway.delivery;

import dev.refundhub.gateway.Delivery;
import dev.refundhub.gateway.Reading.Reason;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlClient;
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
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
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

    /** The bounds are for the planner: so it looks only into the days of these ids. */
    private static final String MARK =
            "update delivery set state = $1, reason = $2 where id = any($3) and id between $4 and $5";

    private static final String UNTOLD =
            """
            select id, source, received_at, headers, body from delivery
            where state = 'NEW' and received_at < now() - make_interval(secs => $1) and source = any($2)
            order by received_at limit $3
            for update skip locked
            """;

    private static final String OLDEST =
            "select coalesce(extract(epoch from now() - min(received_at)), 0)::float8 from delivery where state = 'NEW'";

    private static final int MOST_AT_ONCE = 128;
    private static final Duration CUT_OFF = Duration.ofSeconds(7);

    private final Pool pool;
    private final GroupCommit<Delivery> kept;
    private final GroupCommit<Mark> marked;

    /** What became of a delivery: told, or not understood for a reason. */
    record Mark(UUID id, Optional<Reason> quarantined) {}

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
        Duration within = settings.commitWithin();
        this.kept = new GroupCommit<>(MOST_AT_ONCE, within, group -> unlessCutOff(insert(group)));
        this.marked = new GroupCommit<>(MOST_AT_ONCE, within, marks -> unlessCutOff(update(pool, marks)));
    }

    /** Completes when PostgreSQL has committed it; fails when it has not in time, and may have it later all the same. */
    Uni<Void> keep(Delivery delivery) {
        return kept.add(delivery);
    }

    Uni<Void> mark(Mark mark) {
        return marked.add(mark);
    }

    /**
     * Hands over some deliveries that have been NEW for too long, locked so that no other replica gets them, and stores what
     * became of those of which the answer says it. The others stay NEW.
     */
    Uni<TakenUp> takeUp(
            int most, Duration newFor, Collection<String> sources, Function<List<Delivery>, Uni<List<Mark>>> take) {
        Tuple which = Tuple.of((double) newFor.toMillis() / 1000, sources.toArray(String[]::new), most);
        return pool.withTransaction(connection -> untold(connection, which).chain(untold -> take.apply(untold)
                .call(marks -> update(connection, marks))
                .map(marks -> new TakenUp(untold.size(), marks.size()))));
    }

    /** How long the oldest NEW delivery has been waiting; 0 if there is none. */
    Uni<Double> secondsOldestIsUntold() {
        return pool.query(OLDEST).execute().map(rows -> rows.iterator().next().getDouble(0));
    }

    private static Uni<List<Delivery>> untold(SqlConnection connection, Tuple which) {
        return connection.preparedQuery(UNTOLD).execute(which).map(rows -> rows.stream()
                .map(Deliveries::delivery)
                .toList());
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
    private static Uni<Void> unlessCutOff(Uni<Void> statement) {
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

    private static Uni<Void> update(SqlClient client, List<Mark> marks) {
        Map<Optional<Reason>, List<Mark>> byOutcome = marks.stream().collect(Collectors.groupingBy(Mark::quarantined));
        return Multi.createFrom()
                .iterable(byOutcome.entrySet())
                .onItem()
                .transformToUniAndConcatenate(outcome -> update(client, outcome.getKey(), outcome.getValue()))
                .collect()
                .last();
    }

    private static Uni<Void> update(SqlClient client, Optional<Reason> quarantined, List<Mark> marks) {
        List<UUID> ids = marks.stream().map(Mark::id).sorted().toList();
        return client.preparedQuery(MARK)
                .execute(Tuple.of(
                        quarantined.isPresent() ? "QUARANTINED" : "TOLD",
                        quarantined.map(Reason::name).orElse(null),
                        ids.toArray(UUID[]::new),
                        ids.get(0),
                        ids.get(ids.size() - 1)))
                .replaceWithVoid();
    }

    private static byte[] sha256(byte[] body) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(body);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
