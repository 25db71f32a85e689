package dev.refundhub.connectors.report;

import dev.refundhub.messages.PartnerReport;

/** A report on its way; {@code tellNo} says which telling of it this is. */
record Untold(PartnerReport report, int tellNo) {

    /** Sellers keep their order: everything about an order has one key. */
    String key() {
        return report.seller() + "/" + report.orderId();
    }

    String id() {
        return report.instructionId() + "/" + tellNo;
    }
}
