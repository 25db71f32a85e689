package dev.refundhub.refunds.reconciliation;

import io.vertx.mutiny.sqlclient.Row;
import java.time.Instant;
import java.time.LocalDate;

/**
 * A comparison of what is booked here with what Violet lists.
 *
 * @param since which orders: those of which a refund has changed from then on
 * @param until and before then
 * @param daily the day that it is the daily one of; null where somebody asked for it
 * @param bags how many bags those orders have
 * @param unread of how many Violet has not been heard yet
 * @param differing in how many something differs
 */
public record Reconciliation(
        long id,
        Instant since,
        Instant until,
        String begunBy,
        Instant begunAt,
        LocalDate daily,
        long bags,
        long unread,
        long differing) {

    static final String SELECT =
            """
            select r.id, r.since, r.until, r.begun_by, r.begun_at, r.daily, b.bags, b.unread, b.differing
            from reconciliation r, lateral (
                select count(*) as bags, count(*) filter (where read_at is null) as unread,
                    count(*) filter (where differences <> '[]') as differing
                from reconciled_bag where reconciliation_id = r.id) b
            """;

    static Reconciliation of(Row row) {
        return new Reconciliation(
                row.getLong("id"),
                row.getOffsetDateTime("since").toInstant(),
                row.getOffsetDateTime("until").toInstant(),
                row.getString("begun_by"),
                row.getOffsetDateTime("begun_at").toInstant(),
                row.getLocalDate("daily"),
                row.getLong("bags"),
                row.getLong("unread"),
                row.getLong("differing"));
    }
}
