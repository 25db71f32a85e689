package dev.refundhub.connectors;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.patch;
import static com.github.tomakehurst.wiremock.client.WireMock.patchRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.client.WireMock;
import com.github.tomakehurst.wiremock.stubbing.Scenario;
import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import dev.refundhub.messages.PartnerReport;
import dev.refundhub.messages.ShippedSuiteConfirmation;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(Surroundings.class)
class ConfirmationJourneyTest {

    private static final AtomicInteger LAST = new AtomicInteger(40);

    private final WireMock shipped = new WireMock(Integer.parseInt(Hub.config("test.partners.port")));
    private final int request = LAST.incrementAndGet();
    private final String instruction = "hub-confirm-" + request;

    @Test
    void aConfirmationSaysWhatWasPaidToTheCent() throws Exception {
        shipped.register(patch(urlEqualTo(path())).willReturn(okJson("{}")));

        confirm();

        assertEquals("COMPLETED", last().outcome());
        assertEquals(21077, last().movedMinor());
        assertEquals("CONFIRM", last().kind());
        LoggedRequest told = told().get(0);
        assertEquals("Bearer sk_development_test", told.getHeader("Authorization"));
        assertEquals(
                "{\"external_id\":\"1001\",\"amount\":210.77,\"display_amount\":210.77,\"currency\":\"USD\"}",
                told.getBodyAsString());
    }

    @Test
    void aConfirmationThatIsNotClearIsToldAgain() throws Exception {
        answerOnce(Scenario.STARTED, "late", okJson("{}").withFixedDelay(3000));
        answerOnce("late", "broken", aResponse().withStatus(503));
        answerOnce("broken", "well", okJson("{}"));

        confirm();

        assertEquals("COMPLETED", last().outcome());
        assertEquals(3, last().attempts());
        assertEquals(1, last().revision());
    }

    @Test
    void aClearNoIsFinal() throws Exception {
        shipped.register(
                patch(urlEqualTo(path())).willReturn(aResponse().withStatus(404).withBody("{\"error\":\"gone\"}")));

        confirm();

        assertEquals("DECLINED", last().outcome());
        assertEquals(true, last().isFinal());
        assertEquals(1, told().size());
    }

    @Test
    void aConfirmationThatWasRefusedIsToldAgainWhenItIsHeardAgain() throws Exception {
        answerOnce(Scenario.STARTED, "mended", aResponse().withStatus(404));
        answerOnce("mended", "well", okJson("{}"));
        confirm();
        assertEquals("DECLINED", last().outcome());

        confirm();

        await().until(() -> Hub.reports(instruction).stream()
                .anyMatch(report -> report.outcome().equals("COMPLETED") && report.revision() == 2));
        confirm();
        await().until(() -> Hub.reports(instruction).size() >= 3 && isDone());
        assertEquals(2, told().size());
    }

    private boolean isDone() {
        return "DONE".equals(Hub.look("select state from call where instruction_id = '" + instruction + "'"));
    }

    @Test
    void whoDiedWhileConfirmingConfirmsAgain() throws Exception {
        shipped.register(patch(urlEqualTo(path())).willReturn(okJson("{}")));

        Hub.change(
                """
                insert into call (instruction_id, kind, seller, order_id, refund_id, account, currency, terms, instruction,
                    state, next_at, claimed, claim_no)
                values ('%s', 'CONFIRM', 'acme', '1', 1001, 'shipped', 'USD', '{}', '%s', 'SENT', now(), true, 1)"""
                        .formatted(instruction, Hub.JSON.writeValueAsString(confirmation())));

        assertEquals("COMPLETED", last().outcome());
        assertEquals(1, told().size());
    }

    private void answerOnce(String state, String then, ResponseDefinitionBuilder answer) {
        shipped.register(patch(urlEqualTo(path()))
                .inScenario(instruction)
                .whenScenarioStateIs(state)
                .willSetStateTo(then)
                .willReturn(answer));
    }

    @Test
    void aRefundThatHasAnotherIdSinceARestoreIsConfirmedUnderThatId() throws Exception {
        shipped.register(patch(urlEqualTo(path())).willReturn(okJson("{}")));
        confirm(1001);
        assertEquals("COMPLETED", last().outcome());

        confirm(1_001_001);
        confirm(1_001_001);

        await().until(() -> Hub.reports(instruction).stream().anyMatch(report -> report.refundId() == 1_001_001));
        await().until(this::isDone);
        assertEquals(
                List.of("1001", "1001001"),
                told().stream()
                        .map(request -> request.getBodyAsString().replaceAll(".*\"external_id\":\"(\\d+)\".*", "$1"))
                        .distinct()
                        .toList());
    }

    private void confirm() throws Exception {
        confirm(1001);
    }

    private void confirm(long refundId) throws Exception {
        Hub.order(
                ShippedSuiteConfirmation.TOPIC,
                ShippedSuiteConfirmation.TYPE,
                Hub.JSON.writeValueAsString(confirmation(refundId)));
    }

    private ShippedSuiteConfirmation confirmation() {
        return confirmation(1001);
    }

    private ShippedSuiteConfirmation confirmation(long refundId) {
        String externalId = Long.toString(refundId);
        return new ShippedSuiteConfirmation(
                instruction,
                "CONFIRM",
                "acme",
                "20776138",
                refundId,
                "shipped",
                request,
                externalId,
                21077,
                21077,
                "USD");
    }

    private PartnerReport last() {
        await().until(() -> !Hub.reports(instruction).isEmpty());
        return Hub.reports(instruction).get(0);
    }

    private List<LoggedRequest> told() {
        return shipped.find(patchRequestedFor(urlEqualTo(path())));
    }

    private String path() {
        return "/v1/refunds/" + request;
    }
}
