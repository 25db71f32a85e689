package dev.refundhub.local.simulator.violet;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;

/** A refund as Violet's live answers show it: a part of the documented fields, offsets without a colon. */
record VioletRefund(
        long id,
        long orderId,
        long bagId,
        int merchantId,
        int appId,
        long transactionId,
        int amount,
        String reason,
        String refundCurrency,
        Status status,
        List<Sku> skus,
        Shipping shipping,
        String dateCreated,
        String dateLastModified,
        String externalId,
        List<Failure> errors) {

    private static final DateTimeFormatter DATE =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ssxx").withZone(ZoneOffset.UTC);

    /** Units of a line of the bag. */
    record Sku(long id, long refundId, long bagId, int quantityRefunded, String externalId, long orderSkuId) {}

    /** The part of the amount that is shipping. */
    record Shipping(int amount, Boolean fullRefund, String discrepancyReason) {}

    /** Why a refund failed. */
    record Failure(long id, long refundId, int errorCode, String errorMessage) {}

    /** What became of a refund. */
    enum Status {
        PROCESSING,
        COMPLETED,
        CANCELED,
        PARTIALLY_COMPLETED,
        FAILED,
        EXTERNAL
    }

    static String date(Instant instant) {
        return DATE.format(instant);
    }

    /** Whether its amount is gone from what is left of the bag. */
    boolean counts() {
        return switch (status) {
            case PROCESSING, COMPLETED, PARTIALLY_COMPLETED, EXTERNAL -> true;
            case CANCELED, FAILED -> false;
        };
    }

    /** Whether money has moved for it. */
    boolean moved() {
        return counts() && status != Status.PROCESSING;
    }

    VioletRefund become(Status newStatus, Instant at) {
        return new VioletRefund(
                id,
                orderId,
                bagId,
                merchantId,
                appId,
                transactionId,
                amount,
                reason,
                refundCurrency,
                newStatus,
                skus,
                shipping,
                dateCreated,
                date(at),
                externalId,
                failures(id, newStatus));
    }

    static List<Failure> failures(long refundId, Status status) {
        return status == Status.FAILED
                ? List.of(new Failure(
                        refundId + 1_000,
                        refundId,
                        9000,
                        "Payment was disputed by cardholder and can no longer be refunded."))
                : List.of();
    }
}
