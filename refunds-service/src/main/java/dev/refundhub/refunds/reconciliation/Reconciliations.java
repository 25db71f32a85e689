package dev.refundhub.refunds.reconciliation;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.refundhub.messages.BagRead;
import dev.refundhub.refunds.refund.BagReads;
import dev.refundhub.refunds.refund.Difference;
import dev.refundhub.refunds.refund.Sellers;
import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.StreamSupport;
import org.hibernate.reactive.mutiny.Mutiny;
import org.jboss.logging.Logger;

/** Every comparison with Violet, and what it found. It repairs nothing. */
@ApplicationScoped
class Reconciliations implements BagReads {

    private static final Logger LOG = Logger.getLogger(Reconciliations.class);

    /**
     * With all bags of the orders that were touched: what moved in a sibling bag by somebody else's hand is found too. Since a
     * restore nothing but a report about a refund that is not there any more may tell of an order.
     */
    private static final String BEGIN =
            """
            with begun as (
                insert into reconciliation (since, until, begun_by, begun_at, daily) values ($1, $2, $3, $4, $5)
                on conflict (daily) do nothing returning id),
            touched as (
                select distinct r.seller, r.order_id from refund_history h join refund r on r.id = h.refund_id
                where h.at >= $1 and h.at < $2 and r.seller = any($6)
                union
                select split_part(key, '/', 1), substr(key, strpos(key, '/') + 1) from dead_letter
                where reason = 'UNKNOWN_PAYOUT' and at >= $1 and at < $2 and split_part(key, '/', 1) = any($6)),
            bags as (
                insert into reconciled_bag (reconciliation_id, seller, order_id, violet_order_id, bag_id)
                select distinct begun.id, l.seller, l.order_id, l.violet_order_id, l.violet_bag_id
                from begun, touched t join order_line l on l.seller = t.seller and l.order_id = t.order_id
                where l.violet_bag_id is not null and l.violet_order_id is not null
                on conflict do nothing)
            select id from begun
            """;

    /** The bags that nobody has been asked about, or not for a day. */
    static final String TO_BE_ASKED =
            """
            from reconciled_bag b join reconciliation r on r.id = b.reconciliation_id
            where b.read_at is null and r.begun_at > now() - interval '7 days'
                and (b.asked_at is null or b.asked_at < now() - interval '1 day')
            """;

    private static final String DIFFERING =
            """
            select seller, order_id, violet_order_id, bag_id, read_at, differences from reconciled_bag
            where reconciliation_id = $1 and differences <> '[]'
            order by seller, order_id, bag_id offset $2 limit $3
            """;

    private static final String COMPARED =
            """
            update reconciled_bag set read_at = :at, differences = :differences
            where look = :look and read_at is null and seller = :seller and order_id = :order and bag_id = :bag
            """;

    private final Pool database;
    private final Sellers sellers;
    private final ObjectMapper json;
    private final MeterRegistry metrics;

    Reconciliations(Pool database, Sellers sellers, ObjectMapper json, MeterRegistry metrics) {
        this.database = database;
        this.sellers = sellers;
        this.json = json;
        this.metrics = metrics;
    }

    /** A bag of which something differs. */
    record Differing(
            String seller,
            String order,
            long violetOrderId,
            long bagId,
            Instant readAt,
            List<Difference> differences) {}

    /**
     * Begins one; the bags are looked into one after another.
     *
     * @param daily the day that it is the one of, or null
     * @return its id; empty where that day has one already
     */
    Uni<Optional<Long>> begin(Instant since, Instant until, String by, LocalDate daily) {
        Tuple values = Tuple.tuple()
                .addOffsetDateTime(since.atOffset(ZoneOffset.UTC))
                .addOffsetDateTime(until.atOffset(ZoneOffset.UTC))
                .addString(by)
                .addOffsetDateTime(OffsetDateTime.now(ZoneOffset.UTC))
                .addLocalDate(daily)
                .addArrayOfString(atViolet());
        return database.preparedQuery(BEGIN).execute(values).map(rows -> first(rows)
                .map(row -> row.getLong("id")));
    }

    private String[] atViolet() {
        return sellers.all().entrySet().stream()
                .filter(seller -> seller.getValue().violet().isPresent())
                .map(Map.Entry::getKey)
                .toArray(String[]::new);
    }

    /** The newest day that has one. */
    Uni<Optional<LocalDate>> lastDay() {
        return database.query("select max(daily) as day from reconciliation")
                .execute()
                .map(rows -> first(rows).map(row -> row.getLocalDate("day")));
    }

    /** Whether there are bags to be looked into now. */
    Uni<Boolean> areToBeAsked() {
        return database.query("select exists (select " + TO_BE_ASKED + ")")
                .execute()
                .map(rows -> rows.iterator().next().getBoolean(0));
    }

    /** Newest first. */
    Uni<List<Reconciliation>> list(int from, int most) {
        return database.preparedQuery(Reconciliation.SELECT + " order by r.id desc offset $1 limit $2")
                .execute(Tuple.of(from, most))
                .map(rows -> StreamSupport.stream(rows.spliterator(), false)
                        .map(Reconciliation::of)
                        .toList());
    }

    Uni<Optional<Reconciliation>> find(long id) {
        return database.preparedQuery(Reconciliation.SELECT + " where r.id = $1")
                .execute(Tuple.of(id))
                .map(rows -> first(rows).map(Reconciliation::of));
    }

    /** The bags in which something differs. */
    Uni<List<Differing>> differing(long id, int from, int most) {
        return database.preparedQuery(DIFFERING)
                .execute(Tuple.of(id, from, most))
                .map(rows -> StreamSupport.stream(rows.spliterator(), false)
                        .map(this::differing)
                        .toList());
    }

    private Differing differing(Row row) {
        return new Differing(
                row.getString("seller"),
                row.getString("order_id"),
                row.getLong("violet_order_id"),
                row.getLong("bag_id"),
                row.getOffsetDateTime("read_at").toInstant(),
                read(row.getString("differences")));
    }

    @Override
    public Uni<Void> compared(Mutiny.Session session, BagRead read, List<Difference> differences) {
        return session.createNativeQuery(COMPARED)
                .setParameter("at", read.readAt() == null ? Instant.now() : read.readAt())
                .setParameter("differences", written(differences))
                .setParameter("look", read.instructionId())
                .setParameter("seller", read.seller())
                .setParameter("order", read.orderId())
                .setParameter("bag", read.bagId())
                .executeUpdate()
                .invoke(count -> {
                    if (count > 0) {
                        note(read, differences);
                    }
                })
                .replaceWithVoid();
    }

    private void note(BagRead read, List<Difference> differences) {
        for (Difference each : differences) {
            metrics.counter(
                            "hub.reconciliation.differences",
                            "kind",
                            each.kind().name())
                    .increment();
            LOG.warnf(
                    "bag %d of order %s/%s is booked otherwise than Violet lists it: %s, refundId=%s, partnerRefundId=%s",
                    read.bagId(), read.seller(), read.orderId(), each.kind(), each.refundId(), each.partnerRefundId());
        }
    }

    private String written(List<Difference> differences) {
        try {
            return json.writeValueAsString(differences);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private List<Difference> read(String differences) {
        try {
            return json.readValue(differences, new TypeReference<>() {});
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static Optional<Row> first(RowSet<Row> rows) {
        return rows.iterator().hasNext() ? Optional.of(rows.iterator().next()) : Optional.empty();
    }
}
