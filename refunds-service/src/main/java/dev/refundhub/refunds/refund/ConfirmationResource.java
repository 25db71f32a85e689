package dev.refundhub.refunds.refund;

import dev.refundhub.refunds.order.Money;
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
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.stream.StreamSupport;
import org.jboss.resteasy.reactive.RestQuery;

/** What Shipped Suite was not told yet: it reimburses only what is confirmed, so this is money that merchants are owed. */
@Path("/api/v2/confirmations")
@RolesAllowed("OPERATOR")
public class ConfirmationResource {

    private static final String OWED = "owed";

    private final Pool database;

    ConfirmationResource(Pool database) {
        this.database = database;
    }

    /** The answer. */
    public record Many(List<Owed> data, Paging.Page page) {}

    /**
     * A confirmation that is owed.
     *
     * @param sourceRef Shipped Suite's id of the request
     * @param amount what was paid, in major units with exactly the currency's decimals
     * @param since when it was issued
     * @param reminders how often it was said again
     */
    public record Owed(
            long refundId,
            String seller,
            Object order,
            String sourceRef,
            BigDecimal amount,
            String currency,
            Instant since,
            int reminders) {}

    /**
     * Oldest first.
     *
     * @param state {@code owed}, which is also meant where nothing is said
     */
    @GET
    public Uni<Many> list(Paging paging, @RestQuery String state) {
        paging.check();
        if (state != null && !OWED.equals(state)) {
            throw new Violations(List.of("state: must be owed"));
        }
        return database.preparedQuery("select id, seller, order_id, source_ref, issued, currency, issued_at, reminders"
                        + " from refund where confirmation_state = 'OWED' order by issued_at, id offset $1 limit $2")
                .execute(Tuple.of(paging.offset(), paging.size() + 1))
                .map(rows -> StreamSupport.stream(rows.spliterator(), false)
                        .map(ConfirmationResource::owed)
                        .toList())
                .map(found -> new Many(paging.cut(found), paging.of(found)));
    }

    private static Owed owed(Row row) {
        return new Owed(
                row.getLong("id"),
                row.getString("seller"),
                Json.orderId(row.getString("order_id")),
                row.getString("source_ref"),
                Money.major(row.getLong("issued"), row.getString("currency")),
                row.getString("currency"),
                row.getOffsetDateTime("issued_at").toInstant(),
                row.getInteger("reminders"));
    }
}
