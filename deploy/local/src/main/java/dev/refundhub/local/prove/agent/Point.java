package dev.refundhub.local.prove.agent;

import java.util.stream.Stream;

/** Where a service can be halted: at the beginning of a method, after which something has been done and something else has not. */
public enum Point {
    DELIVERY_NOT_KEPT("gateway.delivery.Deliveries", "insert", "before a delivery is committed"),
    DELIVERY_KEPT("gateway.delivery.Telling", "tellNow", "after that, before the partner is answered"),
    EVENT_NOT_SENT("gateway.delivery.PartnerEvents", "send", "before Kafka is told"),
    EVENT_SENT("gateway.delivery.Telling", "sent", "after Kafka has it, before the delivery is marked"),
    EVENT_MARKED("gateway.delivery.Telling", "end", "after it is marked"),

    BATCH_TAKEN("refunds.inbox.Inbox", "take", "before a batch is worked on"),
    CHANGE_COMMITTED("refunds.outbox.Outbox", "committed", "after a change is committed, before anybody is told of it"),
    KEY_KEPT("refunds.refund.IdempotencyKeys", "keep", "before what the API was asked for is committed"),
    OUTBOX_NOT_PUBLISHED("refunds.outbox.Publisher", "publish", "before rows of the outbox are published"),
    OUTBOX_PUBLISHED("refunds.outbox.Relay$Shard", "remove", "after Kafka has them, before they are removed"),

    INSTRUCTIONS_NOT_TAKEN("connectors.instruction.Inbox", "write", "before instructions are committed"),
    INSTRUCTIONS_TAKEN("connectors.instruction.Inbox", "announce", "after that, before the offset is"),
    BAG_NOT_READ("connectors.journal.Exchanges", "read", "before the partner is asked what is there"),
    ATTEMPT_NOT_WRITTEN("connectors.journal.Steps", "send", "before the attempt is committed"),
    ATTEMPT_WRITTEN("connectors.journal.Exchanges", "send", "after that, before the partner is called"),
    PARTNER_CALLED("connectors.journal.Steps", "settleAttempt", "after the call, before its outcome is committed"),
    REPORT_NOT_SENT("connectors.report.ReportTopic", "tell", "after that, before the report is published"),
    REPORT_SENT("connectors.report.UntoldReports", "mark", "after Kafka has the report, before it is marked");

    private final String type;
    private final String method;
    private final String meaning;

    Point(String type, String method, String meaning) {
        this.type = "dev.refundhub." + type;
        this.method = method;
        this.meaning = meaning;
    }

    /** The class, by its binary name. */
    String type() {
        return type;
    }

    String method() {
        return method;
    }

    public String meaning() {
        return meaning;
    }

    /** Those of a service, by the package that its classes are in. */
    public static Stream<Point> of(String service) {
        return Stream.of(values()).filter(point -> point.type.startsWith("dev.refundhub." + service + "."));
    }
}
