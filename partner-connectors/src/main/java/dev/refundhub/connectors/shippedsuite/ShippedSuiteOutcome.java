package dev.refundhub.connectors.shippedsuite;

import static dev.refundhub.connectors.partner.Outcome.COMPLETED;
import static dev.refundhub.connectors.partner.Outcome.DECLINED;
import static dev.refundhub.connectors.partner.Outcome.NOT_SENT;
import static dev.refundhub.connectors.partner.Outcome.UNCLEAR;

import dev.refundhub.connectors.exchange.Ended;
import dev.refundhub.connectors.exchange.Ended.Answered;
import dev.refundhub.connectors.exchange.Ended.NeverSent;
import dev.refundhub.connectors.exchange.Ended.NoAnswer;
import dev.refundhub.connectors.partner.Answer;
import dev.refundhub.messages.ShippedSuiteConfirmation;

/** What Shipped Suite's answer means. It may be told again at will: what is not clear is told again. */
final class ShippedSuiteOutcome {

    private ShippedSuiteOutcome() {}

    static Answer of(ShippedSuiteConfirmation told, Ended ended) {
        if (ended instanceof NeverSent never) {
            return Answer.of(NOT_SENT, never.why());
        }
        if (ended instanceof NoAnswer none) {
            return Answer.of(UNCLEAR, none.why());
        }
        Answered answered = (Answered) ended;
        return of(told, answered.status())
                .said(String.valueOf(answered.status()))
                .by(answered.status(), answered.retryAfter());
    }

    private static Answer of(ShippedSuiteConfirmation told, int status) {
        return switch (status) {
            case 401, 408, 425, 429 -> Answer.of(NOT_SENT, "TRY_LATER");
            default ->
                switch (status / 100) {
                    case 2 -> Answer.of(COMPLETED, null).moved(told.amountMinor());
                    case 4 -> Answer.of(DECLINED, "REFUSED");
                    default -> Answer.of(UNCLEAR, "UNKNOWN_ANSWER");
                };
        };
    }
}
