package dev.refundhub.connectors.partner;

import dev.refundhub.connectors.exchange.SendBy;
import io.smallrye.mutiny.Uni;

/** An instruction in a partner's words. */
public interface Errand {

    /**
     * What the partner has already; changes nothing there.
     *
     * @param knownAs the partner's own id of it, where it told one that can be relied upon; null otherwise
     */
    Uni<Reading> read(String knownAs);

    /** What it is to move, or says was moved, in minor units. */
    long amountMinor();

    /** The exact body to send. */
    String body();

    /** Sends them, once, or not at all when the time for it is over. */
    Uni<Answer> send(String body, SendBy sendBy);
}
