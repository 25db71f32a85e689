package dev.refundhub.connectors.journal;

import dev.refundhub.connectors.partner.Reading.Other;
import java.util.Set;

/**
 * Our payments of a bag by which money moved, or may have, by our references and by what the partner calls its refunds.
 *
 * @param late references of payments that a person said did not happen, and that who ordered ours may not know otherwise, and of
 *     other tries of what ours is for
 */
public record Ours(Set<String> references, Set<String> partnerRefundIds, Set<String> late) {

    /** A reference says it; only where there is none, the partner's id does. */
    public boolean include(Other other) {
        return other.reference() == null
                ? partnerRefundIds.contains(other.refund().partnerRefundId())
                : references.contains(other.reference());
    }

    boolean areLate(Other other) {
        return other.reference() != null && late.contains(other.reference());
    }
}
