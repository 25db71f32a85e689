package dev.refundhub.local.story;

import dev.refundhub.messages.PartnerClaim;
import dev.refundhub.messages.RefundChanged;
import dev.refundhub.messages.VioletPayment;
import java.math.BigDecimal;
import java.util.Currency;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** What the services say to each other and to anyone, told as it is said. */
final class Topics implements AutoCloseable {
    private final Narrator narrator;
    private final TopicTail<PartnerClaim> claims;
    private final TopicTail<VioletPayment> payments;
    private final TopicTail<RefundChanged> changes;

    Topics(String kafka, Narrator narrator) {
        this.narrator = narrator;
        claims = new TopicTail<>(kafka, PartnerClaim.TOPIC, PartnerClaim.class, this::tell);
        payments = new TopicTail<>(kafka, VioletPayment.TOPIC, VioletPayment.class, this::tell);
        changes = new TopicTail<>(kafka, RefundChanged.TOPIC, RefundChanged.class, this::tell);
    }

    /** The deliveries that claims were read from. */
    Set<String> deliveries() {
        return claims.heard().stream().map(PartnerClaim::deliveryId).collect(Collectors.toSet());
    }

    /** The payments that were ordered; one that was ordered again counts once. */
    List<VioletPayment> payments() {
        return payments.heard().stream().distinct().toList();
    }

    /** The life of a partner's case so far; what was said twice counts once. */
    List<RefundChanged> changes(Claim claim) {
        return changes.heard().stream()
                .filter(change -> change.sourceRef().equals(claim.ref()))
                .distinct()
                .toList();
    }

    private void tell(PartnerClaim claim) {
        narrator.tell(
                PartnerClaim.TOPIC,
                "claim " + claim.caseRef() + " for order " + claim.order().id());
    }

    private void tell(VioletPayment payment) {
        narrator.tell(
                VioletPayment.TOPIC,
                "pay " + amount(payment.amountMinor(), payment.currency()) + " for refund " + payment.refundId()
                        + ", reference " + payment.instructionId());
    }

    private void tell(RefundChanged change) {
        String holds = change.holds().isEmpty() ? "" : ", on hold " + String.join(" ", change.holds());
        narrator.tell(
                RefundChanged.TOPIC,
                "refund " + change.refundId() + " of " + amount(change.amountMinor(), change.currency()) + ": "
                        + change.status() + holds + " (" + change.cause() + ")");
    }

    private static String amount(long minor, String currency) {
        return BigDecimal.valueOf(minor, Currency.getInstance(currency).getDefaultFractionDigits()) + " " + currency;
    }

    @Override
    public void close() {
        claims.close();
        payments.close();
        changes.close();
    }
}
