package dev.refundhub.refunds.portal;

import dev.refundhub.refunds.Text;
import dev.refundhub.refunds.web.Caller;
import dev.refundhub.refunds.web.Violations;
import dev.refundhub.refunds.web.Words;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jboss.resteasy.reactive.RestQuery;

/** Orders for a portal, which the gateway asks for, and the way there for whoever owns one. */
@Path("/api/v2/orders")
public class OrderPortalResource {

    private static final int LONGEST_EMAIL = 320;

    private final Caller caller;
    private final ShownOrders orders;
    private final MerchantReturns returns;
    private final PrivacyKeys keys;
    private final PortalLinks links;

    OrderPortalResource(
            Caller caller, ShownOrders orders, MerchantReturns returns, PrivacyKeys keys, PortalLinks links) {
        this.caller = caller;
        this.orders = orders;
        this.returns = returns;
        this.keys = keys;
        this.links = links;
    }

    /** The answer. */
    public record Found(OrderLookup data) {}

    /** The answer. */
    public record Link(Address data) {}

    /** Where to send the shopper. */
    public record Address(String url) {}

    /** The shopper's e-mail address. */
    public record Asking(String email) {}

    /**
     * The order of this number or id that has this e-mail address, or whose key this is: 404 for none, and for more than one.
     *
     * @param number null where the id or a return is told
     * @param ref the order's id; null where the number or a return is told
     * @param returnRef a return that the merchant started, whose key this is then: it opens the orders that come back with it, and
     *     without number and id the only one
     * @param email null where a key is told
     * @param key as it was issued with a link; null where an e-mail address is told
     */
    @GET
    @Path("/lookup")
    @RolesAllowed("GATEWAY")
    public Uni<Found> lookup(
            @RestQuery String seller,
            @RestQuery String number,
            @RestQuery String ref,
            @RestQuery String returnRef,
            @RestQuery String email,
            @RestQuery String key) {
        check(seller, number, ref, returnRef, email, key);
        boolean canBe = isIdOrNull(number)
                && isIdOrNull(ref)
                && isIdOrNull(returnRef)
                && (email == null || email.length() <= LONGEST_EMAIL);
        Uni<List<ShownOrders.Found>> meant = !canBe
                ? orders.find(seller, "\n", "\n", null)
                : returnRef == null
                        ? ofKey(orders.find(seller, number, ref, email), seller, key)
                        : ofReturn(seller, number, ref, returnRef, email, key);
        return meant.map(found -> only(found.stream()
                        .filter(order -> email == null || order.isTheirs())
                        .toList()))
                .map(order -> new Found(OrderLookup.of(order)));
    }

    private static void check(String seller, String number, String ref, String returnRef, String email, String key) {
        List<String> wrong = new ArrayList<>();
        if (!Text.isSeller(seller)) {
            wrong.add("seller: must be a seller's name");
        }
        if (number == null && ref == null && returnRef == null) {
            wrong.add("number: must be there, or ref, or returnRef");
        }
        if (key == null && (email == null || returnRef != null)) {
            wrong.add(returnRef == null ? "email: must be there, or key" : "key: must be there");
        }
        if (!wrong.isEmpty()) {
            throw new Violations(wrong);
        }
    }

    private Uni<List<ShownOrders.Found>> ofKey(Uni<List<ShownOrders.Found>> orders, String seller, String key) {
        return orders.map(found -> found.stream()
                .filter(order ->
                        key == null || keys.opens(key, PrivacyKeys.Of.ORDER, seller, order.orderId(), Instant.now()))
                .toList());
    }

    private Uni<List<ShownOrders.Found>> ofReturn(
            String seller, String number, String ref, String returnRef, String email, String key) {
        boolean opens = keys.opens(key, PrivacyKeys.Of.RETURN, seller, returnRef, Instant.now());
        return returns.find(seller, returnRef).chain(found -> {
            Set<String> ids =
                    found.filter(told -> opens).map(MerchantReturn::orders).orElse(Set.of());
            String only = number == null && ref == null && ids.size() == 1
                    ? ids.iterator().next()
                    : ref;
            return orders.find(seller, number, only, email).map(all -> all.stream()
                    .filter(order -> ids.contains(order.orderId()))
                    .toList());
        });
    }

    private static boolean isIdOrNull(String text) {
        return text == null || Text.isId(text);
    }

    private static ShownOrders.Found only(List<ShownOrders.Found> found) {
        if (found.size() != 1) {
            throw new NotFoundException();
        }
        return found.get(0);
    }

    /** 404 for an order that is not one's own, and for another e-mail address than the order's. */
    @POST
    @Path("/{id}/refundid-link")
    @RolesAllowed({"SELLER", "CUSTOMER"})
    public Uni<Link> link(String id, Asking asking) {
        List<String> wrong = new ArrayList<>();
        Words.check(asking == null ? null : asking.email(), "email", LONGEST_EMAIL, wrong);
        if (!wrong.isEmpty()) {
            throw new Violations(wrong);
        }
        String seller = caller.seller();
        String subject = caller.isSeller() ? null : caller.subject();
        return orders.find(seller, null, Text.isId(id) ? id : "\n", asking.email())
                .map(found -> only(found.stream()
                        .filter(ShownOrders.Found::isTheirs)
                        .filter(order -> subject == null || subject.equals(order.customerSubject()))
                        .toList()))
                .map(order -> new Link(new Address(links.toOrder(seller, order, asking.email()))));
    }
}
