package dev.refundhub.connectors.journal;

import dev.refundhub.connectors.partner.Answer;
import dev.refundhub.connectors.partner.Outcome;
import dev.refundhub.messages.PartnerReport;
import dev.refundhub.messages.PartnerReport.BagRefund;
import dev.refundhub.messages.PartnerReport.Evidence;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** What refunds-service is to hear of a call: totals so far, and only when they are news. */
final class Reports {

    private static final String CONTRADICTED = "CONTRADICTED";

    /** The newest of what was tried: what a partner has refused for weeks would be more than a message can hold. */
    private static final int MOST_EVIDENCE = 100;

    private Reports() {}

    static Optional<PartnerReport> of(Call call, Answer answer, State state, List<BagRefund> found) {
        if (state == State.DUE) {
            return Optional.empty();
        }
        boolean isFinal = state == State.DONE;
        return isNews(call.report(), answer, isFinal)
                ? Optional.of(report(call, answer, isFinal, found))
                : Optional.empty();
    }

    /** What was told last, as if the partner had said it again. */
    static Answer known(PartnerReport last) {
        return Answer.of(Outcome.valueOf(last.outcome()), last.detail())
                .moved(last.movedMinor())
                .as(last.partnerRefundId())
                .said(last.partnerSays());
    }

    /** What was told to have moved does not come back unsaid: after a part, only more of it is believed. */
    static Answer believed(Call call, Answer found) {
        boolean contradicts = found.outcome() != Outcome.PARTLY && found.outcome() != Outcome.COMPLETED;
        return contradicts && somethingMoved(call)
                ? Answer.of(Outcome.UNCLEAR, CONTRADICTED)
                        .as(found.partnerRefundId())
                        .said(found.says())
                : found;
    }

    private static boolean somethingMoved(Call call) {
        return call.isReported(Outcome.PARTLY)
                || (call.report() != null && call.report().movedMinor() > 0)
                || (call.isReported(Outcome.UNCLEAR)
                        && CONTRADICTED.equals(call.report().detail()));
    }

    private static boolean isNews(PartnerReport last, Answer answer, boolean isFinal) {
        return last == null
                || last.isFinal() != isFinal
                || !last.outcome().equals(answer.outcome().name())
                || last.movedMinor() != answer.movedMinor()
                || !Objects.equals(last.partnerRefundId(), answer.partnerRefundId())
                || !Objects.equals(last.partnerSays(), answer.says())
                || !Objects.equals(last.detail(), answer.detail());
    }

    private static PartnerReport report(Call call, Answer answer, boolean isFinal, List<BagRefund> found) {
        return new PartnerReport(
                call.instructionId(),
                call.seller(),
                call.orderId(),
                call.refundId(),
                call.kind(),
                call.revision() + 1,
                answer.outcome().name(),
                isFinal,
                answer.movedMinor(),
                call.currency(),
                answer.partnerRefundId(),
                answer.says(),
                answer.detail(),
                call.attempts().size(),
                Instant.now().truncatedTo(ChronoUnit.MILLIS),
                found,
                isFinal ? evidence(call.attempts()) : List.of());
    }

    private static List<Evidence> evidence(List<Attempt> attempts) {
        return attempts.stream()
                .skip(Math.max(attempts.size() - MOST_EVIDENCE, 0))
                .map(Attempt::evidence)
                .toList();
    }
}
