package dev.refundhub.connectors.journal;

import dev.refundhub.messages.PartnerReport;
import dev.refundhub.messages.PaymentResolution;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;

/** Ends payments by a person's word. Nobody is called for it, and who is looking for the payment loses its claim. */
@ApplicationScoped
public class Resolutions {

    private static final String FIND = "select (instruction::json ->> 'amountMinor')::bigint as amount, "
            + CallRows.COLUMNS + "from call where instruction_id = $1 and kind = 'PAY' for update";

    private static final String END =
            """
            update call set state = 'DONE', claimed = false, claim_no = claim_no + 1, since = now(), next_at = now(),
                tries = 0, revision = revision + 1, trace = $5, report = $2, tell_no = tell_no + 1, tell_at = now(),
                resolution = $3, resolved_by = $4, resolved_at = now()
            where instruction_id = $1
            """;

    private static final String TELL_AGAIN =
            "update call set tell_no = tell_no + 1, tell_at = now() where instruction_id = $1 and report is not null";

    private final CallRows calls;
    private final ReportJson json;

    Resolutions(CallRows calls, ReportJson json) {
        this.calls = calls;
        this.json = json;
    }

    /** What its report goes on with is the trace of the resolution. Takes it as a part of this transaction; or says why not, and changes nothing. */
    public Uni<Optional<String>> take(SqlConnection connection, PaymentResolution told, String trace) {
        return connection
                .preparedQuery(FIND)
                .execute(Tuple.of(told.instructionId()))
                .chain(rows -> {
                    if (rows.rowCount() == 0) {
                        return refused("UNKNOWN_PAYMENT");
                    }
                    var row = rows.iterator().next();
                    return take(connection, told, trace, calls.call(row), row.getLong("amount"));
                });
    }

    private Uni<Optional<String>> take(
            SqlConnection connection, PaymentResolution told, String trace, Call call, long amount) {
        Verdict verdict = Verdict.of(told, call, amount);
        return switch (verdict.meaning()) {
            case REFUSED -> refused(verdict.why());
            case KNOWN ->
                connection
                        .preparedQuery(TELL_AGAIN)
                        .execute(Tuple.of(call.instructionId()))
                        .replaceWith(Optional.empty());
            case NEWS -> end(connection, told, trace, verdict.report());
        };
    }

    private Uni<Optional<String>> end(
            SqlConnection connection, PaymentResolution told, String trace, PartnerReport report) {
        return connection
                .preparedQuery(END)
                .execute(Tuple.of(told.instructionId(), json.write(report), told.verdict(), told.by(), trace))
                .replaceWith(Optional.empty());
    }

    private static Uni<Optional<String>> refused(String why) {
        return Uni.createFrom().item(Optional.of(why));
    }
}
