package dev.refundhub.connectors.violet;

import static dev.refundhub.connectors.partner.Outcome.ACCEPTED;
import static dev.refundhub.connectors.partner.Outcome.COMPLETED;
import static dev.refundhub.connectors.partner.Outcome.DECLINED;
import static dev.refundhub.connectors.partner.Outcome.NOT_SENT;
import static dev.refundhub.connectors.partner.Outcome.PARTLY;
import static dev.refundhub.connectors.partner.Outcome.UNCLEAR;

import dev.refundhub.connectors.exchange.Ended;
import dev.refundhub.connectors.exchange.Ended.Answered;
import dev.refundhub.connectors.exchange.Ended.NeverSent;
import dev.refundhub.connectors.exchange.Ended.NoAnswer;
import dev.refundhub.connectors.partner.Answer;
import dev.refundhub.connectors.violet.VioletApi.Refund;
import dev.refundhub.messages.VioletPayment;
import java.io.IOException;

/** What Violet's answer means for a payment. Only what was asked for, to the cent, is a success. */
final class VioletOutcome {

    static final int OK = 200;

    private VioletOutcome() {}

    static Answer of(VioletPayment asked, Ended ended) {
        if (ended instanceof NeverSent never) {
            return Answer.of(NOT_SENT, never.why());
        }
        if (ended instanceof NoAnswer none) {
            return Answer.of(UNCLEAR, none.why());
        }
        Answered answered = (Answered) ended;
        return answered.status() == OK ? of(asked, answered.body()).by(OK, null) : VioletRefusal.of(answered);
    }

    private static Answer of(VioletPayment asked, String body) {
        try {
            Refund refund = VioletApi.JSON.readValue(body, Refund.class);
            return refund == null ? Answer.of(UNCLEAR, "UNREADABLE") : of(asked, refund);
        } catch (IOException notItsShape) {
            return Answer.of(UNCLEAR, "UNREADABLE");
        }
    }

    static Answer of(VioletPayment asked, Refund refund) {
        if (refund.id() == null || refund.status() == null) {
            return Answer.of(UNCLEAR, "UNREADABLE");
        }
        return meaning(asked, refund).as(refund.id().toString()).said(word(refund.status()));
    }

    private static Answer meaning(VioletPayment asked, Refund refund) {
        if (differs(refund.orderId(), asked.violetOrderId()) || differs(refund.bagId(), asked.bagId())) {
            return Answer.of(UNCLEAR, "ANOTHER_BAG");
        }
        String reference = VioletReference.in(refund.reason());
        if (reference != null && !reference.equals(asked.instructionId())) {
            return Answer.of(UNCLEAR, "ANOTHER_REFERENCE");
        }
        return switch (refund.status()) {
            case "FAILED", "CANCELED" -> Answer.of(DECLINED, errorCode(refund));
            case "PROCESSING", "COMPLETED", "PARTIALLY_COMPLETED" -> moving(asked, refund);
            default -> Answer.of(UNCLEAR, "UNKNOWN_WORD");
        };
    }

    private static Answer moving(VioletPayment asked, Refund refund) {
        if (refund.refundCurrency() != null && !refund.refundCurrency().equals(asked.currency())) {
            return Answer.of(UNCLEAR, "ANOTHER_CURRENCY");
        }
        if (refund.status().equals("PARTIALLY_COMPLETED")) {
            return Answer.of(PARTLY, null);
        }
        if (refund.status().equals("PROCESSING")) {
            return differs(refund.amount(), asked.amountMinor())
                    ? Answer.of(UNCLEAR, "ANOTHER_AMOUNT")
                    : Answer.of(ACCEPTED, null);
        }
        return moved(asked, refund);
    }

    private static Answer moved(VioletPayment asked, Refund refund) {
        if (refund.amount() == null) {
            return Answer.of(UNCLEAR, "AMOUNT_NOT_TOLD");
        }
        if (refund.refundCurrency() == null) {
            return Answer.of(UNCLEAR, "CURRENCY_NOT_TOLD");
        }
        Answer answer = refund.amount() == asked.amountMinor()
                ? Answer.of(COMPLETED, null)
                : Answer.of(UNCLEAR, "ANOTHER_AMOUNT");
        return answer.moved(Math.max(0, refund.amount()));
    }

    private static boolean differs(Long told, long asked) {
        return told != null && told != asked;
    }

    private static String errorCode(Refund refund) {
        return refund.errors() == null
                        || refund.errors().isEmpty()
                        || refund.errors().get(0) == null
                ? null
                : "ERROR_" + refund.errors().get(0).errorCode();
    }

    /** A word, not a text: what Violet says is kept and told, and must not become a door for anything else. */
    private static String word(String status) {
        return status.matches("[A-Z_]{1,40}") ? status : "UNKNOWN_WORD";
    }
}
