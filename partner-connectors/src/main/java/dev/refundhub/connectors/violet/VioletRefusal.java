package dev.refundhub.connectors.violet;

import static dev.refundhub.connectors.partner.Outcome.DECLINED;
import static dev.refundhub.connectors.partner.Outcome.NOT_SENT;
import static dev.refundhub.connectors.partner.Outcome.UNCLEAR;

import dev.refundhub.connectors.exchange.Ended.Answered;
import dev.refundhub.connectors.partner.Answer;
import dev.refundhub.connectors.partner.Outcome;
import dev.refundhub.connectors.violet.VioletApi.Refusal;
import java.io.IOException;

/** Violet's documented ways to say no to a call. What is not among them means nothing we could rely on. */
enum VioletRefusal {
    INVALID_BAG_STATE(400, 4225, DECLINED),
    INVALID_PARAMETER(400, 9001, DECLINED),
    MISSING_PARAMETER(400, 9002, DECLINED),
    EMPTY_BODY(400, 9910, DECLINED),
    INSUFFICIENT_PERMISSIONS(403, 9403, DECLINED),
    BAG_NOT_FOUND(404, 4201, DECLINED),
    ORDER_NOT_FOUND(404, 4216, DECLINED),
    ORDER_SKU_NOT_FOUND(404, 4219, DECLINED),
    MERCHANT_NOT_CONNECTED(401, 7118, DECLINED),
    /** The bag is being worked on; it will say something else later. */
    ORDER_SUBMISSION_IN_PROGRESS(409, 4238, NOT_SENT);

    static final int UNAUTHORIZED = 401;
    private static final int TOO_MANY_REQUESTS = 429;

    private final int status;
    private final int code;
    private final Outcome outcome;

    VioletRefusal(int status, int code, Outcome outcome) {
        this.status = status;
        this.code = code;
        this.outcome = outcome;
    }

    static Answer of(Answered answered) {
        Refusal refusal = read(answered.body());
        for (VioletRefusal known : values()) {
            if (known.isMeantBy(answered.status(), refusal)) {
                return Answer.of(known.outcome, known.name())
                        .said(String.valueOf(known.code))
                        .by(answered.status(), answered.retryAfter());
            }
        }
        return undocumented(answered.status()).by(answered.status(), answered.retryAfter());
    }

    /** Who is not let in, or is turned away at the door, has done nothing. */
    private static Answer undocumented(int status) {
        return switch (status) {
            case UNAUTHORIZED -> Answer.of(NOT_SENT, "NOT_LOGGED_IN");
            case TOO_MANY_REQUESTS -> Answer.of(NOT_SENT, "TOO_MANY_REQUESTS");
            default -> Answer.of(UNCLEAR, "UNKNOWN_ANSWER");
        };
    }

    private boolean isMeantBy(int answered, Refusal refusal) {
        return answered == status
                && refusal != null
                && refusal.code() != null
                && refusal.code() == code
                && name().equalsIgnoreCase(refusal.error());
    }

    private static Refusal read(String body) {
        try {
            return VioletApi.JSON.readValue(body, Refusal.class);
        } catch (IOException notItsShape) {
            return null;
        }
    }
}
