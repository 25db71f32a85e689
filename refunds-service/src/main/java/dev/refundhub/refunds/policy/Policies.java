package dev.refundhub.refunds.policy;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.LocalDate;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.hibernate.LockMode;
import org.hibernate.reactive.mutiny.Mutiny;

/** Every seller's policy, and how much of it is used up today. */
@ApplicationScoped
public class Policies {

    /** Sellers without a policy are missing. */
    public Uni<Map<String, Policy>> of(Mutiny.Session session, Collection<String> sellers) {
        return session.createSelectionQuery("from PolicyRow p where p.seller in :sellers", PolicyRow.class)
                .setParameter("sellers", List.copyOf(sellers))
                .getResultList()
                .map(rows -> rows.stream().collect(Collectors.toMap(PolicyRow::seller, PolicyRow::document)));
    }

    Uni<Void> put(Mutiny.Session session, String seller, Policy policy) {
        return session.createNativeQuery("insert into policy (seller, document) values (:seller, :document)"
                        + " on conflict (seller) do update set document = excluded.document")
                .setParameter("seller", seller)
                .setParameter("document", new PolicyRow.Document().convertToDatabaseColumn(policy))
                .executeUpdate()
                .replaceWithVoid();
    }

    /** Creates what is missing and locks it all, always in one order. */
    public Uni<Map<ApprovedToday.Key, ApprovedToday>> lockApprovedToday(
            Mutiny.Session session, Collection<ApprovedToday.Key> keys) {
        List<ApprovedToday.Key> sorted = keys.stream()
                .distinct()
                .sorted(Comparator.comparing(ApprovedToday.Key::seller)
                        .thenComparing(ApprovedToday.Key::source)
                        .thenComparing(ApprovedToday.Key::currency))
                .toList();
        Uni<Void> created = Uni.createFrom().voidItem();
        for (ApprovedToday.Key key : sorted) {
            created = created.chain(() -> create(session, key));
        }
        return created.chain(() -> session.createSelectionQuery(
                                "from ApprovedToday a where a.key in :keys"
                                        + " order by a.key.seller, a.key.source, a.key.currency",
                                ApprovedToday.class)
                        .setParameter("keys", sorted)
                        .setLockMode(LockMode.PESSIMISTIC_WRITE)
                        .getResultList())
                .map(rows -> rows.stream().collect(Collectors.toMap(ApprovedToday::key, Function.identity())));
    }

    private static Uni<Void> create(Mutiny.Session session, ApprovedToday.Key key) {
        LocalDate day = key.day();
        return session.createNativeQuery("insert into approved_by_policy (seller, source, currency, day, amount)"
                        + " values (:seller, :source, :currency, :day, 0) on conflict do nothing")
                .setParameter("seller", key.seller())
                .setParameter("source", key.source())
                .setParameter("currency", key.currency())
                .setParameter("day", day)
                .executeUpdate()
                .replaceWithVoid();
    }
}
