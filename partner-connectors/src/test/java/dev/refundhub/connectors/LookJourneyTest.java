package dev.refundhub.connectors;

import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.github.tomakehurst.wiremock.client.WireMock;
import com.github.tomakehurst.wiremock.http.Fault;
import dev.refundhub.messages.BagRead;
import dev.refundhub.messages.PartnerReport;
import dev.refundhub.messages.PartnerReport.BagRefund;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Looking into a bag tells what is there, and what the journal could not know. */
@QuarkusTest
@QuarkusTestResource(Surroundings.class)
class LookJourneyTest {

    @Test
    void everyRefundOfTheBagIsToldWhateverItsState() throws Exception {
        Violet violet = new Violet().isThere();
        violet.has(violet.refund(88004, "EXTERNAL", 400, "by hand"), violet.refund(88005, "FAILED", 300, "no"));

        BagRead read = read(violet.look("RECONCILIATION"));

        assertEquals("acme", read.seller());
        assertEquals("20776138", read.orderId());
        assertEquals("violet", read.account());
        assertEquals(Violet.ORDER, read.violetOrderId());
        assertEquals(violet.bag, read.bagId());
        assertEquals(
                List.of("88004", "88005"),
                read.refunds().stream().map(BagRefund::partnerRefundId).toList());
        assertEquals(
                List.of("EXTERNAL", "FAILED"),
                read.refunds().stream().map(BagRefund::status).toList());
        assertEquals(400, read.refunds().get(0).amountMinor());
        assertFalse(read.refunds().get(0).ours());
    }

    @Test
    void whatThisJournalPaidIsOursAndAnotherReferenceIsNot() throws Exception {
        Violet violet = new Violet().has();
        String elsewhere = violet.reference.replace("hub-0", "hub-q");
        violet.answers(
                okJson(violet.refund("COMPLETED")),
                violet.refund("COMPLETED"),
                violet.refund(88002, "COMPLETED", 100, elsewhere));
        violet.order();
        last(violet);

        BagRead read = read(violet.look("RECONCILIATION"));

        assertEquals(
                List.of(true, false),
                read.refunds().stream().map(BagRefund::ours).toList());
    }

    @Test
    void aSwarmOfHintsIsOneLook() throws Exception {
        Violet violet = new Violet().has();

        List<String> looks = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            looks.add(violet.look("HINT"));
        }

        await().until(() -> looks.stream().anyMatch(id -> !Hub.reads(id).isEmpty()));
        violet.look("RECONCILIATION");
        await().until(() -> violet.read() == 2);
        assertEquals(1, looks.stream().filter(id -> !Hub.reads(id).isEmpty()).count());
    }

    @Test
    void aLookMayBeRepeated() throws Exception {
        Violet violet = new Violet().has();
        String look = violet.look("RECONCILIATION");
        read(look);

        violet.look(look, "RECONCILIATION");

        await().until(() -> Hub.reads(look).size() == 2);
        await().until(() -> "0".equals(pending(look)));
    }

    @Test
    void aLookThatFailsIsRepeatedUntilItSucceeds() throws Exception {
        Violet violet = new Violet().readingAnswers(Violet.status(503, "busy"));
        String look = violet.look("RECONCILIATION");
        await().until(() -> violet.read() >= 2);
        assertEquals(List.of(), Hub.reads(look));

        violet.has();

        assertEquals(List.of(), read(look).refunds());
    }

    @Test
    void aLookThatNeverSucceedsIsGivenUp() throws Exception {
        Violet violet = new Violet().readingAnswers(Violet.status(503, "busy"));

        String look = violet.look("RECONCILIATION");

        await().until(() -> violet.read() >= 2);
        await().atMost(Duration.ofSeconds(15)).until(() -> "0".equals(pending(look)));
        assertEquals(List.of(), Hub.reads(look));
    }

    @Test
    void aPaymentNobodyWasCertainOfIsFoundByALaterLook() throws Exception {
        Violet violet = leftUnclear();

        violet.hasThen(violet.refund("COMPLETED"));
        BagRead read = read(violet.look("HINT"));

        assertTrue(read.refunds().get(0).ours());
        assertCompleted(violet, 3);
        assertEquals(1, violet.asked().size());
    }

    @Test
    void aPaymentThatAPersonSaidDidNotHappenStaysWatchedAndIsFound() throws Exception {
        Violet violet = leftUnclear();
        violet.resolve("DID_NOT_HAPPEN", 0);
        awaitOutcomes(violet, "UNCLEAR", "UNCLEAR", "NOT_SENT");
        read(violet.look("RECONCILIATION"));
        assertEquals(3, Hub.reports(violet.reference).size());

        violet.hasThen(violet.refund("COMPLETED"));
        BagRead read = read(violet.look("RECONCILIATION"));

        assertTrue(read.refunds().get(0).ours());
        assertCompleted(violet, 4);
        read(violet.look("RECONCILIATION"));
        assertEquals(4, Hub.reports(violet.reference).size());
        assertEquals(1, violet.asked().size());
    }

    @Test
    void whoPaysTheSameAgainComesUponThePaymentThatHappenedAfterAllAndSendsNothing() throws Exception {
        Violet violet = leftUnclear();
        violet.resolve("DID_NOT_HAPPEN", 0);
        awaitOutcomes(violet, "UNCLEAR", "UNCLEAR", "NOT_SENT");
        violet.hasThen(violet.refund("COMPLETED"));
        String again = violet.reference.replace("hub-0", "hub-a");

        Violet.order(violet.payment(again));

        await().until(() -> !Hub.reports(again).isEmpty());
        assertEquals("NOT_SENT", Hub.reports(again).get(0).outcome());
        assertEquals("FOUND_LATE", Hub.reports(again).get(0).detail());
        assertEquals(List.of(), Hub.reports(again).get(0).found());
        assertCompleted(violet, 4);
        assertEquals(1, violet.asked().size());
    }

    /** As after a restore, when a try that had come to nothing is heard again beside the one that followed it. */
    @Test
    void aRefundThatWasPaidByAnotherTryIsNotPaidByThisOne() throws Exception {
        Violet violet = new Violet().has();
        violet.answers(okJson(violet.refund("COMPLETED")), violet.refund("COMPLETED"));
        violet.order();
        await().until(() -> !Hub.reports(violet.reference).isEmpty()
                && "COMPLETED".equals(last(violet).outcome()));
        violet.hasThen(violet.refund("COMPLETED"));
        String other = violet.reference.replace("hub-0", "hub-a");

        Violet.order(violet.payment(other));

        await().until(() -> !Hub.reports(other).isEmpty());
        assertEquals("NOT_SENT", Hub.reports(other).get(0).outcome());
        assertEquals("FOUND_LATE", Hub.reports(other).get(0).detail());
        assertEquals(1, violet.asked().size());
    }

    @Test
    void anUndecidedPaymentIsDecidedByAHintBeforeItsTime() throws Exception {
        Violet violet = new Violet().has();
        violet.answers(okJson(violet.refund("PROCESSING")), violet.refund("COMPLETED"));
        violet.order();
        await().until(() -> !Hub.reports(violet.reference).isEmpty());

        read(violet.look("HINT"));

        await().until(() -> "COMPLETED".equals(last(violet).outcome()));
        assertEquals(1, violet.asked().size());
    }

    @Test
    void aLookTouchesNoPaymentThatIsBeingWorkedOn() throws Exception {
        Violet violet = new Violet().has();
        violet.answers(okJson(violet.refund("COMPLETED")).withFixedDelay(700), violet.refund("COMPLETED"));
        violet.order();
        await().until(() -> violet.asked().size() == 1);

        BagRead read = read(violet.look("RECONCILIATION"));

        assertTrue(read.refunds().get(0).ours());
        assertEquals("COMPLETED", last(violet).outcome());
        assertEquals(1, Hub.reports(violet.reference).size());
        assertEquals(1, violet.asked().size());
    }

    /** Sent, cut off, looked up by the whole schedule, and not found. */
    private static Violet leftUnclear() throws Exception {
        Violet violet = new Violet().has();
        violet.answers(WireMock.aResponse().withFault(Fault.CONNECTION_RESET_BY_PEER));
        violet.order();
        last(violet);
        return violet;
    }

    private static void assertCompleted(Violet violet, int revision) {
        await().until(() -> Hub.reports(violet.reference).size() == revision);
        PartnerReport report = last(violet);
        assertEquals("COMPLETED", report.outcome());
        assertEquals(revision, report.revision());
        assertEquals(2500, report.movedMinor());
        assertEquals("88001", report.partnerRefundId());
    }

    private static void awaitOutcomes(Violet violet, String... outcomes) {
        await().until(() -> Hub.reports(violet.reference).stream()
                .map(PartnerReport::outcome)
                .toList()
                .equals(List.of(outcomes)));
    }

    private static String pending(String look) {
        return Hub.look("select count(*) from look where instruction_id = '" + look + "'");
    }

    private static BagRead read(String look) {
        await().atMost(Duration.ofSeconds(15)).until(() -> !Hub.reads(look).isEmpty());
        return Hub.reads(look).get(0);
    }

    private static PartnerReport last(Violet violet) {
        await().atMost(Duration.ofSeconds(15))
                .until(() -> Hub.reports(violet.reference).stream().anyMatch(PartnerReport::isFinal));
        List<PartnerReport> all = Hub.reports(violet.reference);
        return all.get(all.size() - 1);
    }
}
