package dev.refundhub.connectors.violet;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.refundhub.connectors.exchange.Ended;
import dev.refundhub.connectors.exchange.Ended.Answered;
import dev.refundhub.connectors.exchange.Ended.NeverSent;
import dev.refundhub.connectors.exchange.Ended.NoAnswer;
import dev.refundhub.connectors.partner.Answer;
import dev.refundhub.connectors.partner.Outcome;
import dev.refundhub.messages.VioletPayment;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class VioletOutcomeTest {

    private static final VioletPayment ASKED = new VioletPayment(
            "hub-k3v9q2x7m4t8r6wz",
            "PAY",
            "acme",
            "20776138",
            1001,
            "violet",
            61001,
            62001,
            "USD",
            2500,
            0,
            List.of(),
            false,
            true,
            "",
            List.of());

    @ParameterizedTest
    @CsvSource({
        "COMPLETED, COMPLETED, 2500",
        "PROCESSING, ACCEPTED, 0",
        "PARTIALLY_COMPLETED, PARTLY, 0",
        "FAILED, DECLINED, 0",
        "CANCELED, DECLINED, 0",
        "EXTERNAL, UNCLEAR, 0",
        "REFUNDED, UNCLEAR, 0",
        "completed, UNCLEAR, 0",
    })
    void aRefundMeansWhatItsStatusSays(String status, Outcome outcome, long moved) {
        Answer answer = answer(200, refund(62001, 2500, "USD", status));

        assertEquals(outcome, answer.outcome());
        assertEquals(moved, answer.movedMinor());
        assertEquals("88001", answer.partnerRefundId());
    }

    @ParameterizedTest
    @CsvSource({
        "62001, 2400, '\"USD\"', ANOTHER_AMOUNT, 2400",
        "62001, 2500, '\"EUR\"', ANOTHER_CURRENCY, 0",
        "62001, 2500, null, CURRENCY_NOT_TOLD, 0",
        "62002, 2500, '\"USD\"', ANOTHER_BAG, 0",
        "62001, null, '\"USD\"', AMOUNT_NOT_TOLD, 0",
    })
    void whatWasNotAskedForIsNoSuccess(long bag, String amount, String currency, String why, long moved) {
        Answer answer = answer(
                200,
                "{\"id\":88001,\"order_id\":61001,\"bag_id\":%d,\"amount\":%s,\"refund_currency\":%s,\"status\":\"COMPLETED\"}"
                        .formatted(bag, amount, currency));

        assertEquals(Outcome.UNCLEAR, answer.outcome());
        assertEquals(why, answer.detail());
        assertEquals(moved, answer.movedMinor());
    }

    @Test
    void anAnswerThatCarriesAnotherReferenceIsNoAnswerToOurs() {
        String refund = refund(62001, 2500, "USD", "COMPLETED");
        String another = refund.replace("}", ",\"reason\":\"hub-aaaaaaaaaaaaaaaa words\"}");
        String ours = refund.replace("}", ",\"reason\":\"hub-k3v9q2x7m4t8r6wz words\"}");

        assertEquals("ANOTHER_REFERENCE", answer(200, another).detail());
        assertEquals(Outcome.UNCLEAR, answer(200, another).outcome());
        assertEquals(Outcome.COMPLETED, answer(200, ours).outcome());
    }

    @ParameterizedTest
    @CsvSource({
        "400, 4225, invalid_bag_state, DECLINED",
        "400, 9001, invalid_parameter, DECLINED",
        "400, 9002, missing_parameter, DECLINED",
        "400, 9910, empty_body, DECLINED",
        "403, 9403, insufficient_permissions, DECLINED",
        "404, 4201, bag_not_found, DECLINED",
        "404, 4216, order_not_found, DECLINED",
        "404, 4219, order_sku_not_found, DECLINED",
        "401, 7118, merchant_not_connected, DECLINED",
        "409, 4238, order_submission_in_progress, NOT_SENT",
        "429, 9429, too_many_requests, NOT_SENT",
        "500, 9000, unknown_error, UNCLEAR",
        "400, 9999, something_new, UNCLEAR",
        "500, 9001, invalid_parameter, UNCLEAR",
        "400, 9001, something_new, UNCLEAR",
        "302, 9001, invalid_parameter, UNCLEAR",
    })
    void aRefusalMeansWhatIsDocumentedAndNothingElse(int status, int code, String error, Outcome outcome) {
        Answer answer = answer(status, "{\"message\":\"no\",\"error\":\"%s\",\"code\":%d}".formatted(error, code));

        assertEquals(outcome, answer.outcome());
        assertEquals(status, answer.httpStatus());
    }

    @Test
    void anEndedTokenSentNothing() {
        assertEquals(Outcome.NOT_SENT, answer(401, sample("token-expired")).outcome());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "{}",
                "[]",
                "<html>",
                "{\"id\":88001}",
                "{\"status\":\"COMPLETED\"}",
                "{\"id\":88001,\"status\":\"COMPLETED\",\"amount\":25.5}"
            })
    void anUnreadableSuccessIsUnclear(String body) {
        assertEquals(Outcome.UNCLEAR, answer(200, body).outcome());
    }

    @ParameterizedTest
    @ValueSource(ints = {201, 202, 204, 301, 400, 404, 409, 500, 502, 503, 504})
    void aStatusWithoutVioletsShapeIsUnclear(int status) {
        assertEquals(Outcome.UNCLEAR, answer(status, "<html>").outcome());
    }

    @Test
    void onlyWhatNeverLeftUsIsNotSent() {
        assertEquals(
                Outcome.NOT_SENT,
                VioletOutcome.of(ASKED, new NeverSent("NOT_CONNECTED")).outcome());
        assertEquals(
                Outcome.UNCLEAR,
                VioletOutcome.of(ASKED, new NoAnswer("TIMED_OUT")).outcome());
        assertEquals(
                Outcome.UNCLEAR,
                VioletOutcome.of(ASKED, new NoAnswer("CUT_OFF")).outcome());
        assertEquals(
                Outcome.UNCLEAR,
                VioletOutcome.of(ASKED, new NoAnswer("TOO_LARGE")).outcome());
    }

    @Test
    void violetsOwnSamplesAreRead() {
        assertEquals(Outcome.COMPLETED, answer(200, sample("completed")).outcome());
        assertEquals("ERROR_9000", ofAnyBag(sample("failed")).detail());
        assertEquals(Outcome.DECLINED, answer(400, sample("invalid-bag-state")).outcome());
        assertEquals(Outcome.DECLINED, answer(400, sample("invalid-parameter")).outcome());
    }

    private static Answer ofAnyBag(String body) {
        return answer(200, body.replace("61003", "61001").replace("62003", "62001"));
    }

    private static Answer answer(int status, String body) {
        Ended ended = new Answered(status, null, body);
        return VioletOutcome.of(ASKED, ended);
    }

    private static String refund(long bag, long amount, String currency, String status) {
        return "{\"id\":88001,\"order_id\":61001,\"bag_id\":%d,\"amount\":%d,\"refund_currency\":\"%s\",\"status\":\"%s\"}"
                .formatted(bag, amount, currency, status);
    }

    static String sample(String name) {
        try (InputStream in = VioletOutcomeTest.class.getResourceAsStream("/violet/" + name + ".json")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException failure) {
            throw new AssertionError(failure);
        }
    }
}
