package dev.refundhub.refunds.parked;

import dev.refundhub.refunds.Text;
import dev.refundhub.refunds.web.Json;
import dev.refundhub.refunds.web.Paging;
import dev.refundhub.refunds.web.Violations;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import java.time.Instant;
import java.util.List;
import java.util.stream.StreamSupport;
import org.jboss.resteasy.reactive.RestQuery;

/** What partners said about orders that nobody knows yet, for operators. */
@Path("/api/v2/parked")
@RolesAllowed("OPERATOR")
public class ParkedResource {

    private final Pool database;

    ParkedResource(Pool database) {
        this.database = database;
    }

    /** The answer. */
    public record Many(List<Parked> data, Paging.Page page) {}

    /**
     * Something that waits for its order.
     *
     * @param order null where the partner only knows its number
     * @param number what the partner knows the order by, where that is not its id
     * @param source the kind of source
     * @param reason {@code UNKNOWN_ORDER}, or {@code AMBIGUOUS} where more than one order has the number
     * @param overdue whether it has waited for more than 30 days
     */
    public record Parked(
            long id,
            String seller,
            Object order,
            String number,
            String type,
            String source,
            String sourceRef,
            String reason,
            Instant since,
            boolean overdue) {}

    /**
     * Oldest first.
     *
     * @param seller null for all
     */
    @GET
    public Uni<Many> list(Paging paging, @RestQuery String seller) {
        paging.check();
        if (seller != null && !Text.isSeller(seller)) {
            throw new Violations(List.of("seller: must be a seller's name"));
        }
        return database.preparedQuery(
                        "select id, seller, order_id, order_number, type, event::json ->> 'partner' as source,"
                                + " event::json ->> 'caseRef' as source_ref, reason, since,"
                                + " " + ParkedEvents.IS_OVERDUE + " as overdue from parked_event"
                                + " where $1::text is null or seller = $1 order by id offset $2 limit $3")
                .execute(Tuple.of(seller, paging.offset(), paging.size() + 1))
                .map(rows -> StreamSupport.stream(rows.spliterator(), false)
                        .map(ParkedResource::parked)
                        .toList())
                .map(found -> new Many(paging.cut(found), paging.of(found)));
    }

    private static Parked parked(Row row) {
        return new Parked(
                row.getLong("id"),
                row.getString("seller"),
                row.getString("order_id") == null ? null : Json.orderId(row.getString("order_id")),
                row.getString("order_number"),
                row.getString("type"),
                row.getString("source"),
                row.getString("source_ref"),
                row.getString("reason"),
                row.getOffsetDateTime("since").toInstant(),
                row.getBoolean("overdue"));
    }
}
