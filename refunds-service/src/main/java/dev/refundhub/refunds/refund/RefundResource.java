package dev.refundhub.refunds.refund;

import dev.refundhub.refunds.web.Caller;
import dev.refundhub.refunds.web.Violations;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.EntityTag;
import java.util.List;
import org.jboss.resteasy.reactive.RestResponse;

/** Refunds for sellers, shoppers and operators. What is somebody else's is not there. */
@Path("/api/v2/refunds")
@RolesAllowed({"SELLER", "CUSTOMER", "OPERATOR"})
public class RefundResource {

    private final Caller caller;
    private final Refunds refunds;

    RefundResource(Caller caller, Refunds refunds) {
        this.caller = caller;
        this.refunds = refunds;
    }

    /** The answer. */
    public record One(RefundView data) {}

    /** The answer. */
    public record Many(List<RefundView> data, Page page) {}

    /** The answer. */
    public record Page(int index, int size, boolean hasNext) {}

    @GET
    public Uni<Many> list(RefundFilter filter) {
        List<String> violations = filter.violations();
        if (!violations.isEmpty()) {
            throw new Violations(violations);
        }
        RefundQuery query = filter.narrow(own());
        return refunds.list(query, filter.page() * filter.size(), filter.size() + 1)
                .map(found -> page(found, filter.page(), filter.size()));
    }

    private Many page(List<Refund> found, int index, int size) {
        List<RefundView> data = found.stream().limit(size).map(this::view).toList();
        return new Many(data, new Page(index, size, found.size() > size));
    }

    @GET
    @Path("/{id}")
    public Uni<RestResponse<One>> one(String id) {
        return refunds.list(own().where("id", "id", number(id)), 0, 1).map(found -> {
            if (found.isEmpty()) {
                throw new NotFoundException();
            }
            Refund refund = found.get(0);
            return RestResponse.ResponseBuilder.ok(new One(view(refund)))
                    .tag(new EntityTag(String.valueOf(refund.version())))
                    .build();
        });
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
        return RefundView.of(refund, caller.isSeller() || caller.isOperator());
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
