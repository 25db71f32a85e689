package dev.refundhub.refunds.rma;

import dev.refundhub.messages.PartnerReturn;
import dev.refundhub.refunds.Queries;
import dev.refundhub.refunds.order.OrderKey;
import io.smallrye.mutiny.Uni;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.hibernate.reactive.mutiny.Mutiny;

/** The newest snapshot of a return that each of its orders has seen. */
final class RmaGuard {

    /** From what may still change to what cannot; two of one time are told apart by it. A word nobody knows comes first. */
    private static final List<String> BY_RANK =
            List.of("PENDING_EXCHANGE", "CREATED", "PARTIAL_REFUND", "REFUNDED", "CANCELED");

    private static final Comparator<PartnerReturn> BY_AGE = Comparator.comparing(PartnerReturn::updatedAt)
            .thenComparing(told -> BY_RANK.indexOf(told.status()))
            .thenComparing(PartnerReturn::bodySha256);

    private static final String PASS =
            """
            insert into rma_guard as g (seller, source, rma, order_id, updated_at, rank, digest)
            values (:seller, :source, :rma, :order, :updated, :rank, :digest)
            on conflict (seller, source, rma, order_id)
            do update set updated_at = excluded.updated_at, rank = excluded.rank, digest = excluded.digest
            where (g.updated_at, g.rank, g.digest) < (excluded.updated_at, excluded.rank, excluded.digest)
            """;

    private static final String SEEN =
            """
            select order_id, (updated_at, rank, digest) >= (:updated, :rank, :digest)
            from rma_guard where seller = :seller and source = :source and rma = :rma
            """;

    private RmaGuard() {}

    /** Whether the partner's word for the state of a return is known. */
    static boolean knows(String status) {
        return BY_RANK.contains(status);
    }

    /** Whether this is newer than everything the order has seen of this return: then nothing older passes any more. */
    static Uni<Boolean> pass(Mutiny.Session session, OrderKey order, PartnerReturn told) {
        OffsetDateTime updated = told.updatedAt().atOffset(ZoneOffset.UTC);
        return session.createNativeQuery(PASS)
                .setParameter("seller", order.seller())
                .setParameter("source", told.source())
                .setParameter("rma", told.caseRef())
                .setParameter("order", order.orderId())
                .setParameter("updated", updated)
                .setParameter("rank", BY_RANK.indexOf(told.status()))
                .setParameter("digest", told.bodySha256())
                .executeUpdate()
                .map(rows -> rows == 1);
    }

    /** Whether one snapshot is newer than another of the same return. */
    static boolean isNewer(PartnerReturn one, PartnerReturn other) {
        return BY_AGE.compare(one, other) > 0;
    }

    /** Whether an order has seen something newer of this return. */
    static Uni<Boolean> isOutdated(Mutiny.Session session, PartnerReturn told) {
        return Queries.<Boolean>column(
                        session,
                        "select exists (select from rma_guard where seller = :seller and source = :source and rma = :rma"
                                + " and (updated_at, rank, digest) > (:updated, :rank, :digest))")
                .setParameter("seller", told.seller())
                .setParameter("source", told.source())
                .setParameter("rma", told.caseRef())
                .setParameter("updated", told.updatedAt().atOffset(ZoneOffset.UTC))
                .setParameter("rank", BY_RANK.indexOf(told.status()))
                .setParameter("digest", told.bodySha256())
                .getSingleResult();
    }

    /** The orders that have seen something of this return, and whether it was this or something newer: that never ends. */
    static Uni<Map<OrderKey, Boolean>> seen(Mutiny.Session session, PartnerReturn told) {
        return session.createNativeQuery(SEEN, Object[].class)
                .setParameter("seller", told.seller())
                .setParameter("source", told.source())
                .setParameter("rma", told.caseRef())
                .setParameter("updated", told.updatedAt().atOffset(ZoneOffset.UTC))
                .setParameter("rank", BY_RANK.indexOf(told.status()))
                .setParameter("digest", told.bodySha256())
                .getResultList()
                .map(rows -> rows.stream()
                        .collect(Collectors.toMap(
                                row -> new OrderKey(told.seller(), (String) row[0]), row -> (Boolean) row[1])));
    }
}
