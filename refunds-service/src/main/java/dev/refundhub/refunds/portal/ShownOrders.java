package dev.refundhub.refunds.portal;

import com.fasterxml.jackson.core.type.TypeReference;
import dev.refundhub.refunds.JsonColumn;
import dev.refundhub.refunds.order.ToldOrder;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.hibernate.reactive.mutiny.Mutiny;

/** What portals show of orders: kept as the merchant tells it, found by number and e-mail address. */
@ApplicationScoped
public class ShownOrders {

    private static final JsonColumn<ShownOrder> DOCUMENT = new Document();

    private static final String KEEP =
            """
            insert into order_shown (seller, order_id, email, document)
            select * from unnest(cast(:sellers as text[]), cast(:orders as text[]), cast(:emails as text[]), cast(:documents as text[]))
            on conflict (seller, order_id) do update set email = excluded.email, document = excluded.document
            """;

    /** Everything in one statement, whatever is found: what is not there takes as long as what is somebody else's. */
    private static final String FIND =
            """
            select o.order_id, o.number, o.customer_subject, o.placed_at, o.currency, s.email = $4 as known, s.document, l.line_id,
                l.units - l.units_reserved - l.units_issued as units_left
            from customer_order o
            join order_shown s on s.seller = o.seller and s.order_id = o.order_id
            join order_line l on l.seller = o.seller and l.order_id = o.order_id and l.kind = 'ITEM'
            where o.seller = $1 and ($2::text is null or o.number = $2) and ($3::text is null or o.order_id = $3)
                and ($2::text is not null or $3::text is not null) and o.version > 0
            order by o.order_id, l.position
            limit 2000
            """;

    private final Pool database;
    private final Emails emails;

    ShownOrders(Pool database, Emails emails) {
        this.database = database;
        this.emails = emails;
    }

    private static final class Document extends JsonColumn<ShownOrder> {
        Document() {
            super(new TypeReference<>() {});
        }
    }

    /** With the orders, in their transaction and one statement. */
    public Uni<Void> keep(Mutiny.Session session, List<ToldOrder> news) {
        Map<Object, ToldOrder> newest = new LinkedHashMap<>();
        news.forEach(told -> newest.put(told.key(), told));
        return newest.isEmpty()
                ? Uni.createFrom().voidItem()
                : session.createNativeQuery(KEEP)
                        .setParameter(
                                "sellers", texts(newest.values(), t -> t.order().seller()))
                        .setParameter(
                                "orders", texts(newest.values(), t -> t.order().orderId()))
                        .setParameter("emails", texts(newest.values(), this::email))
                        .setParameter(
                                "documents",
                                texts(newest.values(), t -> DOCUMENT.convertToDatabaseColumn(ShownOrder.of(t))))
                        .executeUpdate()
                        .replaceWithVoid();
    }

    private String email(ToldOrder told) {
        return told.order().customer() == null
                ? null
                : emails.digest(told.order().seller(), told.order().customer().email());
    }

    private static String[] texts(Collection<ToldOrder> orders, Function<ToldOrder, String> text) {
        return orders.stream().map(text).toArray(String[]::new);
    }

    /**
     * An order that the merchant has told.
     *
     * @param isTheirs whether the e-mail address is the one of the order
     * @param unitsLeft by line, what can still come back
     */
    record Found(
            String orderId,
            String number,
            String customerSubject,
            Instant placedAt,
            String currency,
            boolean isTheirs,
            ShownOrder shown,
            Map<String, Long> unitsLeft) {}

    /**
     * Every order that is meant.
     *
     * @param number null for any
     * @param orderId null for any; one of both must be there
     * @param email null for none
     */
    Uni<List<Found>> find(String seller, String number, String orderId, String email) {
        return database.preparedQuery(FIND)
                .execute(Tuple.of(seller, number, orderId, emails.digest(seller, email)))
                .map(rows -> {
                    Map<String, Found> found = new LinkedHashMap<>();
                    rows.forEach(row -> found.computeIfAbsent(row.getString("order_id"), id -> found(row))
                            .unitsLeft()
                            .put(row.getString("line_id"), Math.max(0, row.getLong("units_left"))));
                    return new ArrayList<>(found.values());
                });
    }

    private static Found found(Row row) {
        return new Found(
                row.getString("order_id"),
                row.getString("number"),
                row.getString("customer_subject"),
                Optional.ofNullable(row.getOffsetDateTime("placed_at"))
                        .map(OffsetDateTime::toInstant)
                        .orElse(null),
                row.getString("currency"),
                Boolean.TRUE.equals(row.getBoolean("known")),
                DOCUMENT.convertToEntityAttribute(row.getString("document")),
                new LinkedHashMap<>());
    }
}
