package dev.refundhub.connectors.journal;

import static dev.refundhub.connectors.partner.Outcome.COMPLETED;
import static dev.refundhub.connectors.partner.Outcome.DECLINED;

import dev.refundhub.connectors.partner.Answer;
import dev.refundhub.connectors.partner.Errand;
import dev.refundhub.connectors.partner.Partners;
import dev.refundhub.connectors.partner.Reading;
import dev.refundhub.connectors.partner.Reading.Other;
import dev.refundhub.connectors.report.Telling;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import org.jboss.logging.Logger;

/**
 * Whoever looks into a bag may come upon payments of which nobody was certain, or of which a person said that they did
 * not happen. What they became is told like anything else, with a higher revision. A payment that is being worked on is
 * left to who works on it.
 */
@ApplicationScoped
public class Watching {

    private static final Logger LOG = Logger.getLogger(Watching.class);

    private final Bags bags;
    private final Partners partners;
    private final Exchanges exchanges;
    private final Telling telling;
    private final Patience patience;

    Watching(Bags bags, Partners partners, Exchanges exchanges, Telling telling, JournalSettings settings) {
        this.bags = bags;
        this.partners = partners;
        this.exchanges = exchanges;
        this.telling = telling;
        this.patience = new Patience(settings);
    }

    /** Learns what the bag's refunds say about our payments, and then says which of them are ours. */
    public Uni<Ours> learn(String account, long bagId, List<Other> there) {
        return learn(account, bagId, there, null);
    }

    /** The same for the sake of a payment that is about to be sent. */
    Uni<Ours> learn(Call asking, List<Other> there) {
        return learn(asking.account(), asking.bagId(), there, asking.instructionId());
    }

    private Uni<Ours> learn(String account, long bagId, List<Other> there, String asking) {
        if (there.isEmpty()) {
            return bags.ours(account, bagId, asking);
        }
        return bags.watched(account, bagId, there).chain(this::each).chain(() -> bags.ours(account, bagId, asking));
    }

    private Uni<Void> each(List<Call> watched) {
        return Multi.createFrom()
                .iterable(watched)
                .onItem()
                .transformToUniAndConcatenate(this::learn)
                .collect()
                .last()
                .replaceWithVoid();
    }

    private Uni<Void> learn(Call call) {
        Errand errand = partners.accounts().get(call.account()).errand(call.instruction(), call.trace());
        return exchanges.read(call, errand).chain(reading -> learn(call, reading));
    }

    private Uni<Void> learn(Call call, Reading reading) {
        if (!(reading instanceof Reading.Found found) || found.ours().isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        Answer answer = Reports.believed(call, found.ours().get());
        if (!counts(call, answer)) {
            return Uni.createFrom().voidItem();
        }
        Next next = Next.afterTrying(call, answer, patience);
        var report = Reports.of(call, answer, next.state(), List.of());
        return report.isEmpty()
                ? Uni.createFrom().voidItem()
                : bags.learn(call, next, report)
                        .invoke(learned -> {
                            if (learned) {
                                LOG.infof(
                                        "learned instructionId=%s outcome=%s", call.instructionId(), answer.outcome());
                                telling.wake();
                            }
                        })
                        .replaceWithVoid();
    }

    /** What ended without certainty is not begun anew by hearing the same again. Against a person's word only money counts: that some moved which did not, or all where it was a part. */
    private static boolean counts(Call call, Answer answer) {
        if (call.resolution() == null) {
            return call.state() != State.DONE || !call.isReported(answer.outcome());
        }
        return answer.outcome() == COMPLETED
                || (call.resolution().equals("DID_NOT_HAPPEN") && answer.outcome() != DECLINED);
    }
}
