package dev.refundhub.connectors.journal;

import dev.refundhub.connectors.partner.Answer;
import dev.refundhub.messages.PartnerReport;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import io.vertx.pgclient.PgException;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/** The rows, by the database's clock. Every write of a claim says whose it is, and does nothing where it is no longer. */
@ApplicationScoped
class Journal {

    private static final String UNIQUE_VIOLATION = "23505";

    private static final String CLAIM =
            """
            with due as (
                select instruction_id, bag_id from call
                where account = $1 and state <> 'DONE' and next_at <= now()
                  and (kind <> 'PAY' or state <> 'DUE' or not exists (select from payments_held))
                  and not exists (select from call other
                                  where other.account = call.account and other.bag_id = call.bag_id and other.claimed
                                    and other.instruction_id <> call.instruction_id)
                order by next_at limit $2 for update skip locked),
            one_per_bag as (
                select distinct on (coalesce(bag_id::text, instruction_id)) instruction_id from due)
            update call set claimed = true, claim_no = claim_no + 1, next_at = now() + $3 * interval '1 millisecond'
            from one_per_bag where call.instruction_id = one_per_bag.instruction_id
            returning
            """
                    + CallRows.COLUMNS;

    private static final String ATTEMPT =
            """
            with mine as (
                update call set state = 'SENT', next_at = now() + $3 * interval '1 millisecond'
                where instruction_id = $1 and claim_no = $2 and claimed and state = 'DUE'
                returning instruction_id, kind, claim_no)
            insert into attempt (instruction_id, no, kind, claim_no, body_sha256)
            select instruction_id, $4, kind, claim_no, $5 from mine
            returning at
            """;

    private static final String SETTLE =
            """
            with mine as (
                update call set state = $3, claimed = false, next_at = now() + $4 * interval '1 millisecond',
                    since = case when $5 then now() else since end,
                    tries = case when $3 = 'DUE' then tries + 1 else 0 end,
                    revision = case when $6::text is null then revision else revision + 1 end,
                    report = coalesce($6, report),
                    tell_no = case when $6::text is null then tell_no else tell_no + 1 end,
                    tell_at = case when $6::text is null then tell_at else now() end
                where instruction_id = $1 and claim_no = $2 and claimed
                returning instruction_id),
            ended as (
                update attempt set ended_at = clock_timestamp(), outcome = $8, http_status = $9, said = $10
                from mine where attempt.instruction_id = mine.instruction_id and no = $7)
            select from mine
            """;

    private final Pool pool;
    private final CallRows calls;
    private final ReportJson json;
    private final long leaseMillis;
    private final Duration databaseWithin;

    Journal(Pool pool, CallRows calls, ReportJson json, JournalSettings settings) {
        this.pool = pool;
        this.calls = calls;
        this.json = json;
        this.leaseMillis = settings.lease().toMillis();
        this.databaseWithin = settings.databaseWithin();
    }

    /** Takes due rows, of one bag never two; none where another process was quicker. */
    Uni<List<Call>> claim(String account, int atMost) {
        return within(pool.preparedQuery(CLAIM).execute(Tuple.of(account, atMost, leaseMillis)))
                .map(rows -> rows.stream().map(calls::call).toList())
                .onFailure(Journal::isUniqueViolation)
                .recoverWithItem(List.of());
    }

    /** Commits that a request is about to leave us; empty where the claim is somebody else's by now. */
    Uni<Optional<Attempt>> attempt(Call call, String bodySha256) {
        int no = Attempt.next(call, null, bodySha256).no();
        return within(pool.preparedQuery(ATTEMPT)
                        .execute(Tuple.of(call.instructionId(), call.claimNo(), leaseMillis, no, bodySha256)))
                .map(rows -> rows.stream().findFirst().map(row -> Attempt.next(call, at(row), bodySha256)));
    }

    /** Writes what was learned and lets go, in one commit; false where the claim is somebody else's by now. */
    Uni<Boolean> settle(
            Call call, Optional<Attempt> attempt, Answer answer, Next next, Optional<PartnerReport> report) {
        Tuple values = Tuple.tuple()
                .addString(call.instructionId())
                .addInteger(call.claimNo())
                .addString(next.state().name())
                .addLong(next.in().toMillis())
                .addBoolean(next.anew())
                .addString(report.map(json::write).orElse(null))
                .addInteger(attempt.map(Attempt::no).orElse(null))
                .addString(answer.outcome().name())
                .addInteger(answer.httpStatus())
                .addString(answer.says());
        return within(pool.preparedQuery(SETTLE).execute(values)).map(rows -> rows.rowCount() > 0);
    }

    /** An index that keeps payments apart has spoken. */
    static boolean isUniqueViolation(Throwable failure) {
        return failure instanceof PgException refused && UNIQUE_VIOLATION.equals(refused.getSqlState());
    }

    private <T> Uni<T> within(Uni<T> step) {
        return step.ifNoItem().after(databaseWithin).fail();
    }

    private static Instant at(Row row) {
        return row.getOffsetDateTime("at").toInstant().truncatedTo(ChronoUnit.MILLIS);
    }
}
