package dev.refundhub.refunds.order;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.hibernate.LockMode;
import org.hibernate.reactive.mutiny.Mutiny;

/** Every order the hub knows. */
@ApplicationScoped
public class Orders {

    private final Mutiny.SessionFactory sessions;

    Orders(Mutiny.SessionFactory sessions) {
        this.sessions = sessions;
    }

    /** An order as it is now, with its lines. */
    public Uni<Optional<Order>> find(OrderKey key) {
        return sessions.withSession(session -> session.createSelectionQuery(
                        "from Order o left join fetch o.lines where o.key = :key", Order.class)
                .setParameter("key", key)
                .getResultList()
                .map(found -> found.stream().findFirst()));
    }

    /**
     * Locks the orders, always in one order, then reads them with their lines: what another transaction did to the lines while
     * we waited must be seen. What does not exist is locked by its name, so that nobody creates it, and nobody waits for it,
     * at the same time as we do.
     */
    public Uni<Map<OrderKey, Order>> lock(Mutiny.Session session, Collection<OrderKey> keys) {
        Set<OrderKey> missing = new TreeSet<>(keys);
        return lockExisting(session, missing)
                .invoke(found -> found.forEach(order -> missing.remove(order.key())))
                .chain(found -> missing.isEmpty()
                        ? Uni.createFrom().item(found)
                        : lockNames(session, missing)
                                .chain(() -> lockExisting(session, missing))
                                .map(arrived -> concat(found, arrived)))
                .chain(locked -> withLines(session, locked))
                .map(orders -> orders.stream()
                        .collect(Collectors.toMap(Order::key, Function.identity(), (a, b) -> a, TreeMap::new)));
    }

    private static Uni<List<Order>> lockExisting(Mutiny.Session session, Set<OrderKey> sorted) {
        return session.createSelectionQuery(
                        "from Order o where o.key in :keys order by o.key.seller, o.key.orderId", Order.class)
                .setParameter("keys", List.copyOf(sorted))
                .setLockMode(LockMode.PESSIMISTIC_WRITE)
                .getResultList();
    }

    private static Uni<Void> lockNames(Mutiny.Session session, Set<OrderKey> sorted) {
        String[] names = sorted.stream().map(OrderKey::toString).toArray(String[]::new);
        return session.createNativeQuery(
                        "select count(pg_advisory_xact_lock(hashtextextended(name, 0)))"
                                + " from unnest(cast(:names as text[])) name",
                        Long.class)
                .setParameter("names", names)
                .getSingleResult()
                .replaceWithVoid();
    }

    private static Uni<List<Order>> withLines(Mutiny.Session session, List<Order> locked) {
        return locked.isEmpty()
                ? Uni.createFrom().item(List.of())
                : session.createSelectionQuery("from Order o left join fetch o.lines where o in :orders", Order.class)
                        .setParameter("orders", locked)
                        .getResultList();
    }

    private static List<Order> concat(List<Order> some, List<Order> more) {
        return Stream.concat(some.stream(), more.stream()).toList();
    }
}
