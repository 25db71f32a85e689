package dev.refundhub.refunds.portal;

import dev.refundhub.refunds.Text;
import dev.refundhub.refunds.web.Caller;
import dev.refundhub.refunds.web.Violations;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.jboss.resteasy.reactive.RestQuery;
import org.jboss.resteasy.reactive.server.Cancellable;

/** Returns that a merchant started itself: told by its services, asked for by the gateway for a portal. */
@Path("/api/v2/returns")
public class ReturnResource {

    private final Caller caller;
    private final MerchantReturns returns;
    private final PrivacyKeys keys;
    private final PortalLinks links;

    ReturnResource(Caller caller, MerchantReturns returns, PrivacyKeys keys, PortalLinks links) {
        this.caller = caller;
        this.returns = returns;
        this.keys = keys;
        this.links = links;
    }

    /** The answer. */
    public record One(ReturnView data) {}

    /** A return with its ref; the rest as in {@link MerchantReturn}. */
    public record ReturnView(
            String ref,
            Instant createdAt,
            String currency,
            List<MerchantReturn.Item> items,
            BigDecimal shippingDeduction) {

        static ReturnView of(String ref, MerchantReturn told) {
            return new ReturnView(ref, told.createdAt(), told.currency(), told.items(), told.shippingDeduction());
        }
    }

    /** Keeps it, or replaces it: 200 with it, 400 where it names what the seller's orders do not have. */
    @PUT
    @Cancellable(false)
    @Path("/{ref}")
    @RolesAllowed({"SERVICE", "SELLER"})
    public Uni<One> put(String ref, MerchantReturn told) {
        if (told == null || !Text.isId(ref)) {
            throw new Violations(List.of("body: must be there, and ref must have at most 200 characters"));
        }
        told.check();
        String seller = caller.seller();
        MerchantReturn whole = told.whole(Instant.now().truncatedTo(ChronoUnit.MILLIS));
        return returns.linesOf(seller, whole.orders(), null)
                .invoke(lines -> {
                    List<String> wrong = new ArrayList<>();
                    for (int i = 0; i < whole.items().size(); i++) {
                        MerchantReturn.Item item = whole.items().get(i);
                        if (!lines.contains(item.orderId() + "/" + item.lineId())) {
                            wrong.add("items[" + i + "]: there is no such line");
                        }
                    }
                    if (!wrong.isEmpty()) {
                        throw new Violations(wrong);
                    }
                })
                .chain(() -> returns.put(seller, ref, whole))
                .replaceWith(() -> new One(ReturnView.of(ref, whole)));
    }

    /**
     * For the seller and its services; for the gateway with the key that a link was given.
     *
     * @param seller whose it is, for the gateway
     * @param key as it was issued with a link, for the gateway
     */
    @GET
    @Path("/{ref}")
    @RolesAllowed({"SERVICE", "SELLER", "GATEWAY"})
    public Uni<One> get(String ref, @RestQuery String seller, @RestQuery String key) {
        boolean isPortal = !caller.isSeller() && !caller.isService();
        if (isPortal && !Text.isSeller(seller)) {
            throw new Violations(List.of("seller: must be a seller's name"));
        }
        String owner = isPortal ? seller : caller.seller();
        boolean opens = !isPortal || (key != null && keys.opens(key, PrivacyKeys.Of.RETURN, owner, ref, Instant.now()));
        return returns.find(owner, Text.isId(ref) ? ref : "\n").map(found -> found.filter(told -> opens)
                .map(told -> new One(ReturnView.of(ref, told)))
                .orElseThrow(NotFoundException::new));
    }

    /** 404 for a return with an order that is not one's own. */
    @POST
    @Path("/{ref}/refundid-link")
    @RolesAllowed({"SELLER", "CUSTOMER"})
    public Uni<OrderPortalResource.Link> link(String ref) {
        String seller = caller.seller();
        String subject = caller.isSeller() ? null : caller.subject();
        return returns.find(seller, Text.isId(ref) ? ref : "\n")
                .map(found -> found.orElseThrow(NotFoundException::new))
                .chain(told -> returns.linesOf(seller, told.orders(), subject).invoke(lines -> {
                    boolean own = told.items().stream()
                            .allMatch(item -> lines.contains(item.orderId() + "/" + item.lineId()));
                    if (!own) {
                        throw new NotFoundException();
                    }
                }))
                .map(lines ->
                        new OrderPortalResource.Link(new OrderPortalResource.Address(links.toReturn(seller, ref))));
    }
}
