package dev.refundhub.refunds.claim;

import dev.refundhub.messages.InstantRefund;
import dev.refundhub.messages.PartnerClaim;
import dev.refundhub.messages.PartnerClaim.OrderRef;
import dev.refundhub.messages.PartnerReturn;
import dev.refundhub.refunds.order.Order;
import dev.refundhub.refunds.order.OrderKey;
import dev.refundhub.refunds.parked.Addressed;
import dev.refundhub.refunds.parked.ParkedEvents;
import dev.refundhub.refunds.parked.Told;
import dev.refundhub.refunds.refund.Books;
import dev.refundhub.refunds.rma.Rmas;
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
    private final Rmas rmas;
    private final ParkedEvents parked;

    PartnerNews(Claims claims, InstantRefunds instantRefunds, Rmas rmas, ParkedEvents parked) {
        this.claims = claims;
        this.instantRefunds = instantRefunds;
        this.rmas = rmas;
        this.parked = parked;
    }

    /**
     * In one transaction that has locked the orders of all of them. What was paid comes before what is asked for: no wish is
     * granted what is gone already.
     */
    Uni<Void> take(Books books, List<Addressed> news) {
        List<Claims.Claimed> claimed = new ArrayList<>();
        List<Told> instant = new ArrayList<>();
        List<Addressed> returned = new ArrayList<>();
        List<Addressed> unknown = new ArrayList<>();
        for (Addressed each : news) {
            if (each.told().message() instanceof PartnerClaim) {
                claimed.add(new Claims.Claimed(each.told()));
            } else if (books.order(each.order()).isEmpty()) {
                unknown.add(each);
            } else if (each.told().message() instanceof PartnerReturn) {
                returned.add(each);
            } else {
                instant.add(about(each));
            }
        }
        return parked.park(books.session(), unknown, books.now())
                .chain(() -> instantRefunds.take(books, instant))
                .chain(() -> takeReturned(books, returned))
                .chain(() -> claimed.isEmpty() ? Uni.createFrom().voidItem() : claims.take(books, claimed));
    }

    private Uni<Void> takeReturned(Books books, List<Addressed> returned) {
        Uni<Void> done = Uni.createFrom().voidItem();
        for (Addressed each : returned) {
            done = done.invoke(() -> books.because(each.told().trace()))
                    .chain(() -> rmas.take(
                            books, each.order(), (PartnerReturn) each.told().message()))
                    .invoke(() -> books.because(null));
        }
        return done;
    }

    /** The same with the order's id, where only its number was told. */
    private static Told about(Addressed news) {
        OrderKey order = news.order();
        InstantRefund told = (InstantRefund) news.told().message();
        InstantRefund about = new InstantRefund(
                told.seller(),
                told.source(),
                told.partner(),
                told.deliveryId(),
                told.receivedAt(),
                told.caseRef(),
                new OrderRef(order.orderId(), told.order().number()),
                told.stage(),
                told.amountMinor(),
                told.currency(),
                told.reason(),
                told.items());
        return new Told(news.told().eventId(), about, news.told().trace());
    }

    /** What waited for these orders, oldest first. */
    public Uni<Void> takeUpParked(Books books, Collection<Order> arrived) {
        return parked.takeUp(books.session(), arrived).chain(news -> take(books, news));
    }
}
