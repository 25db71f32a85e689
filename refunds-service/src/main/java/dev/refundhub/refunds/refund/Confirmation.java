package dev.refundhub.refunds.refund;

import dev.refundhub.messages.PartnerReport;
import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import java.time.Instant;

/** What is said to Shipped Suite, which reimburses only what is confirmed: owed until it has it. */
@Embeddable
class Confirmation {

    /** Whether Shipped Suite knows that it is done. */
    enum State {
        OWED,
        CONFIRMED
    }

    @Enumerated(EnumType.STRING)
    @Column(name = "confirmation_state")
    private State state;

    @Column(name = "confirmation_at")
    private Instant at;

    @Column(name = "confirmation_revision")
    private int revision;

    static Confirmation owed() {
        Confirmation confirmation = new Confirmation();
        confirmation.state = State.OWED;
        return confirmation;
    }

    /** Whether it is news that the connectors have ended, one way or the other. */
    boolean hear(PartnerReport report, Instant now) {
        boolean isDone = Outcome.of(report.outcome()) == Outcome.COMPLETED;
        boolean isOld = report.revision() <= revision && !isDone;
        if (state == State.CONFIRMED || !report.isFinal() || isOld) {
            return false;
        }
        revision = report.revision();
        if (isDone) {
            state = State.CONFIRMED;
            at = now;
        }
        return true;
    }

    State state() {
        return state;
    }

    /** Null while it is owed. */
    Instant at() {
        return at;
    }
}
