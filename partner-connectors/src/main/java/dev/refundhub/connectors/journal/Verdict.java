package dev.refundhub.connectors.journal;

import static dev.refundhub.connectors.partner.Outcome.ACCEPTED;
import static dev.refundhub.connectors.partner.Outcome.COMPLETED;
import static dev.refundhub.connectors.partner.Outcome.DECLINED;
import static dev.refundhub.connectors.partner.Outcome.NOT_SENT;
import static dev.refundhub.connectors.partner.Outcome.PARTLY;
import static dev.refundhub.connectors.partner.Outcome.UNCLEAR;

import dev.refundhub.connectors.partner.Answer;
import dev.refundhub.connectors.partner.Outcome;
import dev.refundhub.messages.PartnerReport;
import dev.refundhub.messages.PartnerReport.BagRefund;
import dev.refundhub.messages.PaymentResolution;
import java.util.List;

/**
 * What a person's word about a payment means. Only what nobody is certain of can be decided by it, and what was not begun:
 * that is heard where a journal that was restored from a backup hears again of what was ended since.
 *
 * @param why it is refused; null where it is not
 * @param report what is told then; null where nothing new is
 */
record Verdict(Meaning meaning, String why, PartnerReport report) {

    enum Meaning {
        /** It is not for a person to say, or contradicts what is certain. */
        REFUSED,
        /** It says what is known already. */
        KNOWN,
        NEWS
    }

    static Verdict of(PaymentResolution told, Call call, long amount) {
        if (!told.account().equals(call.account())
                || !told.seller().equals(call.seller())
                || !told.orderId().equals(call.orderId())) {
            return refused("ANOTHER_PAYMENT");
        }
        if (isKnown(told, call)) {
            return new Verdict(Meaning.KNOWN, null, null);
        }
        boolean open = call.isReported(UNCLEAR) || call.isReported(ACCEPTED) || call.isReported(PARTLY);
        boolean isForAPerson = call.state() == State.DUE || (open && call.state() != State.SENT);
        if (!isForAPerson) {
            return refused(call.isReported(COMPLETED) ? "CONTRADICTS_PAYMENT" : "NOT_FOR_A_PERSON");
        }
        long moved = call.report() == null ? 0 : call.report().movedMinor();
        boolean takesBack = told.movedMinor() < Math.min(moved, amount);
        if (takesBack || told.movedMinor() > amount) {
            return refused("CONTRADICTS_AMOUNT");
        }
        return new Verdict(Meaning.NEWS, null, report(told, call, amount));
    }

    private static boolean isKnown(PaymentResolution told, Call call) {
        if (!happened(told) && isFoundAfterAll(call)) {
            return true;
        }
        if (call.report() == null || !call.report().isFinal()) {
            return false;
        }
        return happened(told)
                ? (call.isReported(COMPLETED) || (call.isReported(PARTLY) && call.resolution() != null))
                        && call.report().movedMinor() == told.movedMinor()
                : call.isReported(NOT_SENT) || call.isReported(DECLINED);
    }

    /** It was said to be none, and the partner showed it all the same: who still says so has not heard of that. */
    private static boolean isFoundAfterAll(Call call) {
        return call.state() == State.ASKING && "DID_NOT_HAPPEN".equals(call.resolution());
    }

    /**
     * What might have been it is not told where it did not happen: refunds-service would take it for what stood in the
     * way, and try again by itself.
     */
    private static PartnerReport report(PaymentResolution told, Call call, long amount) {
        PartnerReport last = call.report();
        List<BagRefund> found = happened(told) && last != null && last.found() != null ? last.found() : List.of();
        Answer answer = Answer.of(outcome(told, amount), "RESOLVED_BY " + told.by())
                .moved(told.movedMinor())
                .as(told.partnerRefundId().isEmpty() ? null : told.partnerRefundId());
        return Reports.of(call, answer, State.DONE, found).orElseThrow();
    }

    private static Outcome outcome(PaymentResolution told, long amount) {
        if (!happened(told)) {
            return NOT_SENT;
        }
        return told.movedMinor() == amount ? COMPLETED : PARTLY;
    }

    private static boolean happened(PaymentResolution told) {
        return told.verdict().equals("HAPPENED");
    }

    private static Verdict refused(String why) {
        return new Verdict(Meaning.REFUSED, why, null);
    }
}
