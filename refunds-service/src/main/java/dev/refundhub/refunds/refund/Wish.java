package dev.refundhub.refunds.refund;

import dev.refundhub.refunds.order.Asked;
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
 * @param asked empty for a fact
 */
@Embeddable
public record Wish(
        String sourceKind,
        String sourceRef,
        String source,
        String requester,
        @Column(name = "request_reason") String reason,
        @Convert(converter = Columns.Wanted.class) List<Asked> asked) {}
