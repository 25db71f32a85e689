package dev.refundhub.refunds.refund;

import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;
import jakarta.persistence.EmbeddedId;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Table;
import java.time.Instant;

/** One change in the life of a refund: never altered, numbered without a gap. */
@Entity
@Table(name = "refund_history")
public class HistoryEntry {

    /** Names a change for ever. */
    @Embeddable
    record Key(long refundId, int version) {}

    @EmbeddedId
    private Key key;

    private Instant at;

    private String who;

    private String cause;

    @Enumerated(EnumType.STRING)
    @Column(name = "status_from")
    private RefundStatus from;

    @Enumerated(EnumType.STRING)
    @Column(name = "status_to")
    private RefundStatus to;

    private String why;

    protected HistoryEntry() {}

    HistoryEntry(long refundId, int version, By by, String cause, RefundStatus from, RefundStatus to) {
        this.key = new Key(refundId, version);
        this.at = by.at();
        this.who = by.who();
        this.why = by.why();
        this.cause = cause;
        this.from = from;
        this.to = to;
    }

    long refundId() {
        return key.refundId();
    }

    int version() {
        return key.version();
    }

    Instant at() {
        return at;
    }

    String who() {
        return who;
    }

    String why() {
        return why;
    }

    String cause() {
        return cause;
    }

    RefundStatus from() {
        return from;
    }

    RefundStatus to() {
        return to;
    }
}
