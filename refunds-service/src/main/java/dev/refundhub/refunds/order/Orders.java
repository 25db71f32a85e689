package dev.refundhub.refunds.order;

import dev.refundhub.refunds.Queries;
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
import org.hibernate.FlushMode;
import org.hibernate.LockMode;
import org.hibernate.reactive.mutiny.Mutiny;

/** Every order the hub knows. */
@ApplicationScoped
public class Orders {

    private static final String BY_NUMBER =
            """
            select o.seller, o.number, o.order_id from customer_order o
            join unnest(cast(:sellers as text[]), cast(:numbers as text[])) as asked (seller, number)
                on o.seller = asked.seller and o.number = asked.number
            """;

    /** All orders in one statement, as all lines below: for each, PostgreSQL would read what the table checks anew. */
    private static final String MOVE =
            """
            update customer_order o
            set paid = moved.paid, reserved = moved.reserved, issued = moved.issued, excess = moved.excess
            from unnest(cast(:sellers as text[]), cast(:orders as text[]), cast(:paid as bigint[]),
                    cast(:reserved as bigint[]), cast(:issued as bigint[]), cast(:excess as bigint[]))
                as moved (seller, order_id, paid, reserved, issued, excess)
            where (o.seller, o.order_id) = (moved.seller, moved.order_id)
            """;

    private static final String MOVE_LINES =
            """
            update order_line l
            set paid = moved.paid, reserved = moved.reserved, issued = moved.issued, excess = moved.excess,
                units = moved.units, units_reserved = moved.units_reserved, units_issued = moved.units_issued,
                units_excess = moved.units_excess, units_money = moved.units_money
            from unnest(cast(:sellers as text[]), cast(:orders as text[]), cast(:lines as text[]), cast(:paid as bigint[]),
                    cast(:reserved as bigint[]), cast(:issued as bigint[]), cast(:excess as bigint[]),
                    cast(:units as bigint[]), cast(:unitsReserved as bigint[]), cast(:unitsIssued as bigint[]),
                    cast(:unitsExcess as bigint[]), cast(:unitsMoney as bigint[]))
                as moved (seller, order_id, line_id, paid, reserved, issued, excess, units, units_reserved,
                    units_issued, units_excess, units_money)
            where (l.seller, l.order_id, l.line_id) = (moved.seller, moved.order_id, moved.line_id)
            """;

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
                        : lock(session, missing.stream().map(OrderKey::toString))
                                .chain(() -> lockExisting(session, missing))
                                .map(arrived -> concat(found, arrived)))
                .chain(locked -> withLines(session, locked))
                .map(orders -> orders.stream()
                        .collect(Collectors.toMap(Order::key, Function.identity(), (a, b) -> a, TreeMap::new)));
    }

    /** Stores what has moved of these and their lines, which are stored already. */
    public Uni<Void> storeMoved(Mutiny.Session session, Collection<Order> orders) {
        List<Order> moved =
                orders.stream().filter(order -> order.money().hasMoved()).toList();
        List<OrderLine> lines = orders.stream()
                .flatMap(order -> order.lines().stream())
                .filter(OrderLine::hasMoved)
                .toList();
        return storeMoved(session, moved).chain(() -> storeMovedLines(session, lines));
    }

    private static Uni<Void> storeMoved(Mutiny.Session session, List<Order> orders) {
        return orders.isEmpty()
                ? Uni.createFrom().voidItem()
                : all(
                        orders.size(),
                        money(session.createNativeQuery(MOVE), orders, Order::money)
                                .setParameter("sellers", Queries.texts(orders, order -> order.key()
                                        .seller()))
                                .setParameter("orders", Queries.texts(orders, order -> order.key()
                                        .orderId())));
    }

    private static Uni<Void> storeMovedLines(Mutiny.Session session, List<OrderLine> lines) {
        return lines.isEmpty()
                ? Uni.createFrom().voidItem()
                : all(
                        lines.size(),
                        money(session.createNativeQuery(MOVE_LINES), lines, OrderLine::money)
                                .setParameter("sellers", Queries.texts(lines, line -> line.orderKey()
                                        .seller()))
                                .setParameter("orders", Queries.texts(lines, line -> line.orderKey()
                                        .orderId()))
                                .setParameter("lines", Queries.texts(lines, OrderLine::lineId))
                                .setParameter("units", numbers(lines, line -> line.units()
                                        .paid()))
                                .setParameter("unitsReserved", numbers(lines, line -> line.units()
                                        .reserved()))
                                .setParameter("unitsIssued", numbers(lines, line -> line.units()
                                        .issued()))
                                .setParameter("unitsExcess", numbers(lines, line -> line.units()
                                        .excess()))
                                .setParameter("unitsMoney", numbers(lines, OrderLine::unitsMoney)));
    }

    private static <T> Mutiny.MutationQuery money(
            Mutiny.MutationQuery move, List<T> rows, Function<T, Entitlement> of) {
        return move.setParameter("paid", numbers(rows, row -> of.apply(row).paid()))
                .setParameter("reserved", numbers(rows, row -> of.apply(row).reserved()))
                .setParameter("issued", numbers(rows, row -> of.apply(row).issued()))
                .setParameter("excess", numbers(rows, row -> of.apply(row).excess()));
    }

    private static <T> Long[] numbers(List<T> rows, Function<T, Long> column) {
        return rows.stream().map(column).toArray(Long[]::new);
    }

    private static Uni<Void> all(int expected, Mutiny.MutationQuery move) {
        return move.executeUpdate()
                .invoke(count -> {
                    if (count != expected) {
                        throw new IllegalStateException(count + " of " + expected + " rows are there to be changed");
                    }
                })
                .replaceWithVoid();
    }

    private static Uni<List<Order>> lockExisting(Mutiny.Session session, Set<OrderKey> sorted) {
        return Queries.among(
                        session,
                        "from Order o where o.key in :these order by o.key.seller, o.key.orderId",
                        Order.class,
                        sorted)
                .setLockMode(LockMode.PESSIMISTIC_WRITE)
                .setFlushMode(FlushMode.MANUAL)
                .getResultList();
    }

    private static Uni<Void> lock(Mutiny.Session session, Stream<String> names) {
        String[] sorted = names.sorted().toArray(String[]::new);
        return sorted.length == 0
                ? Uni.createFrom().voidItem()
                : Queries.column(
                                session,
                                "select count(pg_advisory_xact_lock(hashtextextended(name, 0)))"
                                        + " from unnest(cast(:names as text[])) name")
                        .setParameter("names", sorted)
                        .getSingleResult()
                        .replaceWithVoid();
    }

    /** Locks what these orders may be known by: none of them comes, and nobody else waits for it, at the same time. */
    public Uni<Void> lockNames(Mutiny.Session session, Collection<OrderRef> refs) {
        return lock(
                        session,
                        refs.stream()
                                .map(OrderRef::key)
                                .flatMap(Optional::stream)
                                .map(OrderKey::toString))
                .chain(() -> lockNumbers(session, refs));
    }

    /** The same for numbers alone, where the orders are locked. */
    public Uni<Void> lockNumbers(Mutiny.Session session, Collection<OrderRef> refs) {
        return lock(
                session,
                refs.stream()
                        .map(OrderRef::byNumber)
                        .flatMap(Optional::stream)
                        .map(n -> n.seller() + "#" + n.number()));
    }

    /** Which orders may be meant: the one of that id where it is known, else all that have the number; none may be, or several. */
    public Uni<Map<OrderRef, Set<OrderKey>>> meant(Mutiny.Session session, Collection<OrderRef> refs) {
        return known(session, refs).chain(byId -> byNumber(session, refs).map(byNumber -> refs.stream()
                .distinct()
                .collect(Collectors.toMap(Function.identity(), ref -> meant(ref, byId, byNumber)))));
    }

    private static Set<OrderKey> meant(OrderRef ref, Set<OrderKey> byId, Map<OrderNumber, Set<OrderKey>> byNumber) {
        Optional<Set<OrderKey>> numbered = ref.byNumber().map(number -> byNumber.getOrDefault(number, Set.of()));
        return ref.key().filter(byId::contains).map(Set::of).or(() -> numbered).orElse(Set.of());
    }

    private static Uni<Set<OrderKey>> known(Mutiny.Session session, Collection<OrderRef> refs) {
        List<OrderKey> keys =
                refs.stream().map(OrderRef::key).flatMap(Optional::stream).toList();
        return keys.isEmpty()
                ? Uni.createFrom().item(Set.of())
                : Queries.among(session, "select o.key from Order o where o.key in :these", OrderKey.class, keys)
                        .getResultList()
                        .map(Set::copyOf);
    }

    /** The orders that have these numbers. */
    public Uni<Map<OrderNumber, Set<OrderKey>>> byNumber(Mutiny.Session session, Collection<OrderRef> refs) {
        List<OrderNumber> numbers =
                refs.stream().map(OrderRef::byNumber).flatMap(Optional::stream).toList();
        return numbers.isEmpty()
                ? Uni.createFrom().item(Map.of())
                : session.createNativeQuery(BY_NUMBER, Object[].class)
                        .setParameter(
                                "sellers",
                                numbers.stream().map(OrderNumber::seller).toArray(String[]::new))
                        .setParameter(
                                "numbers",
                                numbers.stream().map(OrderNumber::number).toArray(String[]::new))
                        .getResultList()
                        .map(rows -> rows.stream()
                                .collect(Collectors.groupingBy(
                                        row -> new OrderNumber((String) row[0], (String) row[1]),
                                        Collectors.mapping(
                                                row -> new OrderKey((String) row[0], (String) row[2]),
                                                Collectors.toSet()))));
    }

    private static Uni<List<Order>> withLines(Mutiny.Session session, List<Order> locked) {
        return locked.isEmpty()
                ? Uni.createFrom().item(List.of())
                : Queries.among(session, "from Order o left join fetch o.lines where o in :these", Order.class, locked)
                        .setFlushMode(FlushMode.MANUAL)
                        .getResultList();
    }

    private static List<Order> concat(List<Order> some, List<Order> more) {
        return Stream.concat(some.stream(), more.stream()).toList();
    }
}
