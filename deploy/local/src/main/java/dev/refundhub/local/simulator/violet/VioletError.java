package dev.refundhub.local.simulator.violet;

import dev.refundhub.local.simulator.Answer;
import dev.refundhub.local.simulator.Refused;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Violet's documented errors: HTTP status, code, and text; the slug is the name. */
enum VioletError {
    INVALID_BAG_STATE(
            400,
            4225,
            "Bag %s cannot be refunded as it must be in an accepted, completed, canceled, or partially refunded state to"
                    + " qualify for refunding."),
    INVALID_PARAMETER(400, 9001, "Parameter '%s' is invalid."),
    MISSING_PARAMETER(400, 9002, "Parameter '%s' is missing."),
    EMPTY_BODY(400, 9910, "Request body is empty."),
    INSUFFICIENT_PERMISSIONS(403, 9403, "Insufficient permissions."),
    BAG_NOT_FOUND(404, 4201, "Bag could not be found."),
    ORDER_NOT_FOUND(404, 4216, "Order could not be found."),
    ORDER_SKU_NOT_FOUND(404, 4219, "Order Sku identified by %s could not be found."),
    ORDER_REFUND_NOT_FOUND(404, 4227, "Order refund could not be found."),
    ORDER_SUBMISSION_IN_PROGRESS(409, 4238, "Order submission is in progress."),
    MERCHANT_NOT_CONNECTED(401, 7118, "Merchant is not connected."),
    UNKNOWN_ERROR(500, 9000, "An unknown error has occurred.");

    private record Body(String message, String error, int code) {}

    private final int status;
    private final int code;
    private final String message;

    VioletError(int status, int code, String message) {
        this.status = status;
        this.code = code;
        this.message = message;
    }

    static Optional<VioletError> of(int code) {
        return Arrays.stream(values()).filter(error -> error.code == code).findFirst();
    }

    /** The answer of this error about that parameter, bag or SKU. */
    Answer about(Object subject) {
        return Answer.of(status, new Body(message.formatted(subject), name().toLowerCase(Locale.ROOT), code));
    }

    /** The answer of this error where nothing was really looked at. */
    Answer usual() {
        return about(code < 9000 ? "22222" : "amount_refunded");
    }

    Refused refuse(Object subject) {
        return new Refused(about(subject));
    }

    Refused refuse() {
        return refuse("");
    }
}
