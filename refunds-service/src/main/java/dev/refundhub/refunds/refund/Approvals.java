package dev.refundhub.refunds.refund;

import dev.refundhub.refunds.order.Money;
import dev.refundhub.refunds.policy.ApprovedToday;
import dev.refundhub.refunds.policy.Policies;
import dev.refundhub.refunds.policy.Policy;
import dev.refundhub.refunds.policy.SourcePolicy;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;

/** Lets each seller's policy decide about what nobody has to look at. */
@ApplicationScoped
public class Approvals {

    private final Policies policies;
    private final Sellers sellers;

    Approvals(Policies policies, Sellers sellers) {
        this.policies = policies;
        this.sellers = sellers;
    }

    /** Approves what is free of holds and within its seller's limits. */
    public Uni<Void> decide(Books books, List<Refund> requested, Map<String, Policy> bySeller) {
        List<Refund> candidates = requested.stream()
                .filter(Refund::isFreeToApprove)
                .filter(r -> policy(bySeller, r).approvesSome(r.wish().source(), r.currency()))
                .toList();
        if (candidates.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        LocalDate today = LocalDate.ofInstant(books.now(), ZoneOffset.UTC);
        List<ApprovedToday.Key> keys =
                candidates.stream().map(r -> key(r, today)).distinct().toList();
        return policies.lockApprovedToday(books.session(), keys)
                .invoke(used -> candidates.forEach(r -> decide(books, r, policy(bySeller, r), used.get(key(r, today)))))
                .replaceWithVoid();
    }

    private void decide(Books books, Refund refund, Policy policy, ApprovedToday used) {
        By by = new By("policy", null, books.now());
        switch (policy.judge(refund.wish().source(), refund.currency(), refund.amount(), used.amount())) {
            case APPROVE -> {
                used.add(refund.amount());
                SourcePolicy source = policy.of(refund.wish().source());
                boolean paysOnShipment = source.payOn() == SourcePolicy.PayOn.SHIPPED;
                books.keep(
                        refund,
                        refund.approve(
                                null, source.includeTax(), paysOnShipment, sellers.accounts(seller(refund)), by));
            }
            case BEYOND_LIMIT -> books.keep(refund, refund.heldFor(Hold.LIMIT, usedUp(refund, used), by));
            case ASK_A_PERSON -> {}
        }
    }

    private static String usedUp(Refund refund, ApprovedToday used) {
        return "approved by itself today: " + Money.major(used.amount(), refund.currency()) + " " + refund.currency();
    }

    private static Policy policy(Map<String, Policy> bySeller, Refund refund) {
        return bySeller.getOrDefault(seller(refund), Policy.NONE);
    }

    private static ApprovedToday.Key key(Refund refund, LocalDate today) {
        return new ApprovedToday.Key(seller(refund), refund.wish().source(), refund.currency(), today);
    }

    private static String seller(Refund refund) {
        return refund.order().key().seller();
    }
}
