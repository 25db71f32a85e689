package dev.refundhub.refunds.claim;

import dev.refundhub.refunds.order.OrderKey;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import org.hibernate.reactive.mutiny.Mutiny;

/** What waits for an order that nobody knows yet. It is taken up when the order comes. */
@ApplicationScoped
class ParkedEvents {

    private static final String UNKNOWN_ORDER = "UNKNOWN_ORDER";

    /** In SQL. */
    static final String IS_OVERDUE = "(since < now() - interval '30 days')";

    /** Parks an event once, however often it comes. */
    Uni<Void> park(Mutiny.Session session, PartnerNews.Told told, Instant now) {
        return session.createNativeQuery(
                        "insert into parked_event (event_id, seller, order_id, type, event, reason, since)"
                                + " values (:id, :seller, :order, :type, :event, :reason, :since)"
                                + " on conflict (seller, event_id) do nothing")
                .setParameter("id", told.eventId())
                .setParameter("seller", told.orderKey().seller())
                .setParameter("order", told.orderKey().orderId())
                .setParameter("type", ParkedText.type(told.message()))
                .setParameter("event", ParkedText.of(told.message()))
                .setParameter("reason", UNKNOWN_ORDER)
                .setParameter("since", now.atOffset(ZoneOffset.UTC))
                .executeUpdate()
                .replaceWithVoid();
    }

    /** Removes what waits for these orders, and returns it, oldest first. */
    Uni<List<PartnerNews.Told>> takeUp(Mutiny.Session session, Collection<OrderKey> orders) {
        return session.createSelectionQuery(
                        "from ParkedEvent p where p.order in :orders order by p.id", ParkedEvent.class)
                .setParameter("orders", List.copyOf(orders))
                .getResultList()
                .call(events -> session.removeAll(events.toArray()))
                .map(events -> events.stream().map(ParkedEvent::told).toList());
    }
}
