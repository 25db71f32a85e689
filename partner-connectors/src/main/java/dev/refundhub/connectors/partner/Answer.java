package dev.refundhub.connectors.partner;

import java.time.Duration;

/**
 * What an exchange with a partner means for the instruction.
 *
 * @param movedMinor what moved so far, as far as is known
 * @param partnerRefundId null while there is none
 * @param says the partner's own word or error code; null where it said nothing
 * @param detail why, in our words; may be null
 * @param httpStatus null where no answer came
 * @param retryAfter null where the partner does not say
 */
public record Answer(
        Outcome outcome,
        long movedMinor,
        String partnerRefundId,
        String says,
        String detail,
        Integer httpStatus,
        Duration retryAfter) {

    public static Answer of(Outcome outcome, String detail) {
        return new Answer(outcome, 0, null, null, detail, null, null);
    }

    public Answer moved(long minor) {
        return new Answer(outcome, minor, partnerRefundId, says, detail, httpStatus, retryAfter);
    }

    public Answer as(String refundId) {
        return new Answer(outcome, movedMinor, refundId, says, detail, httpStatus, retryAfter);
    }

    public Answer said(String word) {
        return new Answer(outcome, movedMinor, partnerRefundId, word, detail, httpStatus, retryAfter);
    }

    public Answer by(int status, Duration after) {
        return new Answer(outcome, movedMinor, partnerRefundId, says, detail, status, after);
    }
}
