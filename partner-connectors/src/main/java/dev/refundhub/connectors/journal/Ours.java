package dev.refundhub.connectors.journal;

import dev.refundhub.connectors.partner.Reading.Other;
import java.util.Set;

/** Our payments of a bag, by our references and by what the partner calls its refunds. */
record Ours(Set<String> references, Set<String> partnerRefundIds) {

    /** A reference says it; only where there is none, the partner's id does. */
    boolean include(Other other) {
        return other.reference() == null
                ? partnerRefundIds.contains(other.refund().partnerRefundId())
                : references.contains(other.reference());
    }
}
