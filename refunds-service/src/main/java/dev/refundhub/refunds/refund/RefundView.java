package dev.refundhub.refunds.refund;

import dev.refundhub.refunds.order.Money;
import dev.refundhub.refunds.web.Json;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/**
 * A refund as sellers and shoppers see it. Amounts are major units with exactly the currency's decimals.
 *
 * @param order a JSON integer where the order's id is a plain one up to 2^53−1, else a string
 * @param responseReason null where nobody gave one
 * @param confirmedAt when it was approved; null before
 * @param issuedAt when all of it was paid; null before
 * @param trackingId null before the goods are on their way
 * @param reversedAmount what was issued and has come back
 * @param goods where the goods are that must come back; null where none have to
 * @param actions what this caller may do now
 * @param confirmation null where the source wants none
 */
record RefundView(
        long id,
        Object order,
        Instant createdAt,
        Instant updatedAt,
        String requester,
        String requestReason,
        String responseReason,
        Instant confirmedAt,
        Instant issuedAt,
        BigDecimal amount,
        RefundStatus status,
        String trackingId,
        String carrierName,
        boolean refundOnly,
        boolean valid,
        String currency,
        String seller,
        String source,
        String sourceRef,
        List<LineView> lines,
        List<PayoutView> payouts,
        BigDecimal issuedAmount,
        BigDecimal reversedAmount,
        ConfirmationView confirmation,
        List<Held> holds,
        Goods goods,
        List<Action> actions,
        int version) {

    /** A part of the refund. */
    record LineView(String lineId, int quantity, BigDecimal amount) {}

    /** One movement of money; {@code outcome} is null until something was reported. */
    record PayoutView(
            int no,
            Payout.Channel channel,
            Long bagId,
            BigDecimal amount,
            Outcome outcome,
            BigDecimal moved,
            String reference,
            String partnerRefundId) {}

    /** What the partner who wants to know was told; {@code at} is null while it is owed. */
    record ConfirmationView(Confirmation.State state, Instant at, BigDecimal amount) {}

    static RefundView of(Refund refund, Set<Action> actions, boolean withDetails) {
        String currency = refund.currency();
        return new RefundView(
                refund.id(),
                Json.orderId(refund.order().key().orderId()),
                refund.createdAt(),
                refund.updatedAt(),
                refund.wish().requester(),
                refund.wish().reason(),
                refund.responseReason(),
                refund.confirmedAt(),
                refund.issuedAt(),
                Money.major(refund.amount(), currency),
                refund.status(),
                refund.trackingId(),
                refund.carrierName(),
                refund.refundOnly(),
                refund.status() != RefundStatus.CANCELLED,
                currency,
                refund.order().key().seller(),
                refund.wish().sourceKind(),
                refund.wish().sourceRef(),
                refund.lines().stream()
                        .map(p -> new LineView(p.lineId(), p.quantity(), Money.major(p.amount(), currency)))
                        .toList(),
                refund.payouts().stream().map(p -> payout(p, currency)).toList(),
                Money.major(refund.issued(), currency),
                Money.major(refund.reversed(), currency),
                confirmation(refund),
                withDetails ? refund.holds() : withoutDetails(refund.holds()),
                refund.goods(),
                actions.stream().filter(refund::allows).sorted().toList(),
                refund.version());
    }

    /** The figures behind a hold are the seller's own. */
    private static List<Held> withoutDetails(List<Held> holds) {
        return holds.stream().map(h -> new Held(h.code(), h.since(), null)).toList();
    }

    private static PayoutView payout(Payout payout, String currency) {
        return new PayoutView(
                payout.no(),
                payout.channel(),
                payout.bagId(),
                Money.major(payout.amount(), currency),
                payout.outcome(),
                Money.major(payout.moved(), currency),
                payout.reference(),
                payout.partnerRefundId());
    }

    private static ConfirmationView confirmation(Refund refund) {
        return refund.confirmation() == null
                ? null
                : new ConfirmationView(
                        refund.confirmation().state(),
                        refund.confirmation().at(),
                        Money.major(refund.issued(), refund.currency()));
    }
}
