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
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.stream.Collectors;

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
                update call set state = 'SENT', next_at = now() + $5 * interval '1 millisecond'
                from unnest($1::text[], $2::int[], $3::int[], $4::text[]) as sending (id, claim_no, no, body_sha256)
                where instruction_id = sending.id and call.claim_no = sending.claim_no and claimed and state = 'DUE'
                returning instruction_id, kind, call.claim_no, no, body_sha256)
            insert into attempt (instruction_id, no, kind, claim_no, body_sha256)
            select instruction_id, no, kind, claim_no, body_sha256 from mine
            returning instruction_id, claim_no, at
            """;

    private static final String SETTLE =
            """
            with mine as (
                update call set state = learned.state, claimed = false,
                    next_at = now() + learned.next_in * interval '1 millisecond',
                    since = case when learned.anew then now() else since end,
                    tries = case when learned.state = 'DUE' then tries + 1 else 0 end,
                    revision = case when learned.report is null then revision else revision + 1 end,
                    report = coalesce(learned.report, call.report),
                    tell_no = case when learned.report is null then tell_no else tell_no + 1 end,
                    tell_at = case when learned.report is null then tell_at else now() end
                from unnest($1::text[], $2::int[], $3::text[], $4::bigint[], $5::boolean[], $6::text[], $7::int[], $8::text[],
                        $9::int[], $10::text[])
                    as learned (id, claim_no, state, next_in, anew, report, no, outcome, http_status, said)
                where instruction_id = learned.id and call.claim_no = learned.claim_no and claimed
                returning instruction_id, call.claim_no, no, outcome, http_status, said),
            ended as (
                update attempt set ended_at = clock_timestamp(), outcome = mine.outcome, http_status = mine.http_status,
                    said = mine.said
                from mine where attempt.instruction_id = mine.instruction_id and attempt.no = mine.no)
            select instruction_id, claim_no from mine
            """;

    /** How many calls share a statement. */
    private static final int MOST_TOGETHER = 256;

    private final Pool pool;
    private final CallRows calls;
    private final ReportJson json;
    private final long leaseMillis;
    private final Duration databaseWithin;
    private final GroupWrite<Sending, Optional<Attempt>> attempts = new GroupWrite<>(MOST_TOGETHER, this::attempt);
    private final GroupWrite<Learned, Boolean> settled = new GroupWrite<>(MOST_TOGETHER, this::settle);

    /** Whose a claim is: the same process may have claimed the same row twice. */
    private record Claim(String instructionId, int claimNo) {

        static Claim of(Call call) {
            return new Claim(call.instructionId(), call.claimNo());
        }

        static Claim of(Row row) {
            return new Claim(row.getString("instruction_id"), row.getInteger("claim_no"));
        }
    }

    private record Sending(Call call, Attempt attempt) {}

    /** @param report null where there is nothing new to tell */
    private record Learned(Call call, Optional<Attempt> attempt, Answer answer, Next next, String report) {}

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
        return attempts.write(new Sending(call, Attempt.next(call, null, bodySha256)));
    }

    private Uni<Function<Sending, Optional<Attempt>>> attempt(List<Sending> together) {
        List<Sending> group = inOneOrder(together, Sending::call);
        Tuple values = Tuple.tuple()
                .addValue(column(group, String[]::new, sending -> sending.call().instructionId()))
                .addValue(
                        column(group, Integer[]::new, sending -> sending.call().claimNo()))
                .addValue(column(
                        group, Integer[]::new, sending -> sending.attempt().no()))
                .addValue(column(
                        group, String[]::new, sending -> sending.attempt().bodySha256()))
                .addLong(leaseMillis);
        return within(pool.preparedQuery(ATTEMPT).execute(values)).map(rows -> {
            Map<Claim, Instant> written = rows.stream().collect(Collectors.toMap(Claim::of, Journal::at));
            return sending -> Optional.ofNullable(written.get(Claim.of(sending.call())))
                    .map(at ->
                            Attempt.next(sending.call(), at, sending.attempt().bodySha256()));
        });
    }

    /** Writes what was learned and lets go, in one commit; false where the claim is somebody else's by now. */
    Uni<Boolean> settle(
            Call call, Optional<Attempt> attempt, Answer answer, Next next, Optional<PartnerReport> report) {
        return settled.write(
                new Learned(call, attempt, answer, next, report.map(json::write).orElse(null)));
    }

    private Uni<Function<Learned, Boolean>> settle(List<Learned> together) {
        List<Learned> group = inOneOrder(together, Learned::call);
        Tuple values = Tuple.tuple()
                .addValue(column(group, String[]::new, learned -> learned.call().instructionId()))
                .addValue(
                        column(group, Integer[]::new, learned -> learned.call().claimNo()))
                .addValue(column(
                        group, String[]::new, learned -> learned.next().state().name()))
                .addValue(column(
                        group, Long[]::new, learned -> learned.next().in().toMillis()))
                .addValue(
                        column(group, Boolean[]::new, learned -> learned.next().anew()))
                .addValue(column(group, String[]::new, Learned::report))
                .addValue(column(group, Integer[]::new, learned -> learned.attempt()
                        .map(Attempt::no)
                        .orElse(null)))
                .addValue(column(group, String[]::new, learned -> learned.answer()
                        .outcome()
                        .name()))
                .addValue(column(
                        group, Integer[]::new, learned -> learned.answer().httpStatus()))
                .addValue(
                        column(group, String[]::new, learned -> learned.answer().says()));
        return within(pool.preparedQuery(SETTLE).execute(values)).map(rows -> {
            Set<Claim> mine = rows.stream().map(Claim::of).collect(Collectors.toSet());
            return learned -> mine.contains(Claim.of(learned.call()));
        });
    }

    /** So that nobody who writes several rows waits for us while we wait for them. */
    private static <T> List<T> inOneOrder(List<T> group, Function<T, Call> call) {
        return group.stream()
                .sorted(Comparator.comparing(row -> call.apply(row).instructionId()))
                .toList();
    }

    private static <T, V> V[] column(List<T> group, IntFunction<V[]> array, Function<T, V> value) {
        return group.stream().map(value).toArray(array);
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
