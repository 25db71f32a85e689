package dev.refundhub.messages;

import java.time.Instant;
import java.util.List;

/**
 * The whole refund after a change, for anyone, on {@code refund-events}. It holds no personal data. Consumers drop what
 * repeats a {@code ce_id} and keep the highest version.
 *
 * @param version gapless per refund, from 1
 * @param cause why it changed, such as {@code PAYOUT_COMPLETED}
 * @param from the status before; null where it is new
 * @param source the kind of source, such as {@code SHIPPED_SUITE}
 * @param amountMinor what is to be refunded
 * @param issuedMinor what went out
 * @param orderLeftMinor what of the order can still be refunded
 */
public record RefundChanged(
        String seller,
        String orderId,
        long refundId,
        int version,
        Instant at,
        String cause,
        String from,
        String status,
        List<String> holds,
        String source,
        String sourceRef,
        String currency,
        long amountMinor,
        long issuedMinor,
        boolean refundOnly,
        List<Line> lines,
        List<Payout> payouts,
        long orderLeftMinor) {

    public static final String TOPIC = "refund-events";
    public static final String TYPE = "dev.refundhub.refund-changed.v1";

    /**
     * A part of the refund: every cent of it lies on a line.
     *
     * @param quantity 0 where it is money without units
     */
    public record Line(String lineId, int quantity, long amountMinor) {}

    /**
     * One movement of money for the refund.
     *
     * @param channel {@code VIOLET}, {@code EXTERNAL} or {@code MANUAL}
     * @param bagId null outside Violet
     * @param outcome null until something was reported
     */
    public record Payout(int no, String channel, Long bagId, String outcome, long movedMinor) {}
}
