package dev.refundhub.connectors.exchange;

import dev.refundhub.connectors.exchange.Ended.Answered;
import dev.refundhub.connectors.exchange.Ended.NeverSent;
import java.time.Duration;
import org.jboss.logging.Logger;

/** Leaves a partner alone that does not answer. What is not sent meanwhile was certainly not sent. */
final class Breaker {

    static final String OPEN = "BREAKER_OPEN";

    private static final Logger LOG = Logger.getLogger(Breaker.class);
    private static final int BROKEN = 500;

    private final String partner;
    private final int breakAfter;
    private final long breakFor;
    private int inARow;
    private long openUntil;

    Breaker(String partner, int breakAfter, Duration breakFor) {
        this.partner = partner;
        this.breakAfter = breakAfter;
        this.breakFor = breakFor.toNanos();
    }

    /** Whether a call may be made; of those that wait for the end of a break, one may. */
    synchronized boolean lets(long now) {
        if (inARow < breakAfter) {
            return true;
        }
        if (now - openUntil < 0) {
            return false;
        }
        openUntil = now + breakFor;
        return true;
    }

    /** Whether the partner is left alone at this moment, or one call is trying whether it answers again. */
    synchronized boolean isOpen() {
        return inARow >= breakAfter;
    }

    synchronized void heard(Ended ended, long now) {
        if (ended instanceof Answered answered && answered.status() < BROKEN) {
            if (inARow >= breakAfter) {
                LOG.infof("answers again partner=%s", partner);
            }
            inARow = 0;
        } else if (!(ended instanceof NeverSent never) || !never.isOurs()) {
            inARow++;
            if (inARow == breakAfter) {
                openUntil = now + breakFor;
                LOG.warnf("is left alone partner=%s", partner);
            }
        }
    }
}
