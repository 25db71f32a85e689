package dev.refundhub.refunds.reconciliation;

import dev.refundhub.refunds.reconciliation.Reconciliations.Differing;
import dev.refundhub.refunds.refund.Difference;
import dev.refundhub.refunds.web.Caller;
import dev.refundhub.refunds.web.Json;
import dev.refundhub.refunds.web.Paging;
import dev.refundhub.refunds.web.Violations;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.server.Cancellable;

/** Comparisons of what is booked here with what Violet lists, for operators: each day's, and those that they ask for. */
@Path("/api/v2/reconciliations")
@RolesAllowed("OPERATOR")
public class ReconciliationResource {

    private static final Duration LONGEST = Duration.ofDays(31);
    private static final Instant LATEST = Instant.parse("2100-01-01T00:00:00Z");

    private final Caller caller;
    private final Reconciliations reconciliations;

    ReconciliationResource(Caller caller, Reconciliations reconciliations) {
        this.caller = caller;
        this.reconciliations = reconciliations;
    }

    /**
     * Of which orders: those of which a refund has changed in this span of time, 31 days at most.
     *
     * @param since null for a day before its end
     * @param until null for now
     */
    public record Wanted(Instant since, Instant until) {}

    /** The answer. */
    public record Many(List<Reconciliation> data, Paging.Page page) {}

    /** The answer. */
    public record One(Reconciliation data) {}

    /** The answer: a part of the bags in which something differs. */
    public record Result(Reconciliation data, List<DifferingBag> differing, Paging.Page page) {}

    /** A bag at Violet in which something is booked otherwise than Violet lists it. */
    public record DifferingBag(
            String seller, Object order, long violetOrderId, long bagId, Instant readAt, List<Difference> differences) {

        static DifferingBag of(Differing differing) {
            return new DifferingBag(
                    differing.seller(),
                    Json.orderId(differing.order()),
                    differing.violetOrderId(),
                    differing.bagId(),
                    differing.readAt(),
                    differing.differences());
        }
    }

    /** 202 with it; its bags are looked into one after another. */
    @POST
    @Cancellable(false)
    public Uni<RestResponse<One>> begin(Wanted wanted) {
        Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        Instant until = wanted == null || wanted.until() == null ? now : wanted.until();
        checkReach(until, "until");
        Instant since = wanted == null || wanted.since() == null ? until.minus(Duration.ofDays(1)) : wanted.since();
        checkReach(since, "since");
        check(since, until);
        return reconciliations
                .begin(since, until, caller.name(), null)
                .chain(id -> reconciliations.find(id.orElseThrow()))
                .map(begun -> RestResponse.ResponseBuilder.<One>create(RestResponse.Status.ACCEPTED)
                        .entity(new One(begun.orElseThrow()))
                        .location(URI.create(
                                "/api/v2/reconciliations/" + begun.get().id()))
                        .build());
    }

    private static void checkReach(Instant time, String name) {
        if (time.isBefore(Instant.EPOCH) || time.isAfter(LATEST)) {
            throw new Violations(List.of(name + ": must be between 1970 and 2100"));
        }
    }

    private static void check(Instant since, Instant until) {
        if (!since.isBefore(until)) {
            throw new Violations(List.of("since: must be before until"));
        }
        if (Duration.between(since, until).compareTo(LONGEST) > 0) {
            throw new Violations(List.of("since: at most " + LONGEST.toDays() + " days before until"));
        }
    }

    /** Newest first. */
    @GET
    public Uni<Many> list(Paging paging) {
        paging.check();
        return reconciliations
                .list(paging.offset(), paging.size() + 1)
                .map(found -> new Many(paging.cut(found), paging.of(found)));
    }

    /** With the bags in which something differs, as far as they have been read. */
    @GET
    @Path("/{id}")
    public Uni<Result> one(String id, Paging paging) {
        paging.check();
        return reconciliations
                .find(number(id))
                .map(found -> found.orElseThrow(NotFoundException::new))
                .chain(found -> reconciliations
                        .differing(found.id(), paging.offset(), paging.size() + 1)
                        .map(bags -> new Result(
                                found,
                                paging.cut(bags).stream().map(DifferingBag::of).toList(),
                                paging.of(bags))));
    }

    private static long number(String id) {
        try {
            return Long.parseLong(id);
        } catch (NumberFormatException e) {
            throw new NotFoundException(e);
        }
    }
}
