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
 * @param elsewhere whether somebody else gives the value, as an exchange, a credit or the goods again: nothing is sent to pay it
 */
@Embeddable
public record Wish(
        String sourceKind,
        String sourceRef,
        String source,
        String requester,
        @Column(name = "request_reason") String reason,
        @Convert(converter = Columns.Wanted.class) List<Asked> asked,
        @Column(name = "asked_amount") Long amount,
        boolean elsewhere) {

    /** What a shopper or seller asks for through the API. */
    static final String API = "API";

    public Wish(
            String sourceKind, String sourceRef, String source, String requester, String reason, List<Asked> asked) {
        this(sourceKind, sourceRef, source, requester, reason, asked, null, false);
    }

    /** The same for another amount, in minor units; null for what the lines are worth. */
    Wish worth(Long other) {
        return new Wish(sourceKind, sourceRef, source, requester, reason, asked, other, elsewhere);
    }

    /** The same as a wish of its own. */
    Wish named(String otherRef) {
        return new Wish(sourceKind, otherRef, source, requester, reason, asked, amount, elsewhere);
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
