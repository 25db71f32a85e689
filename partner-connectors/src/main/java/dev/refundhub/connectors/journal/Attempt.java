package dev.refundhub.connectors.journal;

import dev.refundhub.connectors.partner.Answer;
import dev.refundhub.messages.PartnerReport.Evidence;
import java.time.Instant;

/**
 * A request that may have left us.
 *
 * @param httpStatus null where no answer came
 * @param said the partner's own word; may be null
 */
record Attempt(int no, Instant at, String bodySha256, Integer httpStatus, String said) {

    static Attempt next(Call call, Instant at, String bodySha256) {
        return new Attempt(call.attempts().size() + 1, at, bodySha256, null, null);
    }

    Attempt ended(Answer answer) {
        return new Attempt(no, at, bodySha256, answer.httpStatus(), answer.says());
    }

    Evidence evidence() {
        return new Evidence(at, bodySha256, httpStatus, said);
    }
}
