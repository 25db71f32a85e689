package dev.refundhub.refunds.refund;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.refundhub.messages.PartnerReport.BagRefund;
import dev.refundhub.refunds.order.Bag;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Something that is booked here otherwise than Violet lists it. Amounts are minor units of the order's currency.
 *
 * @param refundId ours; null where it is only there
 * @param reference of our payment; null where it is not ours
 * @param partnerRefundId Violet's; null where it is only here
 * @param hereMinor what moved, as it is booked; null where it is only there
 * @param thereMinor as Violet lists it; null where it is only here, or where Violet does not say
 * @param here the outcome of our payment, or the status of the refund that Violet's was booked as; null where it is only there
 * @param there Violet's status; null where it is only here
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Difference(
        Kind kind,
        Long refundId,
        String reference,
        String partnerRefundId,
        Long hereMinor,
        Long thereMinor,
        String here,
        String there) {

    /** What differs. */
    public enum Kind {
        /** It is said to have moved here, and Violet does not list it. */
        ONLY_HERE,
        /** Violet lists it, and nothing is booked for it. */
        ONLY_THERE,
        AMOUNT,
        CURRENCY,
        STATUS
    }

    /** The second is what was made at the shop itself. */
    private static final Set<String> MOVED = Set.of("COMPLETED", "EXTERNAL");

    private static final Set<String> NOTHING_MOVED = Set.of("FAILED", "CANCELED");

    /** Something that is booked here for a bag. */
    private record Booked(
            long refundId,
            String reference,
            String partnerRefundId,
            long moved,
            Outcome outcome,
            String here,
            boolean isOurs) {

        /** By Violet's own id; else by our reference, which stands first in the reason, and rather one that moved money. */
        Optional<BagRefund> in(List<BagRefund> listed) {
            Stream<BagRefund> byId = listed.stream()
                    .filter(there -> partnerRefundId != null && partnerRefundId.equals(there.partnerRefundId()));
            return byId.findFirst().or(() -> listed.stream()
                    .filter(this::isNamedIn)
                    .min(Comparator.comparing(there -> !mayHaveMoved(there))));
        }

        private boolean isNamedIn(BagRefund listed) {
            return isOurs && listed.reason() != null && (listed.reason() + " ").startsWith(reference + " ");
        }

        /** A payment of which nobody knows whether it came to pass may be there, or not. */
        boolean mustBeThere() {
            return outcome == Outcome.COMPLETED || outcome == Outcome.ACCEPTED || outcome == Outcome.PARTLY;
        }

        /** Whether a status of Violet says the same as the outcome here. */
        boolean agreesWith(String status) {
            if (outcome == null) {
                return false;
            }
            return switch (outcome) {
                case COMPLETED -> MOVED.contains(String.valueOf(status));
                case ACCEPTED -> "PROCESSING".equals(status);
                case PARTLY -> "PARTIALLY_COMPLETED".equals(status);
                case DECLINED, NOT_SENT -> NOTHING_MOVED.contains(String.valueOf(status));
                case UNCLEAR -> false;
            };
        }
    }

    /**
     * Everything that differs, both ways.
     *
     * @param ours every refund of the order
     * @param listed every refund that Violet lists for this bag of it
     */
    static List<Difference> between(Bag bag, String currency, List<Refund> ours, List<BagRefund> listed) {
        List<Difference> differences = new ArrayList<>();
        List<BagRefund> left = new ArrayList<>(listed);
        for (Booked each : booked(bag, ours)) {
            Optional<BagRefund> there = each.in(left);
            there.ifPresent(left::remove);
            if (there.isPresent()) {
                differences.addAll(between(each, currency, there.get()));
            } else if (each.mustBeThere()) {
                differences.add(of(Kind.ONLY_HERE, each, null));
            }
        }
        left.stream()
                .filter(Difference::mayHaveMoved)
                .forEach(there -> differences.add(of(Kind.ONLY_THERE, null, there)));
        return differences;
    }

    private static boolean mayHaveMoved(BagRefund listed) {
        return !NOTHING_MOVED.contains(String.valueOf(listed.status()));
    }

    private static List<Difference> between(Booked here, String currency, BagRefund there) {
        List<Difference> differences = new ArrayList<>();
        if (!here.agreesWith(there.status())) {
            differences.add(of(Kind.STATUS, here, there));
        }
        if (there.currency() != null && !there.currency().equals(currency)) {
            differences.add(of(Kind.CURRENCY, here, there));
        }
        boolean sameAmount = there.amountMinor() == null || there.amountMinor() == here.moved();
        if (here.outcome() == Outcome.COMPLETED && !sameAmount) {
            differences.add(of(Kind.AMOUNT, here, there));
        }
        return differences;
    }

    private static List<Booked> booked(Bag bag, List<Refund> ours) {
        List<Booked> booked = new ArrayList<>();
        for (Refund refund : ours) {
            for (Payout payout : refund.payouts()) {
                if (payout.isAtViolet() ? payout.bag().equals(bag) : isElsewhereIn(bag, refund, payout)) {
                    booked.add(new Booked(
                            refund.id(),
                            payout.reference(),
                            payout.partnerRefundId(),
                            payout.moved(),
                            payout.outcome(),
                            payout.isAtViolet()
                                    ? word(payout.outcome())
                                    : refund.status().name(),
                            payout.isAtViolet()));
                }
            }
        }
        return booked;
    }

    private static String word(Outcome outcome) {
        return outcome == null ? null : outcome.name();
    }

    /** A refund that was made at Violet itself, all of whose lines lie in this bag. */
    private static boolean isElsewhereIn(Bag bag, Refund refund, Payout payout) {
        return Facts.isOfViolet(refund)
                && payout.lines().stream().allMatch(line -> refund.order()
                        .lineOf(line)
                        .bag()
                        .filter(bag::equals)
                        .isPresent());
    }

    private static Difference of(Kind kind, Booked here, BagRefund there) {
        return new Difference(
                kind,
                here == null ? null : here.refundId(),
                here == null || !here.isOurs() ? null : here.reference(),
                there == null ? here.partnerRefundId() : there.partnerRefundId(),
                here == null ? null : here.moved(),
                there == null ? null : there.amountMinor(),
                here == null ? null : here.here(),
                there == null ? null : there.status());
    }
}
