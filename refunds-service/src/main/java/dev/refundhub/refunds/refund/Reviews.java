package dev.refundhub.refunds.refund;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import org.hibernate.reactive.mutiny.Mutiny;

/** Payments that a person must find out about. */
@ApplicationScoped
class Reviews {

    private static final String IN_REVIEW =
            "from Payout p join fetch p.refund r join fetch r.order where p.ended = true and p.replaced = false"
                    + " and p.outcome in (ACCEPTED, PARTLY, UNCLEAR)";

    private final Mutiny.SessionFactory sessions;

    Reviews(Mutiny.SessionFactory sessions) {
        this.sessions = sessions;
    }

    Uni<List<Payout>> list(int from, int most) {
        return sessions.withSession(
                session -> session.createSelectionQuery(IN_REVIEW + " order by r.id, p.reference", Payout.class)
                        .setFirstResult(from)
                        .setMaxResults(most)
                        .getResultList());
    }

    Uni<Optional<Payout>> find(String reference) {
        return sessions.withSession(
                session -> session.createSelectionQuery(IN_REVIEW + " and p.reference = :reference", Payout.class)
                        .setParameter("reference", reference)
                        .getSingleResultOrNull()
                        .map(Optional::ofNullable));
    }

    /** The refund that a payment belongs to, whatever became of it. */
    Uni<Optional<Long>> refundOf(String reference) {
        return sessions.withSession(session -> session.createSelectionQuery(
                        "select p.refund.id from Payout p where p.reference = :reference", Long.class)
                .setParameter("reference", reference)
                .getSingleResultOrNull()
                .map(Optional::ofNullable));
    }
}
