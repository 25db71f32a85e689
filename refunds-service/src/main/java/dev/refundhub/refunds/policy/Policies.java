package dev.refundhub.refunds.policy;

import dev.refundhub.refunds.Queries;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.hibernate.FlushMode;
import org.hibernate.reactive.mutiny.Mutiny;

/** Every seller's policy, and how much of it is used up today. */
@ApplicationScoped
public class Policies {

    /** An update that changes nothing is what locks a row that was there already. */
    private static final String LOCK_APPROVED_TODAY =
            """
            insert into approved_by_policy as a (seller, source, currency, day, amount)
            select distinct seller, source, currency, cast(day as date), 0
            from unnest(cast(:sellers as text[]), cast(:sources as text[]), cast(:currencies as text[]), cast(:days as text[]))
                as asked (seller, source, currency, day)
            order by 1, 2, 3, 4
            on conflict (seller, source, currency, day) do update set amount = a.amount
            returning a.seller, a.source, a.currency, a.day, a.amount
            """;

    /** Sellers without a policy are missing. */
    public Uni<Map<String, Policy>> of(Mutiny.Session session, Collection<String> sellers) {
        return Queries.among(session, "from PolicyRow p where p.seller in :these", PolicyRow.class, sellers)
                .setFlushMode(FlushMode.MANUAL)
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

    /**
     * Creates what is missing and locks it all, always in one order, in one statement. What the session has changed is stored
     * before, while nobody waits for it.
     */
    public Uni<Map<ApprovedToday.Key, ApprovedToday>> lockApprovedToday(
            Mutiny.Session session, Collection<ApprovedToday.Key> keys) {
        List<ApprovedToday.Key> all = List.copyOf(keys);
        return session.createNativeQuery(LOCK_APPROVED_TODAY, ApprovedToday.class)
                .setParameter("sellers", Queries.texts(all, ApprovedToday.Key::seller))
                .setParameter("sources", Queries.texts(all, ApprovedToday.Key::source))
                .setParameter("currencies", Queries.texts(all, ApprovedToday.Key::currency))
                .setParameter("days", Queries.texts(all, key -> key.day().toString()))
                .getResultList()
                .map(rows -> rows.stream().collect(Collectors.toMap(ApprovedToday::key, Function.identity())));
    }
}
