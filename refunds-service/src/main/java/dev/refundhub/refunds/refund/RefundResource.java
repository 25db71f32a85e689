package dev.refundhub.refunds.refund;

import dev.refundhub.refunds.web.Caller;
import dev.refundhub.refunds.web.IfMatch;
import dev.refundhub.refunds.web.Paging;
import dev.refundhub.refunds.web.Violations;
import io.quarkus.security.ForbiddenException;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.EntityTag;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jboss.resteasy.reactive.RestHeader;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.server.Cancellable;

/** Refunds for sellers, shoppers and operators. What is somebody else's is not there. */
@Path("/api/v2/refunds")
@RolesAllowed({"SELLER", "CUSTOMER", "OPERATOR"})
public class RefundResource {

    private final Caller caller;
    private final Refunds refunds;

    private final Desk desk;

    RefundResource(Caller caller, Refunds refunds, Desk desk) {
        this.caller = caller;
        this.refunds = refunds;
        this.desk = desk;
    }

    /** The answer. */
    public record Timeline(List<Entry> data) {}

    /**
     * A change.
     *
     * @param who subject and role, or partner and delivery id, or a part of the hub; null for a shopper
     * @param from null where it was new
     * @param why may be null
     */
    public record Entry(
            int version, Instant at, String who, String cause, RefundStatus from, RefundStatus to, String why) {}

    /** The answer. */
    public record One(RefundView data) {}

    /** The answer. */
    public record Many(List<RefundView> data, Paging.Page page) {}

    @GET
    public Uni<Many> list(RefundFilter filter) {
        List<String> violations = filter.violations();
        if (!violations.isEmpty()) {
            throw new Violations(violations);
        }
        if (caller.isOperator() && filter.orderId != null && filter.seller == null) {
            throw new Violations(List.of("seller: must be there, since order ids are a seller's own"));
        }
        RefundQuery query = filter.narrow(own());
        return refunds.list(query, filter.offset(), filter.size() + 1)
                .map(found ->
                        new Many(filter.cut(found).stream().map(this::view).toList(), filter.of(found)));
    }

    @GET
    @Path("/{id}")
    public Uni<RestResponse<One>> one(String id) {
        return refunds.list(own().where("id", "id", number(id)), 0, 1).map(found -> {
            if (found.isEmpty()) {
                throw new NotFoundException();
            }
            return answer(view(found.get(0)));
        });
    }

    /** Every change of it, oldest first; a shopper is not told who at the seller's or the hub did it, and why. */
    @GET
    @Path("/{id}/timeline")
    public Uni<Timeline> timeline(String id) {
        long number = number(id);
        boolean all = caller.isSeller() || caller.isOperator();
        return refunds.orderOf(own().where("id", "id", number))
                .map(found -> found.orElseThrow(NotFoundException::new))
                .chain(order -> refunds.timeline(number))
                .map(history ->
                        new Timeline(history.stream().map(h -> entry(h, all)).toList()));
    }

    private static Entry entry(HistoryEntry h, boolean all) {
        return new Entry(h.version(), h.at(), all ? h.who() : null, h.cause(), h.from(), h.to(), all ? h.why() : null);
    }

    /** Asks for a refund: 201 with it, 404 for an order that is not one's own, 422 where more is asked for than is left. */
    @POST
    @Cancellable(false)
    @RolesAllowed({"SELLER", "CUSTOMER"})
    @Produces(MediaType.APPLICATION_JSON)
    public Uni<RestResponse<String>> create(Asking asking, @Context HttpHeaders headers) {
        if (asking == null) {
            throw new Violations(List.of("body: must be there"));
        }
        asking.check();
        if (Boolean.TRUE.equals(asking.approve()) && !caller.isSeller()) {
            throw new ForbiddenException();
        }
        Set<Action> actions = actions();
        boolean details = caller.isSeller();
        return desk.create(
                        caller,
                        asking,
                        headers.getHeaderString("Idempotency-Key"),
                        refund -> new One(RefundView.of(refund, actions, details)))
                .map(RefundResource::created);
    }

    private static RestResponse<String> created(Desk.Answered answered) {
        RestResponse.ResponseBuilder<String> answer = RestResponse.ResponseBuilder.create(
                        RestResponse.Status.CREATED, answered.answer().body())
                .header(
                        HttpHeaders.LOCATION,
                        "/api/v2/refunds/" + answered.answer().refundId());
        return (answered.replayed() ? answer.header("Idempotent-Replayed", "true") : answer).build();
    }

    /** Does something to it: 200 with it as it is then, 409 where it cannot be done now, 412 where it has changed since. */
    @PATCH
    @Path("/{id}")
    @Cancellable(false)
    public Uni<RestResponse<One>> act(String id, Doing doing, @RestHeader(HttpHeaders.IF_MATCH) String ifMatch) {
        if (doing == null) {
            throw new Violations(List.of("body: must be there"));
        }
        doing.check();
        if (!actions().contains(doing.action())) {
            throw new ForbiddenException();
        }
        return carryOut(id, doing, ifMatch);
    }

    /** Takes it back: 200 with it, 409 once it is being paid. */
    @DELETE
    @Path("/{id}")
    @Cancellable(false)
    @RolesAllowed({"SELLER", "CUSTOMER"})
    public Uni<RestResponse<One>> cancel(String id, @RestHeader(HttpHeaders.IF_MATCH) String ifMatch) {
        return carryOut(id, new Doing(Action.CANCEL, null, null, null, null, null), ifMatch);
    }

    private Uni<RestResponse<One>> carryOut(String id, Doing doing, String ifMatch) {
        By by = new By(caller.name(), null, Instant.now().truncatedTo(ChronoUnit.MILLIS));
        Set<Action> actions = actions();
        boolean details = caller.isSeller() || caller.isOperator();
        return desk.act(
                        own(),
                        number(id),
                        IfMatch.of(ifMatch),
                        (refund, policy) -> desk.carryOut(doing, refund, policy, by),
                        refund -> RefundView.of(refund, actions, details))
                .map(RefundResource::answer);
    }

    private static RestResponse<One> answer(RefundView view) {
        return RestResponse.ResponseBuilder.ok(new One(view))
                .tag(new EntityTag(String.valueOf(view.version())))
                .build();
    }

    /** What is no id names nothing. */
    private static long number(String id) {
        try {
            return Long.parseLong(id);
        } catch (NumberFormatException e) {
            throw new NotFoundException(e);
        }
    }

    private RefundView view(Refund refund) {
        return RefundView.of(refund, actions(), caller.isSeller() || caller.isOperator());
    }

    private Set<Action> actions() {
        Set<Action> may = EnumSet.noneOf(Action.class);
        if (caller.isSeller()) {
            may.addAll(EnumSet.complementOf(EnumSet.of(Action.SHIP_INIT)));
        }
        if (caller.isCustomer()) {
            may.addAll(EnumSet.of(Action.SHIP_INIT, Action.CANCEL));
        }
        if (caller.isOperator()) {
            may.addAll(EnumSet.of(Action.MARK_ISSUED, Action.RETRY, Action.RELEASE));
        }
        return may;
    }

    private RefundQuery own() {
        RefundQuery query = new RefundQuery();
        if (caller.isOperator()) {
            return query;
        }
        query.where("order.key.seller", "own", caller.seller());
        return caller.isSeller() ? query : query.where("order.customerSubject", "subject", caller.subject());
    }
}
