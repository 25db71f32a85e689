package dev.refundhub.refunds.refund;

import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import dev.refundhub.messages.PartnerReport;
import dev.refundhub.refunds.Text;
import dev.refundhub.refunds.order.Money;
import dev.refundhub.refunds.web.Caller;
import dev.refundhub.refunds.web.IfMatch;
import dev.refundhub.refunds.web.Json;
import dev.refundhub.refunds.web.Paging;
import dev.refundhub.refunds.web.Violations;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.server.Cancellable;

/** Payments of which nobody knows what became of them, for operators who find it out. */
@Path("/api/v2/reviews")
@RolesAllowed("OPERATOR")
public class ReviewResource {

    private final Caller caller;
    private final Reviews reviews;
    private final Desk desk;

    ReviewResource(Caller caller, Reviews reviews, Desk desk) {
        this.caller = caller;
        this.reviews = reviews;
        this.desk = desk;
    }

    /** The answer. */
    public record Many(List<Review> data, Paging.Page page) {}

    /** The answer. */
    public record One(Review data) {}

    /**
     * A payment to find out about. Amounts are major units with exactly the currency's decimals.
     *
     * @param id the payment's reference: at the partner it stands first in the refund's reason
     * @param moved as far as is known
     * @param partnerSays the partner's last word; may be null
     * @param detail why it ended so, in our words; may be null
     * @param evidence every try: when, the digest of what was sent, what came back
     * @param found refunds that the partner lists for the bag and that may be it
     */
    public record Review(
            String id,
            long refundId,
            String seller,
            Object order,
            String account,
            long violetOrderId,
            Long bagId,
            BigDecimal amount,
            String currency,
            Outcome outcome,
            BigDecimal moved,
            String partnerRefundId,
            String partnerSays,
            String detail,
            Instant since,
            List<PartnerReport.Evidence> evidence,
            List<LookAlike> found) {

        static Review of(Payout payout) {
            Refund refund = payout.refund();
            String currency = refund.currency();
            return new Review(
                    payout.reference(),
                    refund.id(),
                    refund.order().key().seller(),
                    Json.orderId(refund.order().key().orderId()),
                    payout.account(),
                    payout.violetOrderId(),
                    payout.bagId(),
                    Money.major(payout.amount(), currency),
                    currency,
                    payout.outcome(),
                    Money.major(payout.moved(), currency),
                    payout.partnerRefundId(),
                    payout.partnerSays(),
                    payout.detail(),
                    refund.updatedAt(),
                    payout.evidence(),
                    payout.found().stream()
                            .map(listed -> LookAlike.of(listed, currency))
                            .toList());
        }
    }

    /**
     * A refund that the partner lists.
     *
     * @param amount null where the partner does not say
     * @param status the partner's word
     */
    public record LookAlike(String partnerRefundId, BigDecimal amount, String currency, String status, String reason) {

        static LookAlike of(PartnerReport.BagRefund listed, String currency) {
            return new LookAlike(
                    listed.partnerRefundId(),
                    listed.amountMinor() == null ? null : Money.major(listed.amountMinor(), currency),
                    listed.currency(),
                    listed.status(),
                    listed.reason());
        }
    }

    /** What a person found out. */
    public enum Verdict {
        HAPPENED,
        DID_NOT_HAPPEN
    }

    /**
     * A resolution.
     *
     * @param amount what moved, in major units; null for all of it; only where it happened
     * @param partnerRefundId what the partner knows it by; may be null; only where it happened
     */
    public record Resolution(
            Verdict verdict, @JsonDeserialize(using = Json.Amount.class) BigDecimal amount, String partnerRefundId) {

        void check() {
            List<String> wrong = new ArrayList<>();
            if (verdict == null) {
                wrong.add("verdict: must be HAPPENED or DID_NOT_HAPPEN");
            }
            if (amount != null && amount.signum() <= 0) {
                wrong.add("amount: must be more than 0");
            }
            if (verdict == Verdict.DID_NOT_HAPPEN && (amount != null || partnerRefundId != null)) {
                wrong.add("amount, partnerRefundId: do not go with DID_NOT_HAPPEN");
            }
            if (!Text.isShortOrNull(partnerRefundId)) {
                wrong.add("partnerRefundId: must have at most 200 characters");
            }
            if (!wrong.isEmpty()) {
                throw new Violations(wrong);
            }
        }

        private Long minor(String currency) {
            try {
                return amount == null ? null : Money.minor(amount, currency);
            } catch (ArithmeticException e) {
                throw new Violations(List.of("amount: more decimals than " + currency + " has, or too large"));
            }
        }
    }

    /** Oldest first. */
    @GET
    public Uni<Many> list(Paging paging) {
        paging.check();
        return reviews.list(paging.offset(), paging.size() + 1)
                .map(found ->
                        new Many(paging.cut(found).stream().map(Review::of).toList(), paging.of(found)));
    }

    /** With all evidence. */
    @GET
    @Path("/{id}")
    public Uni<One> one(String id) {
        return reviews.find(known(id))
                .map(found -> new One(found.map(Review::of).orElseThrow(NotFoundException::new)));
    }

    /** What is no reference names nothing. */
    private static String known(String id) {
        if (!Text.isId(id)) {
            throw new NotFoundException();
        }
        return id;
    }

    /** 202: the journal is told, and its report goes on from there; 409 where nobody has to find out anything any more. */
    @POST
    @Cancellable(false)
    @Path("/{id}/resolution")
    public Uni<RestResponse<Void>> resolve(String id, Resolution resolution) {
        if (resolution == null) {
            throw new Violations(List.of("body: must be there"));
        }
        resolution.check();
        By by = new By(caller.name(), null, Instant.now());
        boolean happened = resolution.verdict() == Verdict.HAPPENED;
        return reviews.refundOf(known(id))
                .map(found -> found.orElseThrow(NotFoundException::new))
                .chain(refundId -> desk.act(
                        new RefundQuery(),
                        refundId,
                        IfMatch.of(null),
                        (refund, policy) -> refund.resolve(
                                id, happened, resolution.minor(refund.currency()), resolution.partnerRefundId(), by),
                        refund -> RestResponse.accepted()));
    }
}
