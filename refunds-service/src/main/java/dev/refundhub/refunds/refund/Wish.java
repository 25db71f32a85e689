package dev.refundhub.refunds.refund;

import dev.refundhub.refunds.order.Asked;
import java.util.List;

/**
 * What somebody wants refunded.
 *
 * @param sourceKind such as {@code SHIPPED_SUITE}; unique for ever with seller and source ref
 * @param source the name of the source, the policy's key
 * @param reason may be null
 */
public record Wish(
        String sourceKind, String sourceRef, String source, String requester, String reason, List<Asked> asked) {}
