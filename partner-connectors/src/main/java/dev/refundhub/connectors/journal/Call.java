package dev.refundhub.connectors.journal;

import dev.refundhub.connectors.partner.Outcome;
import dev.refundhub.messages.PartnerReport;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * An instruction that this process has claimed.
 *
 * @param currency null where the instruction did not tell
 * @param bagId null where nothing is paid
 * @param trace the traceparent that came with the instruction; null for none
 * @param claimNo the fence: what is written names it
 * @param age how long it has been waited for what it waits for now
 * @param tries how often it was tried in vain
 * @param report the newest; null while there is none
 * @param resolution what a person found out; null where nobody was asked
 * @param attempts in their order
 */
record Call(
        String instructionId,
        String kind,
        String seller,
        String orderId,
        long refundId,
        String currency,
        String account,
        Long bagId,
        String instruction,
        String trace,
        State state,
        int claimNo,
        Duration age,
        int tries,
        PartnerReport report,
        String resolution,
        List<Attempt> attempts) {

    int revision() {
        return report == null ? 0 : report.revision();
    }

    /** Whether this is what was told last. */
    boolean isReported(Outcome outcome) {
        return report != null && report.outcome().equals(outcome.name());
    }

    /** What may be told any number of times needs no looking up. */
    boolean isRepeatable() {
        return kind.equals("CONFIRM");
    }

    Call with(Attempt attempt) {
        List<Attempt> all = new ArrayList<>(attempts);
        all.add(attempt);
        return new Call(
                instructionId,
                kind,
                seller,
                orderId,
                refundId,
                currency,
                account,
                bagId,
                instruction,
                trace,
                state,
                claimNo,
                age,
                tries,
                report,
                resolution,
                all);
    }
}
