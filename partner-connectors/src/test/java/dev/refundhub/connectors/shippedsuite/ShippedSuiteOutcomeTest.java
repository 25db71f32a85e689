package dev.refundhub.connectors.shippedsuite;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.refundhub.connectors.exchange.Ended.Answered;
import dev.refundhub.connectors.exchange.Ended.NeverSent;
import dev.refundhub.connectors.exchange.Ended.NoAnswer;
import dev.refundhub.connectors.partner.Answer;
import dev.refundhub.connectors.partner.Outcome;
import dev.refundhub.messages.ShippedSuiteConfirmation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ShippedSuiteOutcomeTest {

    @ParameterizedTest
    @CsvSource({
        "200, COMPLETED, 21077",
        "201, COMPLETED, 21077",
        "204, COMPLETED, 21077",
        "400, DECLINED, 0",
        "404, DECLINED, 0",
        "405, DECLINED, 0",
        "422, DECLINED, 0",
        "401, NOT_SENT, 0",
        "429, NOT_SENT, 0",
        "302, UNCLEAR, 0",
        "500, UNCLEAR, 0",
        "503, UNCLEAR, 0",
    })
    void anyTwoHundredIsEnoughAndOnlyAClearNoIsOne(int status, Outcome outcome, long moved) {
        Answer answer = ShippedSuiteOutcome.of(confirmation(), new Answered(status, null, "{\"error\":\"text\"}"));

        assertEquals(outcome, answer.outcome());
        assertEquals(moved, answer.movedMinor());
    }

    @Test
    void onlyWhatNeverLeftUsIsNotSent() {
        assertEquals(
                Outcome.UNCLEAR,
                ShippedSuiteOutcome.of(confirmation(), new NoAnswer("TIMED_OUT"))
                        .outcome());
        assertEquals(
                Outcome.NOT_SENT,
                ShippedSuiteOutcome.of(confirmation(), new NeverSent("NOT_CONNECTED"))
                        .outcome());
    }

    @ParameterizedTest
    @CsvSource({
        "USD, 21077, 210.77",
        "USD, 21000, 210.00",
        "USD, 5, 0.05",
        "JPY, 21077, 21077",
        "KWD, 21077, 21.077",
    })
    void amountsAreNumbersWithExactlyTheCurrencysDecimals(String currency, long minor, String major) {
        ShippedSuiteConfirmation confirmation = new ShippedSuiteConfirmation(
                "hub-b7d2f6h3j5m7p2s4", "CONFIRM", "acme", "1", 1001, "shipped", 41, "1001", minor, minor, currency);

        String body = new ShippedSuiteErrand(confirmation, null, null).body();

        assertEquals(
                "{\"external_id\":\"1001\",\"amount\":%s,\"display_amount\":%s,\"currency\":\"%s\"}"
                        .formatted(major, major, currency),
                body);
    }

    private static ShippedSuiteConfirmation confirmation() {
        return new ShippedSuiteConfirmation(
                "hub-b7d2f6h3j5m7p2s4", "CONFIRM", "acme", "1", 1001, "shipped", 41, "1001", 21077, 21077, "USD");
    }
}
