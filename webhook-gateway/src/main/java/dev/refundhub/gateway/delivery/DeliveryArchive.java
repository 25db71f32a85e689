package dev.refundhub.gateway.delivery;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jboss.logging.Logger;

/** The table {@code delivery} as operators ask it. */
@ApplicationScoped
class DeliveryArchive {

    private static final Logger LOG = Logger.getLogger(DeliveryArchive.class);

    /** The state stands in the text, not among the parameters: so its own index serves. */
    private static final String LIST =
            """
            select %s from delivery
            where id >= $1 and id < $2 and ($3::text is null or source = $3) and %s
            order by id desc limit $4
            """;

    private static final String FIND = "select " + KeptDelivery.COLUMNS + ", headers, body from delivery where id = $1";

    private static final String AGAIN = "state = 'NEW', reason = null, tried_at = null, new_since = now()";

    private static final String RETRY = "update delivery set " + AGAIN + " where id = $1 and state <> 'NEW'";

    /** Some at a time, so that no statement takes long: from an id on, whatever its source, and up to which one. */
    private static final String RETELL =
            """
            with portion as (
                select id, state, source from delivery where id >= $1 and id < $2 order by id limit 2000),
            ends as (
                select (select id from portion order by id limit 1) as low,
                    (select id from portion order by id desc limit 1) as high),
            again as (
                update delivery set %s
                where id in (select id from portion where state <> 'NEW' and ($3::text is null or source = $3))
                    and id between (select low from ends) and (select high from ends) and state <> 'NEW'
                returning 1)
            select (select count(*) from again) as told, (select count(*) from portion) as seen, high as last from ends
            """
                    .formatted(AGAIN);

    private static final int AT_ONCE = 2_000;

    private final Pool pool;

    @Inject
    DeliveryArchive(Pool pool) {
        this.pool = pool;
    }

    /** Newest first. */
    Uni<List<KeptDelivery>> list(DeliveryFilter filter, int most) {
        String state = filter.state() == null ? "true" : "state = '" + filter.state() + "'";
        return pool.preparedQuery(LIST.formatted(KeptDelivery.COLUMNS, state))
                .execute(Tuple.of(filter.lowest(), filter.end(), filter.source(), most))
                .map(rows -> rows.stream().map(KeptDelivery::of).toList());
    }

    /** With headers and body. */
    Uni<Optional<Row>> find(UUID id) {
        return pool.preparedQuery(FIND).execute(Tuple.of(id)).map(DeliveryArchive::first);
    }

    /** Whether there is one. */
    Uni<Boolean> retry(UUID id) {
        return pool.preparedQuery(RETRY)
                .execute(Tuple.of(id))
                .chain(done -> done.rowCount() > 0 ? Uni.createFrom().item(true) : find(id).map(Optional::isPresent));
    }

    /** How many are told again. */
    Uni<Long> retell(DeliveryFilter filter) {
        return retell(filter.lowest(), filter.end(), filter.source(), 0);
    }

    private Uni<Long> retell(UUID from, UUID end, String source, long before) {
        return pool.preparedQuery(RETELL)
                .execute(Tuple.of(from, end, source))
                .map(rows -> rows.iterator().next())
                .chain(row -> {
                    long told = before + row.getLong("told");
                    if (row.getLong("seen") < AT_ONCE) {
                        return Uni.createFrom().item(told);
                    }
                    LOG.infof("%d deliveries are to be told again so far", told);
                    return retell(DeliveryId.after(row.getUUID("last")), end, source, told);
                });
    }

    private static Optional<Row> first(RowSet<Row> rows) {
        return rows.iterator().hasNext() ? Optional.of(rows.iterator().next()) : Optional.empty();
    }
}
