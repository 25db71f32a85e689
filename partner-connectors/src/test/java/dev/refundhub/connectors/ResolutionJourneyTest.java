package dev.refundhub.connectors;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.github.tomakehurst.wiremock.http.Fault;
import dev.refundhub.messages.PartnerReport;
import dev.refundhub.messages.PaymentResolution;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A person ends what the journal could not, and nobody is called for it. */
@QuarkusTest
@QuarkusTestResource(Surroundings.class)
class ResolutionJourneyTest {

    @AfterEach
    void letPaymentsGo() throws Exception {
        Hub.change("delete from payments_held");
    }

    @Test
    void whatHappenedIsCompletedWithWhoSaidSo() throws Exception {
        Violet violet = unclear();

        violet.resolve("HAPPENED", 2500);

        PartnerReport report = resolved(violet);
        assertEquals("COMPLETED", report.outcome());
        assertEquals("PAY", report.kind());
        assertEquals(1001, report.refundId());
        assertEquals(2500, report.movedMinor());
        assertEquals("88001", report.partnerRefundId());
        assertEquals("RESOLVED_BY operator-1", report.detail());
        assertEquals(1, report.evidence().size());
        assertEquals(1, violet.asked().size());
        assertEquals("operator-1", Hub.look("select resolved_by from call where " + row(violet)));
    }

    @Test
    void whatHappenedInPartIsPartlyWithWhatMoved() throws Exception {
        Violet violet = unclear();

        violet.resolve("HAPPENED", 1000);

        PartnerReport report = resolved(violet);
        assertEquals("PARTLY", report.outcome());
        assertEquals(1000, report.movedMinor());
    }

    @Test
    void whatDidNotHappenIsNotSentAndIsNotTriedAgain() throws Exception {
        Violet violet = unclear();

        violet.resolve("DID_NOT_HAPPEN", 0);

        PartnerReport report = resolved(violet);
        assertEquals("NOT_SENT", report.outcome());
        assertEquals(List.of(), report.found());
        assertEquals(1, violet.asked().size());
    }

    @Test
    void whatARestoredJournalHearsAgainAndThatItEndedSinceIsNotPaid() throws Exception {
        Violet violet = new Violet().has();
        violet.answers(okJson(violet.refund("COMPLETED")));
        Hub.change("insert into payments_held (why) values ('restored')");
        violet.order();

        violet.resolve("DID_NOT_HAPPEN", 0);

        assertEquals("NOT_SENT", resolved(violet).outcome());
        Hub.change("delete from payments_held");
        anotherIsPaid();
        assertEquals(0, violet.asked().size());
    }

    @Test
    void whatIsHeldIsPaidOnceItIsLetGo() throws Exception {
        Violet violet = new Violet().has();
        violet.answers(okJson(violet.refund("COMPLETED")));
        Hub.change("insert into payments_held (why) values ('restored')");
        violet.order();
        await().until(() ->
                Hub.look("select count(*) from call where " + row(violet)).equals("1"));
        assertEquals(0, violet.read());

        Hub.change("delete from payments_held");

        await().until(() -> !Hub.reports(violet.reference).isEmpty());
        assertEquals("COMPLETED", last(violet).outcome());
        assertEquals(1, violet.asked().size());
    }

    private static void anotherIsPaid() throws Exception {
        Violet another = new Violet().has();
        another.answers(okJson(another.refund("COMPLETED")));
        another.order();
        await().until(() -> !Hub.reports(another.reference).isEmpty());
        assertEquals("COMPLETED", last(another).outcome());
    }

    @Test
    void sayingItAgainIsHarmlessAndAnswered() throws Exception {
        Violet violet = unclear();
        violet.resolve("HAPPENED", 2500);
        PartnerReport first = resolved(violet);
        int told = Hub.reports(violet.reference).size();

        violet.resolve("HAPPENED", 2500);

        await().until(() -> Hub.reports(violet.reference).size() == told + 1);
        assertEquals(first, Hub.reports(violet.reference).get(told));
    }

    @Test
    void whatIsCertainIsNotTakenBackByAnybody() throws Exception {
        Violet violet = new Violet().has();
        violet.answers(okJson(violet.refund("COMPLETED")));
        violet.order();
        await().until(() -> !Hub.reports(violet.reference).isEmpty());
        int aside = deadLetters("CONTRADICTS_PAYMENT");

        violet.resolve("DID_NOT_HAPPEN", 0);

        await().until(() -> deadLetters("CONTRADICTS_PAYMENT") == aside + 1);
        assertEquals(1, Hub.reports(violet.reference).size());
        assertEquals(1, violet.asked().size());
    }

    @Test
    void aPaymentOfAnotherAccountAndOneNobodyKnowsAreLeftAlone() throws Exception {
        Violet violet = unclear();
        int another = deadLetters("ANOTHER_PAYMENT");
        int unknown = deadLetters("UNKNOWN_PAYMENT");

        resolve(violet.reference, "late");
        resolve(violet.reference.replace("hub-0", "hub-u"), "violet");

        await().until(() ->
                deadLetters("ANOTHER_PAYMENT") == another + 1 && deadLetters("UNKNOWN_PAYMENT") == unknown + 1);
        assertEquals("UNCLEAR", last(violet).outcome());
    }

    private static void resolve(String instructionId, String account) throws Exception {
        PaymentResolution told = new PaymentResolution(
                instructionId,
                PaymentResolution.KIND,
                "acme",
                "20776138",
                account,
                "DID_NOT_HAPPEN",
                0,
                null,
                "operator-1");
        Hub.order(PaymentResolution.TOPIC, PaymentResolution.TYPE, Hub.JSON.writeValueAsString(told));
    }

    private static Violet unclear() throws Exception {
        Violet violet = new Violet().has();
        violet.answers(aResponse().withFault(Fault.CONNECTION_RESET_BY_PEER));
        violet.order();
        await().until(() -> !Hub.reports(violet.reference).isEmpty());
        return violet;
    }

    private static PartnerReport resolved(Violet violet) {
        await().until(() -> Hub.reports(violet.reference).stream()
                .anyMatch(report -> "RESOLVED_BY operator-1".equals(report.detail())));
        assertEquals(true, last(violet).isFinal());
        return last(violet);
    }

    private static PartnerReport last(Violet violet) {
        List<PartnerReport> all = Hub.reports(violet.reference);
        return all.get(all.size() - 1);
    }

    private static int deadLetters(String reason) {
        return Integer.parseInt(Hub.look("select count(*) from dead_letter where reason = '" + reason + "'"));
    }

    private static String row(Violet violet) {
        return "instruction_id = '" + violet.reference + "'";
    }
}
