package dev.refundhub.refunds.refund;

import dev.refundhub.refunds.order.Asked;
import dev.refundhub.refunds.order.Order;
import dev.refundhub.refunds.order.Quote;
import jakarta.persistence.Column;
import jakarta.persistence.Convert;
import jakarta.persistence.Embeddable;
import java.util.List;

/**
 * What somebody wants refunded, or has refunded already.
 *
 * @param sourceKind such as {@code SHIPPED_SUITE}; unique for ever with seller and source ref
 * @param source the name of the source, the policy's key
 * @param reason may be null
 * @param asked empty for money without units, and for a fact
 * @param amount minor units; null where the lines say it
 */
@Embeddable
public record Wish(
        String sourceKind,
        String sourceRef,
        String source,
        String requester,
        @Column(name = "request_reason") String reason,
        @Convert(converter = Columns.Wanted.class) List<Asked> asked,
        @Column(name = "asked_amount") Long amount) {

    /** What a shopper or seller asks for through the API. */
    static final String API = "API";

    public Wish(
            String sourceKind, String sourceRef, String source, String requester, String reason, List<Asked> asked) {
        this(sourceKind, sourceRef, source, requester, reason, asked, null);
    }

    /** What it is worth in this order now, and whether that is covered. */
    Quote quote(Order order, boolean withTax) {
        if (asked.isEmpty()) {
            return order.quoteMoney(amount == null ? 0 : amount);
        }
        if (API.equals(sourceKind)) {
            return order.quoteWhatIsLeft(asked, withTax);
        }
        return amount == null ? order.quote(asked, withTax) : order.quoteAs(asked, amount);
    }
}
