package dev.refundhub.refunds.refund;

import dev.refundhub.messages.RefundChanged;

/** Puts a refund as it is now into words for anyone: without personal data. */
final class Snapshot {

    private Snapshot() {}

    static RefundChanged of(Refund refund, String cause, RefundStatus from) {
        return new RefundChanged(
                refund.order().key().seller(),
                refund.order().key().orderId(),
                refund.id(),
                refund.version(),
                refund.updatedAt(),
                cause,
                from == null ? null : from.name(),
                refund.status().name(),
                refund.holds().stream().map(h -> h.code().name()).toList(),
                refund.wish().sourceKind(),
                refund.wish().sourceRef(),
                refund.currency(),
                refund.amount(),
                refund.issued(),
                refund.refundOnly(),
                refund.lines().stream()
                        .map(p -> new RefundChanged.Line(p.lineId(), p.quantity(), p.amount()))
                        .toList(),
                refund.payouts().stream().map(Payout::told).toList(),
                refund.order().left());
    }
}
