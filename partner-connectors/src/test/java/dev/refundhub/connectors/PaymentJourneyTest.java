package dev.refundhub.connectors;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.http.Fault;
import dev.refundhub.messages.PartnerReport;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(Surroundings.class)
class PaymentJourneyTest {

    @Test
    void anInstructionIsOnePaymentAndOneReport() throws Exception {
        Violet violet = new Violet().has();
        violet.answers(okJson(violet.refund("COMPLETED")));

        violet.order();

        PartnerReport report = last(violet);
        assertEquals("COMPLETED", report.outcome());
        assertEquals(2500, report.movedMinor());
        assertEquals("88001", report.partnerRefundId());
        assertEquals(1, report.revision());
        assertEquals(1, report.attempts());
        assertEquals(200, report.evidence().get(0).httpStatus());
        assertEquals(1, violet.asked().size());
        assertEquals("t1", violet.asked().get(0).getHeader("X-Violet-Token"));
    }

    @Test
    void anInstructionHeardFiveTimesIsOnePayment() throws Exception {
        Violet violet = new Violet().has();
        violet.answers(okJson(violet.refund("COMPLETED")));

        for (int i = 0; i < 5; i++) {
            violet.order();
        }
        last(violet);
        violet.order();

        await().until(() -> Hub.reports(violet.reference).size() >= 2);
        assertEquals(1, last(violet).revision());
        assertEquals(1, violet.asked().size());
    }

    @Test
    void aPaymentThatTimedOutAfterItWasMadeIsFoundAndNotMadeAgain() throws Exception {
        Violet violet = new Violet().has();
        violet.answers(Violet.slowly(violet.refund("COMPLETED")), violet.refund("COMPLETED"));

        violet.order();

        PartnerReport report = last(violet);
        assertEquals("COMPLETED", report.outcome());
        assertEquals(List.of("UNCLEAR", "COMPLETED"), outcomes(violet));
        assertEquals(2, report.revision());
        assertEquals(1, violet.asked().size());
    }

    @Test
    void aPaymentThatWasCutOffAndIsNeverFoundStaysUnclearForAPerson() throws Exception {
        Violet violet = new Violet().has();
        violet.answers(aResponse().withFault(Fault.CONNECTION_RESET_BY_PEER));

        violet.order();

        PartnerReport report = last(violet);
        assertEquals("UNCLEAR", report.outcome());
        assertEquals(1, report.evidence().size());
        assertEquals(1, violet.asked().size());
        assertTrue(violet.read() >= 4, "read before and looked up three times");
    }

    @Test
    void anUndecidedPaymentIsAskedForUntilItIsDecided() throws Exception {
        Violet violet = new Violet().has();
        violet.answers(okJson(violet.refund("PROCESSING")), violet.refund("PROCESSING"));
        violet.order();
        await().until(() -> outcomes(violet).equals(List.of("ACCEPTED")));
        int reads = violet.read();
        await().until(() -> violet.read() > reads + 2);

        violet.hasThen(violet.refund("COMPLETED"));

        assertEquals("COMPLETED", last(violet).outcome());
        assertEquals(List.of("ACCEPTED", "COMPLETED"), outcomes(violet));
        assertEquals(1, violet.asked().size());
    }

    @Test
    void aRefundThatFailedAfterAllMovedNothing() throws Exception {
        Violet violet = new Violet().has();
        violet.answers(Violet.status(500, ""), violet.refund("FAILED"));

        violet.order();

        assertEquals("DECLINED", last(violet).outcome());
        assertEquals(0, last(violet).movedMinor());
    }

    @Test
    void ourOwnReferenceInTheBagIsAdoptedWithoutAskingForAnything() throws Exception {
        Violet violet = new Violet().isThere();
        violet.has(violet.refund("COMPLETED"));

        violet.order();

        assertEquals("COMPLETED", last(violet).outcome());
        assertEquals(0, last(violet).attempts());
        assertEquals(0, violet.asked().size());
    }

    @Test
    void moneyThatSomebodyElseMovedIsToldAndNothingIsSent() throws Exception {
        Violet violet = new Violet().isThere();
        violet.has(violet.refund(88004, "EXTERNAL", 400, "by hand"));

        violet.order();

        PartnerReport report = last(violet);
        assertEquals("NOT_SENT", report.outcome());
        assertEquals("88004", report.found().get(0).partnerRefundId());
        assertEquals(400, report.found().get(0).amountMinor());
        assertEquals(0, violet.asked().size());
    }

    @Test
    void moneyOfAPaymentThatWasToldNotToHaveHappenedIsAStrangers() throws Exception {
        Violet violet = new Violet().isThere();
        String declined = violet.reference.replace("hub-0", "hub-d");
        violet.has(violet.refund(88009, "COMPLETED", 400, declined));
        isThere(violet, declined, violet.bag, "DECLINED", null);

        violet.order();

        assertEquals("88009", last(violet).found().get(0).partnerRefundId());
        assertEquals("NOT_SENT", last(violet).outcome());
        assertEquals(0, violet.asked().size());
    }

    @Test
    void aReferenceOfAnotherBagIsAStrangers() throws Exception {
        Violet violet = new Violet().isThere();
        String elsewhere = violet.reference.replace("hub-0", "hub-e");
        violet.has(violet.refund(88009, "COMPLETED", 400, elsewhere));
        isThere(violet, elsewhere, 1, "COMPLETED", "88009");

        violet.order();

        assertEquals("NOT_SENT", last(violet).outcome());
        assertEquals(0, violet.asked().size());
    }

    @Test
    void aRefundWithoutAReasonIsOursByTheIdThatWasToldForIt() throws Exception {
        Violet violet = new Violet().isThere();
        violet.has(withoutReason(violet.refund(88009, "COMPLETED", 400, "")));
        violet.answers(okJson(violet.refund("COMPLETED")));
        isThere(violet, violet.reference.replace("hub-0", "hub-s"), violet.bag, "COMPLETED", "88009");

        violet.order();

        assertEquals("COMPLETED", last(violet).outcome());
        assertEquals(1, violet.asked().size());
    }

    @Test
    void anUndecidedPaymentIsFoundByItsIdWhereTheListOmitsTheReason() throws Exception {
        Violet violet = new Violet().has();
        violet.answers(okJson(violet.refund("PROCESSING")), withoutReason(violet.refund("COMPLETED")));

        violet.order();

        assertEquals("COMPLETED", last(violet).outcome());
    }

    @Test
    void anUnclearPaymentIsFoundByOurReferenceOnly() throws Exception {
        Violet violet = new Violet().has();
        violet.answers(okJson(violet.refund("REFUNDED")), withoutReason(violet.refund("COMPLETED")));

        violet.order();

        assertEquals("UNCLEAR", last(violet).outcome());
    }

    @Test
    void aPartThatMovedAndIsSaidNotToHaveIsForAPerson() throws Exception {
        Violet violet = new Violet().has();
        violet.answers(okJson(violet.refund("PARTIALLY_COMPLETED")), violet.refund("FAILED"));

        violet.order();

        assertEquals("CONTRADICTED", last(violet).detail());
        assertEquals(List.of("PARTLY", "UNCLEAR", "UNCLEAR"), outcomes(violet));
    }

    @Test
    void aPaymentThatWasDeclinedIsNotMadeWhenItIsHeardAgain() throws Exception {
        Violet violet = new Violet().has();
        violet.answers(Violet.status(400, "{\"message\":\"no\",\"error\":\"invalid_bag_state\",\"code\":4225}"));
        violet.order();
        last(violet);

        violet.order();

        await().until(() -> outcomes(violet).equals(List.of("DECLINED", "DECLINED")));
        assertEquals(1, last(violet).revision());
        assertEquals(1, violet.asked().size());
    }

    @Test
    void whileTheBagCannotBeReadNothingIsSent() throws Exception {
        Violet violet = new Violet().readingAnswers(Violet.status(503, "busy"));
        violet.order();
        await().until(() -> violet.read() >= 3);
        assertEquals(0, violet.asked().size());

        violet.has();
        violet.answers(okJson(violet.refund("COMPLETED")));

        assertEquals("COMPLETED", last(violet).outcome());
        assertEquals(1, violet.asked().size());
    }

    @Test
    void whereNobodyListensNothingIsSentAndItIsPaidLater() throws Exception {
        int port = Integer.parseInt(Hub.config("test.late.port"));
        Violet violet = new Violet("late", port);
        violet.order();
        await().until(() -> "1"
                .equals(Hub.look(
                        "select 1 from call where tries > 1 and instruction_id = '" + violet.reference + "'")));

        WireMockServer opened = new WireMockServer(port);
        opened.start();
        violet.has();
        violet.answers(okJson(violet.refund("COMPLETED")));

        assertEquals("COMPLETED", last(violet).outcome());
        assertEquals(1, violet.asked().size());
        assertEquals(1, last(violet).attempts());
        opened.stop();
    }

    @Test
    void whatVioletTurnsAwayAtTheDoorIsSentAgain() throws Exception {
        Violet violet = new Violet().has();
        violet.answers(Violet.status(429, "").withHeader("Retry-After", "1"));
        violet.order();
        await().until(() -> violet.asked().size() == 1);

        violet.hasThen();
        violet.answers(okJson(violet.refund("COMPLETED")));

        assertEquals("COMPLETED", last(violet).outcome());
        assertEquals(2, last(violet).attempts());
        assertEquals(List.of("COMPLETED"), outcomes(violet));
    }

    @Test
    void anEndedTokenIsRenewedAndThePaymentMadeOnce() throws Exception {
        Violet violet = new Violet();
        violet.readingAnswers(
                Violet.status(401, "{\"status\":401,\"message\":\"Token has expired\",\"error_code\":11}"));
        violet.order();
        await().until(() -> violet.read() >= 2);

        violet.has();
        violet.answers(okJson(violet.refund("COMPLETED")));

        assertEquals("COMPLETED", last(violet).outcome());
        assertEquals(1, violet.asked().size());
    }

    @Test
    void twoPaymentsOfABagAreMadeOneAfterTheOther() throws Exception {
        Violet violet = new Violet().has();
        violet.answers(okJson(violet.refund("COMPLETED")).withFixedDelay(300), violet.refund("COMPLETED"));
        String second = violet.reference.replace("hub-0", "hub-z");

        violet.order();
        Violet.order(violet.payment(second, 1002));

        await().until(() ->
                Hub.reports(second).size() == 1 && Hub.reports(violet.reference).size() == 1);
        assertEquals(2, violet.asked().size());
        Duration apart = Duration.between(when(violet, 0), when(violet, 1)).abs();
        assertTrue(apart.toMillis() >= 300, "the second waited for the first: " + apart);
    }

    /** Another payment that the journal holds. */
    private static void isThere(Violet violet, String reference, long bag, String outcome, String refundId)
            throws Exception {
        String report =
                """
                {"instructionId":"%s","seller":"acme","orderId":"1","refundId":1,"kind":"PAY","revision":1,"outcome":"%s",
                 "final":true,"movedMinor":0,"partnerRefundId":%s}"""
                        .formatted(reference, outcome, refundId == null ? null : "\"" + refundId + "\"");
        Hub.change(
                """
                insert into call (instruction_id, kind, seller, order_id, refund_id, account, bag_id, terms, instruction,
                    state, revision, report)
                values ('%s', 'PAY', 'acme', '1', 1, 'violet', %d, '{}', '%s', 'DONE', 1, '%s')"""
                        .formatted(reference, bag, Hub.JSON.writeValueAsString(violet.payment(reference)), report));
    }

    private static String withoutReason(String refund) {
        return refund.replaceAll("\"reason\":\"[^\"]*\",", "");
    }

    private static Instant when(Violet violet, int asked) {
        return Instant.parse(violet.asked().get(asked).getLoggedDateString());
    }

    @Test
    void whatIsNeverFoundEndsWithAPersonWhoIsShownWhatMightBeIt() throws Exception {
        Violet violet = new Violet().has();
        violet.answers(
                Violet.slowly("{}"),
                violet.refund(88009, "COMPLETED", 2500, "typed in by hand"),
                violet.refund(88010, "COMPLETED", 2400, "of another amount"),
                violet.refund(88011, "COMPLETED", 2500, "typed in by hand, too"));

        violet.order();

        PartnerReport report = last(violet);
        assertEquals("UNCLEAR", report.outcome());
        assertEquals(
                List.of("88009", "88011"),
                report.found().stream()
                        .map(PartnerReport.BagRefund::partnerRefundId)
                        .toList());
        assertEquals(1, report.evidence().size());
        assertEquals(1, violet.asked().size());
    }

    private static PartnerReport last(Violet violet) {
        await().atMost(Duration.ofSeconds(15))
                .until(() -> Hub.reports(violet.reference).stream().anyMatch(PartnerReport::isFinal));
        List<PartnerReport> all = Hub.reports(violet.reference);
        return all.get(all.size() - 1);
    }

    private static List<String> outcomes(Violet violet) {
        return Hub.reports(violet.reference).stream()
                .map(PartnerReport::outcome)
                .toList();
    }
}
