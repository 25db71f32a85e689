package dev.refundhub.refunds.claim;

import dev.refundhub.messages.InstantRefund;
import dev.refundhub.messages.PartnerClaim;
import dev.refundhub.messages.PartnerReturn;
import dev.refundhub.messages.SaleHint;
import dev.refundhub.refunds.inbox.Inbox;
import dev.refundhub.refunds.inbox.Received;
import dev.refundhub.refunds.order.OrderKey;
import dev.refundhub.refunds.order.OrderRef;
import dev.refundhub.refunds.order.Orders;
import dev.refundhub.refunds.parked.Addressed;
import dev.refundhub.refunds.parked.ParkedEvents;
import dev.refundhub.refunds.parked.Told;
import dev.refundhub.refunds.refund.Refunds;
import dev.refundhub.refunds.rma.Rmas;
import dev.refundhub.refunds.sale.SaleHints;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.hibernate.reactive.mutiny.Mutiny;

/** What the gateway read from the partners' deliveries. */
@ApplicationScoped
class PartnerEvents {

    private final Inbox inbox;
    private final Understanding understanding;
    private final Mutiny.SessionFactory sessions;
    private final Orders orders;
    private final Refunds refunds;
    private final Heard heard;
    private final PartnerNews news;
    private final Rmas rmas;
    private final SaleHints saleHints;
    private final ParkedEvents parked;

    PartnerEvents(
            Inbox inbox,
            Understanding understanding,
            Mutiny.SessionFactory sessions,
            Orders orders,
            Refunds refunds,
            Heard heard,
            PartnerNews news,
            Rmas rmas,
            SaleHints saleHints,
            ParkedEvents parked) {
        this.inbox = inbox;
        this.understanding = understanding;
        this.sessions = sessions;
        this.orders = orders;
        this.refunds = refunds;
        this.heard = heard;
        this.news = news;
        this.rmas = rmas;
        this.saleHints = saleHints;
        this.parked = parked;
    }

    @Incoming(PartnerClaim.TOPIC)
    Uni<Void> take(ConsumerRecords<String, byte[]> records) {
        return inbox.take(records, understanding::read, this::take);
    }

    /** What names its order by id goes together; what does not, or names several, goes alone. */
    private Uni<Void> take(List<Received<Object>> received) {
        List<Addressed> together = new ArrayList<>();
        List<Told> alone = new ArrayList<>();
        List<Told> hints = new ArrayList<>();
        for (Received<Object> each : received) {
            Told told = new Told(each.eventId(), each.message(), each.trace());
            if (each.message() instanceof SaleHint) {
                hints.add(told);
            } else {
                order(each.message())
                        .ifPresentOrElse(order -> together.add(new Addressed(order, told)), () -> alone.add(told));
            }
        }
        return together(together).chain(() -> one(alone, this::takeAlone)).chain(() -> saleHints.take(hints));
    }

    private static Optional<OrderKey> order(Object message) {
        if (message instanceof PartnerClaim claim) {
            return Optional.of(new OrderKey(claim.seller(), claim.order().id()));
        }
        return message instanceof InstantRefund told && told.order().id() != null
                ? Optional.of(new OrderKey(told.seller(), told.order().id()))
                : Optional.empty();
    }

    private Uni<Void> together(List<Addressed> told) {
        return heard.withoutIt(told)
                .chain(unheard -> unheard.isEmpty()
                        ? Uni.createFrom().voidItem()
                        : refunds.change(
                                unheard.stream().map(Addressed::order).toList(), books -> news.take(books, unheard)));
    }

    private static <T> Uni<Void> one(List<T> things, Function<T, Uni<Void>> each) {
        Uni<Void> done = Uni.createFrom().voidItem();
        for (T thing : things) {
            done = done.chain(() -> each.apply(thing));
        }
        return done;
    }

    private Uni<Void> takeAlone(Told told) {
        return told.message() instanceof PartnerReturn ? rmas.take(told) : takeByNumber(told);
    }

    private Uni<Void> takeByNumber(Told told) {
        InstantRefund instant = (InstantRefund) told.message();
        OrderRef ref = new OrderRef(instant.seller(), null, instant.order().number());
        return sessions.withSession(session -> orders.meant(session, Set.of(ref)))
                .map(meant -> meant.get(ref))
                .chain(meant -> meant.size() == 1
                        ? together(List.of(new Addressed(meant.iterator().next(), told)))
                        : parked.park(ref, told, Instant.now())
                                .chain(isParked -> isParked ? Uni.createFrom().voidItem() : takeByNumber(told)));
    }
}
