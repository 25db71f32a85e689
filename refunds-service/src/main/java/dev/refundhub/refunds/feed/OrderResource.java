package dev.refundhub.refunds.feed;

import dev.refundhub.messages.MerchantOrder;
import dev.refundhub.refunds.Text;
import dev.refundhub.refunds.order.OrderKey;
import dev.refundhub.refunds.order.Orders;
import dev.refundhub.refunds.order.ToldOrder;
import dev.refundhub.refunds.order.ToldOrders;
import dev.refundhub.refunds.refund.Refunds;
import dev.refundhub.refunds.web.Caller;
import dev.refundhub.refunds.web.Conflict;
import dev.refundhub.refunds.web.Violations;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import java.util.List;
import org.jboss.resteasy.reactive.RestQuery;
import org.jboss.resteasy.reactive.server.Cancellable;

/** Orders told one by one, for a merchant whose order system does not publish them. */
@Path("/api/v2/orders")
public class OrderResource {

    private final Caller caller;
    private final ToldOrders toldOrders;
    private final Refunds refunds;
    private final Feed feed;
    private final Orders orders;

    OrderResource(Caller caller, ToldOrders toldOrders, Refunds refunds, Feed feed, Orders orders) {
        this.caller = caller;
        this.toldOrders = toldOrders;
        this.refunds = refunds;
        this.feed = feed;
        this.orders = orders;
    }

    /** The answer. */
    public record One(OrderView data) {}

    /**
     * With what is left of each line: for its seller, its shopper, the seller's own services, and operators.
     *
     * @param seller whose order it is, for an operator
     */
    @GET
    @Path("/{id}")
    @RolesAllowed({"SELLER", "CUSTOMER", "SERVICE", "OPERATOR"})
    public Uni<One> get(String id, @RestQuery String seller) {
        if (caller.isOperator() && !Text.isSeller(seller)) {
            throw new Violations(List.of("seller: must be there, since order ids are a seller's own"));
        }
        if (!Text.isId(id)) {
            throw new NotFoundException();
        }
        OrderKey key = new OrderKey(caller.isOperator() ? seller : caller.seller(), id);
        boolean onlyOwn = !caller.isOperator() && !caller.isSeller() && !caller.isService();
        String subject = onlyOwn ? caller.subject() : null;
        return orders.find(key).map(found -> found.filter(o -> subject == null || subject.equals(o.customerSubject()))
                .map(OrderView::of)
                .map(One::new)
                .orElseThrow(NotFoundException::new));
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
