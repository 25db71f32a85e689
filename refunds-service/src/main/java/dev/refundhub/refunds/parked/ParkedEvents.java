package dev.refundhub.refunds.parked;

import dev.refundhub.refunds.Attempt;
import dev.refundhub.refunds.Queries;
import dev.refundhub.refunds.order.Order;
import dev.refundhub.refunds.order.OrderKey;
import dev.refundhub.refunds.order.OrderNumber;
import dev.refundhub.refunds.order.OrderRef;
import dev.refundhub.refunds.order.Orders;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.hibernate.FlushMode;
import org.hibernate.reactive.mutiny.Mutiny;

/** What waits for an order that nobody knows yet. It is taken up when the order comes. */
@ApplicationScoped
public class ParkedEvents {

    /** In SQL. */
    static final String IS_OVERDUE = "(since < now() - interval '30 days')";

    private static final String WAITING =
            """
            select p.id from parked_event p
            join unnest(cast(:sellers as text[]), cast(:orders as text[])) as came (seller, order_id)
                on p.seller = came.seller and p.order_id = came.order_id
            union
            select p.id from parked_event p
            join unnest(cast(:sellers as text[]), cast(:numbers as text[])) as came (seller, order_number)
                on p.seller = came.seller and p.order_number = came.order_number
            """;

    private static final String REMOVE = "delete from parked_event where id = any(cast(:ids as bigint[])) returning id";

    /** Each once, however often it comes. */
    private static final String PARK =
            """
            insert into parked_event (event_id, seller, order_id, order_number, type, case_ref, event, reason, since)
            select event_id, seller, order_id, order_number, type, case_ref, event, cast(:reason as text), cast(:since as timestamptz)
            from unnest(cast(:ids as text[]), cast(:sellers as text[]), cast(:orders as text[]), cast(:numbers as text[]),
                    cast(:types as text[]), cast(:cases as text[]), cast(:events as text[]))
                with ordinality as told (event_id, seller, order_id, order_number, type, case_ref, event, no)
            order by no
            on conflict (seller, event_id) do nothing
            """;

    private final Mutiny.SessionFactory sessions;
    private final Orders orders;

    ParkedEvents(Mutiny.SessionFactory sessions, Orders orders) {
        this.sessions = sessions;
        this.orders = orders;
    }

    /** Why something waits. */
    enum Reason {
        UNKNOWN_ORDER,
        /** More than one order has the number: a guess would pay for the wrong one. */
        AMBIGUOUS
    }

    /** Parks each event once, however often it comes. The names of their orders are locked. */
    public Uni<Void> park(Mutiny.Session session, List<Addressed> unknown, Instant now) {
        return unknown.isEmpty()
                ? Uni.createFrom().voidItem()
                : insert(session, unknown.stream().map(Parked::of).toList(), Reason.UNKNOWN_ORDER, now);
    }

    /**
     * Parks what names no order that is known, or more than one.
     *
     * @return false where one has come meanwhile: nothing is parked then
     */
    public Uni<Boolean> park(OrderRef order, Told told, Instant now) {
        return Attempt.of(() -> sessions.withTransaction(session -> orders.lockNames(session, Set.of(order))
                .chain(() -> orders.meant(session, Set.of(order)))
                .map(meant -> meant.get(order).size())
                .chain(meant -> meant == 1
                        ? Uni.createFrom().item(false)
                        : insert(
                                        session,
                                        List.of(new Parked(order, told)),
                                        meant == 0 ? Reason.UNKNOWN_ORDER : Reason.AMBIGUOUS,
                                        now)
                                .replaceWith(true))));
    }

    /** What waits of a partner's case, to be told apart by when the partner said it. */
    public Uni<List<Told>> ofCase(Mutiny.Session session, String seller, String type, String caseRef) {
        return session.createSelectionQuery(
                        "from ParkedEvent p where p.seller = :seller and p.type = :type and p.caseRef = :case",
                        ParkedEvent.class)
                .setParameter("seller", seller)
                .setParameter("type", type)
                .setParameter("case", caseRef)
                .getResultList()
                .map(events -> events.stream().map(ParkedEvent::told).toList());
    }

    /** What waits no longer, since the partner has said something newer. */
    public Uni<Void> forget(String seller, Collection<String> eventIds) {
        return eventIds.isEmpty()
                ? Uni.createFrom().voidItem()
                : Attempt.of(() -> sessions.withTransaction(session -> session.createMutationQuery(
                                "delete from ParkedEvent p where p.seller = :seller and p.eventId in :ids")
                        .setParameter("seller", seller)
                        .setParameter("ids", List.copyOf(eventIds))
                        .executeUpdate()
                        .replaceWithVoid()));
    }

    /** What a partner said, and what it calls the order. */
    private record Parked(OrderRef order, Told told) {

        static Parked of(Addressed addressed) {
            OrderKey key = addressed.order();
            return new Parked(new OrderRef(key.seller(), key.orderId(), null), addressed.told());
        }
    }

    private static Uni<Void> insert(Mutiny.Session session, List<Parked> parked, Reason reason, Instant now) {
        return session.createNativeQuery(PARK)
                .setParameter("ids", Queries.texts(parked, each -> each.told().eventId()))
                .setParameter(
                        "sellers", Queries.texts(parked, each -> each.order().seller()))
                .setParameter(
                        "orders", Queries.texts(parked, each -> each.order().id()))
                .setParameter(
                        "numbers", Queries.texts(parked, each -> each.order().number()))
                .setParameter(
                        "types",
                        Queries.texts(
                                parked, each -> ParkedText.type(each.told().message())))
                .setParameter(
                        "cases",
                        Queries.texts(
                                parked, each -> ParkedText.caseRef(each.told().message())))
                .setParameter(
                        "events",
                        Queries.texts(parked, each -> ParkedText.of(each.told().message())))
                .setParameter("reason", reason.name())
                .setParameter("since", now.atOffset(ZoneOffset.UTC))
                .executeUpdate()
                .replaceWithVoid();
    }

    /**
     * Removes what waits for these orders, and returns it, oldest first. What names one by its number stays where another order
     * has that number too.
     */
    public Uni<List<Addressed>> takeUp(Mutiny.Session session, Collection<Order> arrived) {
        List<OrderRef> refs = arrived.stream()
                .map(order -> new OrderRef(order.key().seller(), order.key().orderId(), order.number()))
                .toList();
        return orders.lockNumbers(session, refs)
                .chain(() -> waiting(session, refs))
                .chain(events -> events.isEmpty()
                        ? Uni.createFrom().item(List.of())
                        : orders.byNumber(session, refs).chain(known -> takeUp(session, events, arrived, known)));
    }

    private static Uni<List<ParkedEvent>> waiting(Mutiny.Session session, List<OrderRef> refs) {
        return Queries.<Long>column(session, WAITING)
                .setParameter("sellers", Queries.texts(refs, OrderRef::seller))
                .setParameter("orders", Queries.texts(refs, OrderRef::id))
                .setParameter("numbers", Queries.texts(refs, OrderRef::number))
                .getResultList()
                .chain(ids -> ids.isEmpty()
                        ? Uni.createFrom().item(List.of())
                        : Queries.among(
                                        session,
                                        "from ParkedEvent p where p.id in :these order by p.id",
                                        ParkedEvent.class,
                                        ids)
                                .getResultList());
    }

    private static Uni<List<Addressed>> takeUp(
            Mutiny.Session session,
            List<ParkedEvent> events,
            Collection<Order> arrived,
            Map<OrderNumber, Set<OrderKey>> known) {
        Map<OrderNumber, Set<OrderKey>> byNumber = new HashMap<>(known);
        arrived.stream()
                .filter(order -> order.number() != null)
                .forEach(order -> byNumber.merge(
                        new OrderNumber(order.key().seller(), order.number()),
                        Set.of(order.key()),
                        ParkedEvents::union));
        Set<OrderKey> byId = arrived.stream().map(Order::key).collect(Collectors.toSet());
        Map<ParkedEvent, OrderKey> taken = new LinkedHashMap<>();
        for (ParkedEvent event : events) {
            Set<OrderKey> meant = event.key()
                    .filter(byId::contains)
                    .map(Set::of)
                    .orElseGet(() -> event.number()
                            .map(number -> byNumber.getOrDefault(number, Set.of()))
                            .orElse(Set.of()));
            if (meant.size() == 1) {
                taken.put(event, meant.iterator().next());
            }
        }
        return remove(session, taken.keySet()).map(removed -> taken.entrySet().stream()
                .filter(each -> removed.contains(each.getKey().id()))
                .map(each -> new Addressed(each.getValue(), each.getKey().told()))
                .toList());
    }

    /** Which of them were still there: a newer snapshot of a return takes away what waits of an older one, and locks no order. */
    private static Uni<Set<Long>> remove(Mutiny.Session session, Collection<ParkedEvent> events) {
        return events.isEmpty()
                ? Uni.createFrom().item(Set.of())
                : Queries.<Long>column(session, REMOVE)
                        .setFlushMode(FlushMode.MANUAL)
                        .setParameter(
                                "ids", events.stream().map(ParkedEvent::id).toArray(Long[]::new))
                        .getResultList()
                        .map(Set::copyOf);
    }

    private static Set<OrderKey> union(Set<OrderKey> some, Set<OrderKey> more) {
        return Stream.concat(some.stream(), more.stream()).collect(Collectors.toSet());
    }
}
