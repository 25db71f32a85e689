package dev.refundhub.refunds.claim;

import dev.refundhub.messages.InstantRefund;
import dev.refundhub.messages.PartnerClaim;
import dev.refundhub.refunds.order.OrderKey;
import dev.refundhub.refunds.refund.Books;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** Everything that partners say about orders: taken in where the order is known, parked where not. */
@ApplicationScoped
public class PartnerNews {

    private final Claims claims;
    private final InstantRefunds instantRefunds;
    private final ParkedEvents parked;

    PartnerNews(Claims claims, InstantRefunds instantRefunds, ParkedEvents parked) {
        this.claims = claims;
        this.instantRefunds = instantRefunds;
        this.parked = parked;
    }

    /**
     * A message and the id of the event that told it.
     *
     * @param message a {@link PartnerClaim} or an {@link InstantRefund}
     */
    record Told(String eventId, Object message) {

        OrderKey orderKey() {
            return message instanceof PartnerClaim claim
                    ? new OrderKey(claim.seller(), claim.order().id())
                    : new OrderKey(
                            ((InstantRefund) message).seller(),
                            ((InstantRefund) message).order().id());
        }
    }

    /** In one transaction that has locked the orders of all of them. */
    Uni<Void> take(Books books, List<Told> told) {
        List<Claims.Told> claimed = new ArrayList<>();
        List<InstantRefund> instant = new ArrayList<>();
        Uni<Void> done = Uni.createFrom().voidItem();
        for (Told each : told) {
            if (each.message() instanceof PartnerClaim claim) {
                claimed.add(new Claims.Told(each.eventId(), claim));
            } else if (books.order(each.orderKey()).isPresent()) {
                instant.add((InstantRefund) each.message());
            } else {
                done = done.chain(() -> parked.park(books.session(), each, books.now()));
            }
        }
        return done.chain(() -> claimed.isEmpty() ? Uni.createFrom().voidItem() : claims.take(books, claimed))
                .chain(() -> instantRefunds.take(books, instant));
    }

    /** What waited for these orders, oldest first. */
    public Uni<Void> takeUpParked(Books books, Collection<OrderKey> arrived) {
        return parked.takeUp(books.session(), arrived).chain(told -> take(books, told));
    }
}
