package dev.refundhub.connectors.report;

import dev.refundhub.messages.PartnerReport;

/**
 * A report on its way.
 *
 * @param tellNo which telling of it this is
 * @param trace the traceparent of the instruction; null for none
 */
record Untold(PartnerReport report, int tellNo, String trace) {

    /** Sellers keep their order: everything about an order has one key. */
    String key() {
        return report.seller() + "/" + report.orderId();
    }

    String id() {
        return report.instructionId() + "/" + tellNo;
    }
}
