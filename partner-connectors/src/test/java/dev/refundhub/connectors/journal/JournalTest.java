package dev.refundhub.connectors.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.refundhub.connectors.Hub;
import dev.refundhub.connectors.Surroundings;
import dev.refundhub.connectors.partner.Answer;
import dev.refundhub.connectors.partner.Outcome;
import dev.refundhub.messages.PartnerReport;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The rows, in an account for which nobody works. */
@QuarkusTest
@QuarkusTestResource(Surroundings.class)
class JournalTest {

    private static final AtomicInteger LAST = new AtomicInteger();
    private static final Answer DONE = Answer.of(Outcome.COMPLETED, null).moved(2500);

    @Inject
    Journal journal;

    @Inject
    Bags bags;

    private final String account = "nobody-" + LAST.incrementAndGet();

    @Test
    void aRowIsClaimedOnce() throws Exception {
        due("a", 1);

        assertEquals(1, claim().size());
        assertEquals(List.of(), claim());
    }

    @Test
    void whileTheyAreHeldNoPaymentIsBegunAndWhatWasBegunIsLookedUp() throws Exception {
        due("a", 1);
        due("asking", 2);
        Hub.change("update call set state = 'ASKING' where instruction_id = '" + id("asking") + "'");
        Hub.change("insert into payments_held (why) values ('a test')");
        try {
            assertEquals(
                    List.of(id("asking")),
                    claim().stream().map(Call::instructionId).toList());
        } finally {
            Hub.change("delete from payments_held");
        }

        assertEquals(List.of(id("a")), claim().stream().map(Call::instructionId).toList());
    }

    @Test
    void afterTheLeaseAnotherOwnsItAndTheFirstWritesNothingMore() throws Exception {
        due("a", 1);
        Call first = claim().get(0);
        leaseEnds();
        Call second = claim().get(0);

        assertTrue(await(journal.attempt(first, "sha")).isEmpty());
        assertFalse(settle(first, Optional.empty()));

        assertEquals(first.claimNo() + 1, second.claimNo());
        assertEquals("DUE", state("a"));
        assertTrue(await(journal.attempt(second, "sha")).isPresent());
    }

    @Test
    void whoWasOvertakenInTheMiddleOfACallCannotSettleIt() throws Exception {
        due("a", 1);
        Call first = claim().get(0);
        Attempt attempt = await(journal.attempt(first, "sha")).orElseThrow();
        leaseEnds();
        Call second = claim().get(0);

        assertFalse(settle(first, Optional.of(attempt)));

        assertEquals(State.SENT, second.state());
        assertEquals("SENT", state("a"));
        assertEquals(1, second.attempts().size());
    }

    @Test
    void whoSettledTwiceSettledOnce() throws Exception {
        due("a", 1);
        Call call = claim().get(0);

        assertTrue(settle(call, Optional.empty()));
        assertFalse(settle(call, Optional.empty()));
    }

    @Test
    void ofTwoPaymentsOfABagOnlyOneIsClaimed() throws Exception {
        due("a", 1);
        due("b", 1);
        due("c", 2);

        List<Call> claimed = claim();

        assertEquals(2, claimed.size());
        assertEquals(List.of(), claim());
        assertTrue(settle(claimed.get(0), Optional.empty()));
        assertTrue(settle(claimed.get(1), Optional.empty()));
        assertEquals(1, claim().size());
    }

    @Test
    void howeverManyClaimAtOnceABagIsClaimedOnce() throws Exception {
        for (int i = 0; i < 20; i++) {
            due("r" + i, 1);
        }

        List<Uni<List<Call>>> everybody =
                IntStream.range(0, 16).mapToObj(i -> journal.claim(account, 5)).toList();
        List<List<Call>> claimed = await(Uni.join().all(everybody).andFailFast());

        assertEquals(1, claimed.stream().mapToInt(List::size).sum());
    }

    @Test
    void theDatabaseRefusesASecondPaymentWhileTheEndOfTheFirstIsUnknown() throws Exception {
        due("a", 1);
        attempt("a", 1, "PAY", "null");

        assertThrows(SQLException.class, () -> attempt("a", 2, "PAY", "null"));
    }

    @Test
    void theDatabaseRefusesASecondPaymentAfterAnAnswer() throws Exception {
        due("a", 1);
        attempt("a", 1, "PAY", "'DECLINED'");

        assertThrows(SQLException.class, () -> attempt("a", 2, "PAY", "null"));
    }

    @Test
    void whatCertainlyWasNotSentMayBeSent() throws Exception {
        due("a", 1);
        attempt("a", 1, "PAY", "'NOT_SENT'");

        attempt("a", 2, "PAY", "null");
    }

    @Test
    void noAttemptEndsTwice() throws Exception {
        due("a", 1);
        attempt("a", 1, "PAY", "'UNCLEAR'");

        assertThrows(
                SQLException.class,
                () -> Hub.change("update attempt set outcome = 'NOT_SENT' where instruction_id = '" + id("a") + "'"));
    }

    @Test
    void whatIsDoneStaysDoneAndTheOrderStaysTheOrder() throws Exception {
        due("a", 1);
        settle(claim().get(0), Optional.empty());

        assertThrows(SQLException.class, () -> change("state = 'DUE'"));
        assertThrows(SQLException.class, () -> change("revision = 7"));
        assertThrows(SQLException.class, () -> change("terms = 'other'"));
        assertEquals(1, change("refund_id = 1002"));
    }

    @Test
    void oursAreThePaymentsOfTheSameBagByWhichMoneyMayHaveMoved() throws Exception {
        due("asking", 1);
        Call asking = claim().get(0);
        due("sister", 1);
        done("paid", 1, "COMPLETED");
        done("declined", 1, "DECLINED");
        done("notSent", 1, "NOT_SENT");
        done("elsewhere", 2, "COMPLETED");

        Ours ours = await(bags.ours(account, 1, asking.instructionId()));

        assertEquals(Set.of(id("asking"), id("sister"), id("paid")), ours.references());
        assertEquals(Set.of("refund-paid"), ours.partnerRefundIds());
    }

    private void done(String name, long bag, String outcome) throws SQLException {
        due(name, bag);
        Hub.change(
                """
                update call set state = 'DONE', revision = 1, report = '{"outcome":"%s","partnerRefundId":"refund-%s"}'
                where instruction_id = '%s'"""
                        .formatted(outcome, name, id(name)));
    }

    private String id(String name) {
        return account + "-" + name;
    }

    private void due(String name, long bag) throws SQLException {
        Hub.change(
                """
                insert into call (instruction_id, kind, seller, order_id, refund_id, account, bag_id, terms, instruction, state)
                values ('%s', 'PAY', 'acme', '1', 1001, '%s', %d, '{}', '{}', 'DUE')"""
                        .formatted(id(name), account, bag));
    }

    private void attempt(String name, int no, String kind, String outcome) throws SQLException {
        Hub.change(
                "insert into attempt (instruction_id, no, kind, claim_no, body_sha256, outcome) values ('%s', %d, '%s', 1, 'sha', %s)"
                        .formatted(id(name), no, kind, outcome));
    }

    private int change(String what) throws SQLException {
        return Hub.change("update call set " + what + " where account = '" + account + "'");
    }

    private void leaseEnds() throws SQLException {
        change("next_at = now()");
    }

    private String state(String name) {
        return Hub.look("select state from call where instruction_id = '" + id(name) + "'");
    }

    private List<Call> claim() {
        return await(journal.claim(account, 10));
    }

    private boolean settle(Call call, Optional<Attempt> attempt) {
        Optional<PartnerReport> report = Reports.of(call, DONE, State.DONE, List.of());
        return await(journal.settle(call, attempt, DONE, Next.done(), report));
    }

    private static <T> T await(Uni<T> uni) {
        return uni.await().atMost(Duration.ofSeconds(10));
    }
}
