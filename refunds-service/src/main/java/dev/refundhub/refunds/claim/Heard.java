package dev.refundhub.refunds.claim;

import dev.refundhub.messages.InstantRefund;
import dev.refundhub.messages.PartnerClaim;
import dev.refundhub.refunds.Attempt;
import dev.refundhub.refunds.parked.Addressed;
import dev.refundhub.refunds.refund.RefundStatus;
import dev.refundhub.refunds.refund.Refunds;
import dev.refundhub.refunds.refund.Refunds.Known;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.hibernate.reactive.mutiny.Mutiny;

/**
 * What was heard before and can change nothing any more: after a restore, or where offsets were lost, everything is told again.
 * No order is locked for it.
 */
@ApplicationScoped
class Heard {

    /** What the gateway received just now is hardly told again: nobody asks whether it was heard before. */
    private static final Duration NEW = Duration.ofSeconds(10);

    private final Mutiny.SessionFactory sessions;
    private final Refunds refunds;

    Heard(Mutiny.SessionFactory sessions, Refunds refunds) {
        this.sessions = sessions;
        this.refunds = refunds;
    }

    /** What is to be taken, in its order. */
    Uni<List<Addressed>> withoutIt(List<Addressed> told) {
        Instant old = Instant.now().minus(NEW);
        Set<CaseKey> asked = told.stream()
                .filter(each -> !isAfter(receivedAt(each), old))
                .map(Heard::key)
                .collect(Collectors.toSet());
        if (asked.isEmpty()) {
            return Uni.createFrom().item(told);
        }
        return Attempt.of(() -> sessions.withSession(session -> CaseKey.find(
                        asked,
                        (seller, partner, refs) -> refunds.known(session, seller, partner, refs),
                        Known::sourceRef))
                .map(known -> told.stream().filter(each -> isNews(each, known)).toList()));
    }

    private static boolean isAfter(Instant at, Instant other) {
        return at != null && at.isAfter(other);
    }

    /** Null where the message does not say. */
    private static Instant receivedAt(Addressed each) {
        return each.told().message() instanceof PartnerClaim claim
                ? claim.receivedAt()
                : instant(each).receivedAt();
    }

    private static CaseKey key(Addressed each) {
        return each.told().message() instanceof PartnerClaim claim ? CaseKey.of(claim) : CaseKey.of(instant(each));
    }

    private static InstantRefund instant(Addressed each) {
        return (InstantRefund) each.told().message();
    }

    private static boolean isNews(Addressed each, Map<CaseKey, Known> all) {
        Known known = all.get(key(each));
        return known == null
                || (each.told().message() instanceof InstantRefund told
                        && (!known.orderId().equals(each.order().orderId()) || isNews(told, known)));
    }

    /** A claim is made once; a payment that began has begun; what is final stays so, unless the partner contradicts it. */
    private static boolean isNews(InstantRefund told, Known known) {
        return switch (InstantRefunds.Stage.valueOf(told.stage())) {
            case REFUNDING -> false;
            case REFUNDED ->
                known.status() != RefundStatus.ISSUED
                        || told.amountMinor() == null
                        || (told.currency() != null && !told.currency().equals(known.currency()));
            case FAILED -> known.status() != RefundStatus.DENIED && known.status() != RefundStatus.CANCELLED;
        };
    }
}
