package dev.refundhub.refunds.claim;

import dev.refundhub.messages.InstantRefund;
import dev.refundhub.messages.PartnerClaim;
import dev.refundhub.refunds.parked.Addressed;
import dev.refundhub.refunds.refund.RefundStatus;
import dev.refundhub.refunds.refund.Refunds;
import dev.refundhub.refunds.refund.Refunds.Known;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.hibernate.reactive.mutiny.Mutiny;

/**
 * What was heard before and can change nothing any more: partners repeat themselves, and after a restore everybody does. No
 * order is locked for it.
 */
@ApplicationScoped
class Heard {

    private final Mutiny.SessionFactory sessions;
    private final Refunds refunds;

    Heard(Mutiny.SessionFactory sessions, Refunds refunds) {
        this.sessions = sessions;
        this.refunds = refunds;
    }

    private record Source(String seller, String partner) {}

    private record Case(Source source, String ref) {
        static Case of(Object message) {
            return message instanceof PartnerClaim claim
                    ? new Case(new Source(claim.seller(), claim.partner()), claim.caseRef())
                    : of((InstantRefund) message);
        }

        private static Case of(InstantRefund told) {
            return new Case(new Source(told.seller(), told.partner()), told.caseRef());
        }
    }

    /** The rest, in its order. */
    Uni<List<Addressed>> withoutThem(List<Addressed> told) {
        return told.isEmpty()
                ? Uni.createFrom().item(told)
                : sessions.withSession(session -> known(session, told)).map(known -> told.stream()
                        .filter(each -> isNews(each.told().message(), known))
                        .toList());
    }

    private Uni<Map<Case, Known>> known(Mutiny.Session session, List<Addressed> told) {
        Map<Source, Set<String>> bySource = told.stream()
                .map(each -> Case.of(each.told().message()))
                .collect(Collectors.groupingBy(Case::source, Collectors.mapping(Case::ref, Collectors.toSet())));
        Uni<Map<Case, Known>> known = Uni.createFrom().item(HashMap::new);
        for (Map.Entry<Source, Set<String>> each : bySource.entrySet()) {
            Source source = each.getKey();
            known = known.call(found -> refunds.known(session, source.seller(), source.partner(), each.getValue())
                    .invoke(stored -> stored.forEach(one -> found.put(new Case(source, one.sourceRef()), one))));
        }
        return known;
    }

    private static boolean isNews(Object message, Map<Case, Known> all) {
        Known known = all.get(Case.of(message));
        return known == null || (message instanceof InstantRefund told && isNews(told, known));
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
