package dev.refundhub.refunds.refund;

import dev.refundhub.messages.PaymentResolution;
import dev.refundhub.messages.ShippedSuiteConfirmation;
import dev.refundhub.messages.VioletPayment;
import dev.refundhub.refunds.order.Order;
import dev.refundhub.refunds.order.Portion;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Puts what is due into words for the connectors. */
final class Instructions {

    private static final String SHIPPED_SUITE = "SHIPPED_SUITE";
    private static final Pattern REQUEST_ID = Pattern.compile("[0-9]{1,18}");

    private Instructions() {}

    static VioletPayment pay(Refund refund, Payout payout) {
        Order order = refund.order();
        List<Portion> items = payout.lines().stream()
                .filter(p -> order.lineOf(p).orderSkuId().isPresent())
                .filter(p -> order.lineOf(p).bag().filter(payout.bag()::equals).isPresent())
                .toList();
        boolean withUnits = !items.isEmpty() && items.stream().allMatch(p -> p.quantity() > 0);
        return new VioletPayment(
                payout.reference(),
                VioletPayment.KIND,
                order.key().seller(),
                order.key().orderId(),
                refund.id(),
                payout.account(),
                payout.violetOrderId(),
                payout.bagId(),
                refund.currency(),
                payout.amount(),
                payout.amount() - Portion.total(items),
                withUnits ? skus(order, items) : List.of(),
                false,
                true,
                text(refund),
                payout.known());
    }

    private static List<VioletPayment.Sku> skus(Order order, List<Portion> items) {
        return items.stream()
                .map(p -> new VioletPayment.Sku(order.lineOf(p).orderSkuId().orElseThrow(), p.quantity(), p.amount()))
                .toList();
    }

    /** Our own words, never a partner's or a shopper's. */
    private static String text(Refund refund) {
        if (!SHIPPED_SUITE.equals(refund.wish().sourceKind())) {
            return "Refund";
        }
        return switch (String.valueOf(refund.wish().reason())) {
            case "lost" -> "Claim for a lost parcel";
            case "damaged" -> "Claim for a damaged parcel";
            case "stolen" -> "Claim for a stolen parcel";
            default -> "Claim for a parcel";
        };
    }

    static PaymentResolution resolve(
            Refund refund, Payout payout, boolean happened, long moved, String partnerRefundId, String by) {
        return new PaymentResolution(
                payout.reference(),
                PaymentResolution.KIND,
                refund.order().key().seller(),
                refund.order().key().orderId(),
                payout.account(),
                happened ? "HAPPENED" : "DID_NOT_HAPPEN",
                moved,
                partnerRefundId,
                by);
    }

    /** Whether somebody wants to know what was paid: Shipped Suite, for a refund that it requested. */
    static boolean isConfirmed(Refund refund) {
        return SHIPPED_SUITE.equals(refund.wish().sourceKind())
                && REQUEST_ID.matcher(refund.wish().sourceRef()).matches();
    }

    /** Empty where nobody wants to know, or the seller has no account to say it with: then it stays owed. */
    static Optional<ShippedSuiteConfirmation> confirm(Refund refund, Accounts accounts) {
        return accounts.shippedSuite()
                .filter(account -> isConfirmed(refund))
                .map(account -> new ShippedSuiteConfirmation(
                        refund.confirmationReference(),
                        ShippedSuiteConfirmation.KIND,
                        refund.order().key().seller(),
                        refund.order().key().orderId(),
                        refund.id(),
                        account,
                        Long.parseLong(refund.wish().sourceRef()),
                        String.valueOf(refund.id()),
                        refund.issued(),
                        refund.issued(),
                        refund.currency()));
    }
}
