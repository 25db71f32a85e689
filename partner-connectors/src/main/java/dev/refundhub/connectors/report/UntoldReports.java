package dev.refundhub.connectors.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.refundhub.messages.PartnerReport;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** The journal's rows whose newest report Kafka does not have yet. */
@ApplicationScoped
class UntoldReports {

    static final int MOST = 200;

    /** What is taken is told by one process at a time; the pause is longer than the producer ever tries. */
    private static final String TAKE =
            """
            with untold as (
                select instruction_id from call where told_no < tell_no and tell_at <= now()
                order by tell_at limit $1 for update skip locked)
            update call set tell_at = now() + interval '15 seconds', untold_since = coalesce(untold_since, tell_at)
            from untold where call.instruction_id = untold.instruction_id
            returning call.report, call.refund_id, call.tell_no, call.trace
            """;

    private static final String MARK =
            """
            update call set told_no = told.no, untold_since = null from unnest($1::text[], $2::int[]) as told (id, no)
            where call.instruction_id = told.id and call.told_no < told.no
            """;

    private final Pool pool;
    private final ObjectMapper json;
    private final Duration databaseWithin;

    UntoldReports(
            Pool pool,
            ObjectMapper json,
            @ConfigProperty(name = "hub.journal.database-within") Duration databaseWithin) {
        this.pool = pool;
        this.json = json;
        this.databaseWithin = databaseWithin;
    }

    Uni<List<Untold>> take() {
        return within(pool.preparedQuery(TAKE).execute(Tuple.of(MOST)))
                .map(rows -> rows.stream().map(this::untold).toList());
    }

    Uni<Void> mark(List<Untold> told) {
        String[] ids = told.stream().map(one -> one.report().instructionId()).toArray(String[]::new);
        Integer[] numbers = told.stream().map(Untold::tellNo).toArray(Integer[]::new);
        return within(pool.preparedQuery(MARK).execute(Tuple.of(ids, numbers))).replaceWithVoid();
    }

    private <T> Uni<T> within(Uni<T> step) {
        return step.ifNoItem().after(databaseWithin).fail();
    }

    /** After a restore the same instruction may stand for another refund: the report names the one heard last. */
    private Untold untold(Row row) {
        try {
            ObjectNode report = (ObjectNode) json.readTree(row.getString("report"));
            report.put("refundId", row.getLong("refund_id"));
            return new Untold(
                    json.treeToValue(report, PartnerReport.class), row.getInteger("tell_no"), row.getString("trace"));
        } catch (JsonProcessingException notOurs) {
            throw new IllegalStateException("the journal holds what it did not write", notOurs);
        }
    }
}
