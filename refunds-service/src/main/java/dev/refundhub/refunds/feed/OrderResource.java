package dev.refundhub.refunds.feed;

import dev.refundhub.messages.MerchantOrder;
import dev.refundhub.refunds.order.ToldOrder;
import dev.refundhub.refunds.order.ToldOrders;
import dev.refundhub.refunds.refund.Refunds;
import dev.refundhub.refunds.web.Caller;
import dev.refundhub.refunds.web.Conflict;
import dev.refundhub.refunds.web.Violations;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import java.util.List;
import org.jboss.resteasy.reactive.server.Cancellable;

/** Orders told one by one, for a merchant whose order system does not publish them. */
@Path("/api/v2/orders")
public class OrderResource {

    private final Caller caller;
    private final ToldOrders toldOrders;
    private final Refunds refunds;
    private final Feed feed;

    OrderResource(Caller caller, ToldOrders toldOrders, Refunds refunds, Feed feed) {
        this.caller = caller;
        this.toldOrders = toldOrders;
        this.refunds = refunds;
        this.feed = feed;
    }

    /** 204 where it is known now, also where a newer version was known already; 409 where it contradicts. */
    @PUT
    @Cancellable(false)
    @Path("/{id}")
    @RolesAllowed("SERVICE")
    public Uni<Void> put(String id, MerchantOrder order) {
        if (order == null || !id.equals(order.orderId())) {
            throw new Violations(List.of("orderId: must be the one in the path"));
        }
        if (!caller.seller().equals(order.seller())) {
            throw new Violations(List.of("seller: must be your own"));
        }
        ToldOrder told = toldOrders.fromMerchant(order);
        return refunds.change(List.of(told.key()), books -> feed.take(books, List.of(told))
                .invoke(contradicting -> {
                    if (!contradicting.isEmpty()) {
                        throw new Conflict("Version " + order.version()
                                + " was told with other content, or the currency has changed. Raise the version.");
                    }
                })
                .replaceWithVoid());
    }
}
