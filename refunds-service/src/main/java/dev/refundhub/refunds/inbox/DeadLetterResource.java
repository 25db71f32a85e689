package dev.refundhub.refunds.inbox;

import dev.refundhub.refunds.Trace;
import dev.refundhub.refunds.web.Caller;
import dev.refundhub.refunds.web.Paging;
import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.stream.StreamSupport;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.server.Cancellable;

/** What was put aside, for operators: to look at, and to be taken again once the cause is gone. */
@Path("/api/v2/dead-letters")
@RolesAllowed("OPERATOR")
public class DeadLetterResource {

    private static final Logger LOG = Logger.getLogger(DeadLetterResource.class);

    private static final String COLUMNS =
            "select id, topic, part, position, key, type, reason, at, coalesce(length(value), 0) as bytes";

    private final Pool database;
    private final Caller caller;
    private final MeterRegistry metrics;

    DeadLetterResource(Pool database, Caller caller, MeterRegistry metrics) {
        this.database = database;
        this.caller = caller;
        this.metrics = metrics;
    }

    /** The answer. */
    public record Many(List<Letter> data, Paging.Page page) {}

    /** The answer. */
    public record One(Letter data, String value) {}

    /**
     * A record that was put aside.
     *
     * @param key may be null
     * @param type null where there was none
     * @param bytes how long it is
     */
    public record Letter(
            long id,
            String topic,
            int partition,
            long offset,
            String key,
            String type,
            String reason,
            Instant at,
            int bytes) {}

    /** Newest first, without what they hold. */
    @GET
    public Uni<Many> list(Paging paging) {
        paging.check();
        return database.preparedQuery(COLUMNS + " from dead_letter order by id desc offset $1 limit $2")
                .execute(Tuple.of(paging.offset(), paging.size() + 1))
                .map(rows -> StreamSupport.stream(rows.spliterator(), false)
                        .map(DeadLetterResource::letter)
                        .toList())
                .map(found -> new Many(paging.cut(found), paging.of(found)));
    }

    /** With what it holds, which may be personal: each reading is logged. */
    @GET
    @Path("/{id}")
    public Uni<One> one(String id) {
        String reader = caller.subject();
        return database.preparedQuery(COLUMNS + ", value from dead_letter where id = $1")
                .execute(Tuple.of(number(id)))
                .map(rows -> {
                    if (!rows.iterator().hasNext()) {
                        throw new NotFoundException();
                    }
                    Row row = rows.iterator().next();
                    LOG.infof("dead letter %s was read by %s", id, reader);
                    return new One(letter(row), text(row));
                });
    }

    private static String text(Row row) {
        return row.getBuffer("value") == null
                ? null
                : new String(row.getBuffer("value").getBytes(), StandardCharsets.UTF_8);
    }

    /** It leaves this list and comes again through its topic, to be judged anew: 202, or 404 where somebody was faster. */
    @POST
    @Cancellable(false)
    @Path("/{id}/retry")
    public Uni<RestResponse<Void>> retry(String id) {
        return database.preparedQuery(
                        "with gone as (delete from dead_letter where id = $1 returning *)"
                                + " insert into outbox (id, shard, topic, key, type, payload, trace, created_at)"
                                + " select case when event_id ~ '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$'"
                                + " then event_id::uuid else gen_random_uuid() end,"
                                + " 0, topic, coalesce(key, ''), coalesce(type, 'unknown'), coalesce(value, ''), $2, now() from gone")
                .execute(Tuple.of(number(id), Trace.current()))
                .map(result -> {
                    if (result.rowCount() == 0) {
                        throw new NotFoundException();
                    }
                    metrics.counter("hub.dead.letters.retried").increment();
                    return RestResponse.accepted();
                });
    }

    private static Letter letter(Row row) {
        return new Letter(
                row.getLong("id"),
                row.getString("topic"),
                row.getInteger("part"),
                row.getLong("position"),
                row.getString("key"),
                row.getString("type"),
                row.getString("reason"),
                row.getOffsetDateTime("at").toInstant(),
                row.getInteger("bytes"));
    }

    private static long number(String id) {
        try {
            return Long.parseLong(id);
        } catch (NumberFormatException e) {
            throw new NotFoundException(e);
        }
    }
}
