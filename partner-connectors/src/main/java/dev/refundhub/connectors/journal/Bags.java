package dev.refundhub.connectors.journal;

import dev.refundhub.connectors.partner.Reading.Other;
import dev.refundhub.messages.PartnerReport;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The journal's rows of one bag, as far as they are not claimed by anybody. */
@ApplicationScoped
class Bags {

    /**
     * Who ordered a payment long after a late one was told has decided knowing it. Another try of the same refund is only ever
     * ordered where this one came to nothing: whatever it was thought to be, after a restore too, it has not.
     */
    private static final String OURS =
            """
            with asking as (select since, refund_id, seller from call where instruction_id = $3)
            select instruction_id, report::json ->> 'partnerRefundId' as partner_refund_id,
                case when instruction_id <> $3 and (refund_id, seller) = (select refund_id, seller from asking)
                    or resolution = 'DID_NOT_HAPPEN'
                    and (found_late_at is null or found_late_at + interval '1 hour' >= (select since from asking))
                    then instruction_id end as late
            from call where account = $1 and bag_id = $2
              and (state <> 'DONE' or resolution = 'DID_NOT_HAPPEN'
                   or report::json ->> 'outcome' not in ('DECLINED', 'NOT_SENT'))
            """;

    private static final String WATCHED = "select " + CallRows.COLUMNS
            + """
            from call where account = $1 and bag_id = $2 and kind = 'PAY' and not claimed and state in ('ASKING', 'DONE')
              and (report::json ->> 'outcome' in ('ACCEPTED', 'PARTLY', 'UNCLEAR')
                   or (resolution = 'DID_NOT_HAPPEN' and report::json ->> 'outcome' = 'NOT_SENT'))
              and (instruction_id = any($3) or report::json ->> 'partnerRefundId' = any($4))
            order by instruction_id
            """;

    private static final String LEARN =
            """
            update call set state = $3, next_at = now() + $4 * interval '1 millisecond', since = now(), tries = 0,
                revision = revision + 1, report = $5, tell_no = tell_no + 1, tell_at = now(),
                found_late_at = case when resolution = 'DID_NOT_HAPPEN' then coalesce(found_late_at, now()) end
            where instruction_id = $1 and claim_no = $2 and not claimed and revision = $6
            """;

    private final Pool pool;
    private final CallRows calls;
    private final ReportJson json;
    private final Duration databaseWithin;

    Bags(Pool pool, CallRows calls, ReportJson json, JournalSettings settings) {
        this.pool = pool;
        this.calls = calls;
        this.json = json;
        this.databaseWithin = settings.databaseWithin();
    }

    /** @param asking the payment for whose sake it is asked; null where there is none */
    Uni<Ours> ours(String account, long bagId, String asking) {
        return within(pool.preparedQuery(OURS).execute(Tuple.of(account, bagId, asking)))
                .map(rows -> new Ours(
                        column(rows, "instruction_id"), column(rows, "partner_refund_id"), column(rows, "late")));
    }

    /** Those whose end is not certain, or was a person's word, and which the partner seems to have. */
    Uni<List<Call>> watched(String account, long bagId, List<Other> there) {
        String[] references =
                there.stream().map(Other::reference).filter(Objects::nonNull).toArray(String[]::new);
        String[] ids =
                there.stream().map(other -> other.refund().partnerRefundId()).toArray(String[]::new);
        return within(pool.preparedQuery(WATCHED).execute(Tuple.of(account, bagId, references, ids)))
                .map(rows -> rows.stream().map(calls::call).toList());
    }

    /** Writes what was found out about a payment; false where somebody works on it by now. */
    Uni<Boolean> learn(Call call, Next next, Optional<PartnerReport> report) {
        Tuple values = Tuple.tuple()
                .addString(call.instructionId())
                .addInteger(call.claimNo())
                .addString(next.state().name())
                .addLong(next.in().toMillis())
                .addString(json.write(report.orElseThrow()))
                .addInteger(call.revision());
        return within(pool.preparedQuery(LEARN).execute(values)).map(rows -> rows.rowCount() > 0);
    }

    private <T> Uni<T> within(Uni<T> step) {
        return step.ifNoItem().after(databaseWithin).fail();
    }

    private static Set<String> column(RowSet<Row> rows, String name) {
        return rows.stream()
                .map(row -> row.getString(name))
                .filter(Objects::nonNull)
                .collect(Collectors.toSet());
    }
}
