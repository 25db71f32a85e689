package dev.refundhub.connectors;

import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.refundhub.messages.PartnerReport;
import dev.refundhub.messages.VioletPayment;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A process that died between any two steps left a row like one of these; another finds it when the lease ends. */
@QuarkusTest
@QuarkusTestResource(Surroundings.class)
class CrashTest {

    @Test
    void whoDiedBeforeTheAttemptSentNothingSoItIsPaid() throws Exception {
        Violet violet = new Violet().has();
        violet.answers(okJson(violet.refund("COMPLETED")));

        left(violet, "DUE");

        assertEquals(List.of("COMPLETED"), outcomesAtTheEnd(violet));
        assertEquals(1, violet.asked().size());
    }

    @Test
    void whoDiedAfterTheAttemptMayHaveSentItSoItIsNeverSentAgain() throws Exception {
        Violet violet = new Violet().has();

        left(violet, "SENT");

        assertEquals(List.of("UNCLEAR", "UNCLEAR"), outcomesAtTheEnd(violet));
        assertEquals(0, violet.asked().size());
        assertTrue(violet.read() >= 3, "looked up by its schedule");
        PartnerReport last = Hub.reports(violet.reference).get(1);
        assertEquals("f".repeat(64), last.evidence().get(0).bodySha256());
    }

    @Test
    void whoDiedAfterSendingIsSpokenForByViolet() throws Exception {
        Violet violet = new Violet().isThere();
        violet.has(violet.refund("COMPLETED"));

        left(violet, "SENT");

        assertEquals(List.of("UNCLEAR", "COMPLETED"), outcomesAtTheEnd(violet));
        assertEquals(2500, Hub.reports(violet.reference).get(1).movedMinor());
        assertEquals(0, violet.asked().size());
    }

    @Test
    void anAttemptOfWhichItsRowKnowsNothingIsLookedUpAndNotMadeAgain() throws Exception {
        Violet violet = new Violet().has();
        violet.answers(okJson(violet.refund("COMPLETED")));

        left(violet, "DUE");
        attempted(violet);

        assertEquals(List.of("UNCLEAR", "UNCLEAR"), outcomesAtTheEnd(violet));
        assertEquals(0, violet.asked().size());
    }

    @Test
    void whoDiedAfterSettlingLeftAReportThatIsToldWithoutAskingAnybody() throws Exception {
        Violet violet = new Violet().has();
        violet.answers(okJson(violet.refund("COMPLETED")), violet.refund("COMPLETED"));
        violet.order();
        outcomesAtTheEnd(violet);
        await().until(() -> "t".equals(Hub.look("select told_no = tell_no from call where " + row(violet))));
        int reads = violet.read();

        Hub.change("update call set told_no = told_no - 1, tell_at = now() where " + row(violet));

        await().until(() -> Hub.reports(violet.reference).size() == 2);
        assertEquals(
                Hub.reports(violet.reference).get(0),
                Hub.reports(violet.reference).get(1));
        assertEquals(1, violet.asked().size());
        assertEquals(reads, violet.read());
    }

    /** The row of a process that died in this state, a moment ago. */
    private static void left(Violet violet, String state) throws Exception {
        VioletPayment payment = violet.payment();
        Hub.change(
                """
                insert into call (instruction_id, kind, seller, order_id, refund_id, account, currency, bag_id, terms,
                    instruction, state, next_at, claimed, claim_no)
                values ('%s', 'PAY', 'acme', '20776138', 1001, 'violet', 'USD', %d, '{}', '%s', '%s',
                    now() + interval '300 milliseconds', true, 1)"""
                        .formatted(violet.reference, violet.bag, Hub.JSON.writeValueAsString(payment), state));
        if (state.equals("SENT")) {
            attempted(violet);
        }
    }

    private static void attempted(Violet violet) throws Exception {
        Hub.change(
                "insert into attempt (instruction_id, no, kind, claim_no, body_sha256) values ('%s', 1, 'PAY', 1, '%s')"
                        .formatted(violet.reference, "f".repeat(64)));
    }

    private static List<String> outcomesAtTheEnd(Violet violet) {
        await().atMost(Duration.ofSeconds(15))
                .until(() -> Hub.reports(violet.reference).stream().anyMatch(PartnerReport::isFinal));
        return Hub.reports(violet.reference).stream()
                .map(PartnerReport::outcome)
                .toList();
    }

    private static String row(Violet violet) {
        return "instruction_id = '" + violet.reference + "'";
    }
}
