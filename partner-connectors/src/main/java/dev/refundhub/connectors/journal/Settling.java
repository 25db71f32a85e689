package dev.refundhub.connectors.journal;

import dev.refundhub.connectors.partner.Answer;
import dev.refundhub.connectors.report.Telling;
import dev.refundhub.messages.PartnerReport.BagRefund;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jboss.logging.Logger;

/** Writes down what was learned. An answer is worth waiting for the database: without it nobody would know. */
@ApplicationScoped
class Settling {

    private static final Logger LOG = Logger.getLogger(Settling.class);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(50);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(2);

    private final Journal journal;
    private final Telling telling;
    private final Duration lease;

    Settling(Journal journal, Telling telling, JournalSettings settings) {
        this.journal = journal;
        this.telling = telling;
        this.lease = settings.lease();
    }

    Uni<Void> settle(Call call, Answer answer, Next next, List<BagRefund> found) {
        return settle(call, Optional.empty(), answer, next, found);
    }

    Uni<Void> settle(Call call, Optional<Attempt> attempt, Answer answer, Next next, List<BagRefund> found) {
        var report = Reports.of(call, answer, next.state(), found);
        return journal.settle(call, attempt, answer, next, report)
                .onFailure()
                .retry()
                .withBackOff(FIRST_PAUSE, LONGEST_PAUSE)
                .expireIn(lease.toMillis())
                .invoke(mine -> {
                    if (!mine) {
                        LOG.warnf("lost claim instructionId=%s claimNo=%d", call.instructionId(), call.claimNo());
                    } else if (report.isPresent()) {
                        telling.wake();
                    }
                })
                .replaceWithVoid();
    }
}
