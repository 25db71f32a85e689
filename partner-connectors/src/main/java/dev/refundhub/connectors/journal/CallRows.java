package dev.refundhub.connectors.journal;

import io.vertx.mutiny.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;

/** Makes calls of rows. */
@ApplicationScoped
class CallRows {

    static final String COLUMNS =
            """
            call.instruction_id, kind, seller, order_id, refund_id, currency, account, bag_id, instruction, trace, state,
                claim_no, (extract(epoch from now() - since) * 1000)::bigint as age, tries, report, resolution,
                (select json_agg(json_build_object('no', no, 'bodySha256', body_sha256, 'httpStatus', http_status,
                     'said', said, 'at', to_char(at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')) order by no)
                 from attempt where attempt.instruction_id = call.instruction_id)::text as attempts
            """;

    private final ReportJson json;

    CallRows(ReportJson json) {
        this.json = json;
    }

    Call call(Row row) {
        return new Call(
                row.getString("instruction_id"),
                row.getString("kind"),
                row.getString("seller"),
                row.getString("order_id"),
                row.getLong("refund_id"),
                row.getString("currency"),
                row.getString("account"),
                row.getLong("bag_id"),
                row.getString("instruction"),
                row.getString("trace"),
                State.valueOf(row.getString("state")),
                row.getInteger("claim_no"),
                Duration.ofMillis(row.getLong("age")),
                row.getInteger("tries"),
                json.read(row.getString("report")),
                row.getString("resolution"),
                json.attempts(row.getString("attempts")));
    }
}
