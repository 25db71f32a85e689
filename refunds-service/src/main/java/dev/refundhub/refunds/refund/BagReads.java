package dev.refundhub.refunds.refund;

import dev.refundhub.messages.BagRead;
import io.smallrye.mutiny.Uni;
import java.util.List;
import org.hibernate.reactive.mutiny.Mutiny;

/** Whoever wanted a bag read to compare it, and not to have booked what is there. */
public interface BagReads {

    /** Keeps what differs from what is booked of that order, in this transaction. A read that nobody waits for changes nothing. */
    Uni<Void> compared(Mutiny.Session session, BagRead read, List<Difference> differences);
}
