package dev.refundhub.refunds.portal;

import com.fasterxml.jackson.core.type.TypeReference;
import dev.refundhub.refunds.JsonColumn;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/** Every return that a merchant started itself. */
@ApplicationScoped
class MerchantReturns {

    private static final JsonColumn<MerchantReturn> DOCUMENT = new Document();

    private final Pool database;

    MerchantReturns(Pool database) {
        this.database = database;
    }

    private static final class Document extends JsonColumn<MerchantReturn> {
        Document() {
            super(new TypeReference<>() {});
        }
    }

    Uni<Void> put(String seller, String ref, MerchantReturn told) {
        return database.preparedQuery("insert into merchant_return (seller, ref, document) values ($1, $2, $3)"
                        + " on conflict (seller, ref) do update set document = excluded.document")
                .execute(Tuple.of(seller, ref, DOCUMENT.convertToDatabaseColumn(told)))
                .replaceWithVoid();
    }

    Uni<Optional<MerchantReturn>> find(String seller, String ref) {
        return database.preparedQuery("select document from merchant_return where seller = $1 and ref = $2")
                .execute(Tuple.of(seller, ref))
                .map(MerchantReturns::first);
    }

    private static Optional<MerchantReturn> first(RowSet<Row> rows) {
        return rows.iterator().hasNext()
                ? Optional.of(
                        DOCUMENT.convertToEntityAttribute(rows.iterator().next().getString("document")))
                : Optional.empty();
    }

    /** Those of these lines that the seller's orders have, as {@code order/line}; all, or a shopper's own. */
    Uni<Set<String>> linesOf(String seller, Collection<String> orders, String subject) {
        return database.preparedQuery("select l.order_id || '/' || l.line_id as line from order_line l"
                        + " join customer_order o on o.seller = l.seller and o.order_id = l.order_id"
                        + " where l.seller = $1 and l.order_id = any($2)"
                        + " and ($3::text is null or o.customer_subject = $3)")
                .execute(Tuple.of(seller, orders.toArray(String[]::new), subject))
                .map(rows -> {
                    Set<String> lines = new HashSet<>();
                    rows.forEach(row -> lines.add(row.getString("line")));
                    return lines;
                });
    }
}
