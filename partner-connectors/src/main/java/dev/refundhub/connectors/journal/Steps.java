package dev.refundhub.connectors.journal;

import static dev.refundhub.connectors.partner.Outcome.COMPLETED;
import static dev.refundhub.connectors.partner.Outcome.NOT_SENT;
import static dev.refundhub.connectors.partner.Outcome.UNCLEAR;

import dev.refundhub.connectors.exchange.SendBy;
import dev.refundhub.connectors.partner.Answer;
import dev.refundhub.connectors.partner.Errand;
import dev.refundhub.connectors.partner.Partners;
import dev.refundhub.connectors.partner.Reading;
import dev.refundhub.messages.PartnerReport.BagRefund;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * What is done with a claimed call: read, write down the attempt, send, write down what came of it. It may end between any
 * two of these; whoever claims the call next sees by its state how far it may have come.
 */
@ApplicationScoped
class Steps {

    private static final Logger LOG = Logger.getLogger(Steps.class);

    private final Journal journal;
    private final Bags bags;
    private final Watching watching;
    private final Partners partners;
    private final Exchanges exchanges;
    private final JournalSettings settings;
    private final Patience patience;
    private final Settling settling;

    Steps(
            Journal journal,
            Bags bags,
            Watching watching,
            Settling settling,
            Partners partners,
            Exchanges exchanges,
            JournalSettings settings) {
        this.journal = journal;
        this.bags = bags;
        this.watching = watching;
        this.settling = settling;
        this.partners = partners;
        this.exchanges = exchanges;
        this.settings = settings;
        this.patience = new Patience(settings);
    }

    Uni<Void> take(Call call) {
        return work(call).onFailure().invoke(() -> LOG.errorf("not settled instructionId=%s", call.instructionId()));
    }

    private Uni<Void> work(Call call) {
        Errand errand = partners.accounts().get(call.account()).errand(call.instruction(), call.trace());
        return switch (call.state()) {
            case DUE -> exchanges.read(call, errand).chain(reading -> carryOut(call, errand, reading));
            case SENT -> nobodyHeard(call);
            case ASKING -> exchanges.read(call, errand).chain(reading -> lookUp(call, errand, reading));
            case DONE -> Uni.createFrom().voidItem();
        };
    }

    private Uni<Void> carryOut(Call call, Errand errand, Reading reading) {
        if (reading instanceof Reading.Failed failed) {
            return settle(call, failed.why());
        }
        Reading.Found found = (Reading.Found) reading;
        if (found.ours().isPresent()) {
            return settle(call, found.ours().get());
        }
        return found.others().isEmpty()
                ? send(call, errand)
                : watching.learn(call, found.others()).chain(ours -> beside(call, errand, found.others(), ours));
    }

    /**
     * Money that somebody else moved is booked before ours is sent: refunds-service decides again. Nor is anything sent
     * where a payment that was said not to have happened turns up, or another try of the same refund: what is to be paid may be the
     * same once more.
     */
    private Uni<Void> beside(Call call, Errand errand, List<Reading.Other> others, Ours ours) {
        List<BagRefund> strangers = strangers(others, ours);
        if (!strangers.isEmpty()) {
            return settling.settle(call, Answer.of(NOT_SENT, "FOUND_OTHERS"), Next.done(), strangers);
        }
        return others.stream().anyMatch(ours::areLate)
                ? settling.settle(call, Answer.of(NOT_SENT, "FOUND_LATE"), Next.done(), List.of())
                : send(call, errand);
    }

    private static List<BagRefund> strangers(List<Reading.Other> others, Ours ours) {
        return others.stream()
                .filter(other -> !ours.include(other))
                .map(Reading.Other::refund)
                .toList();
    }

    private Uni<Void> send(Call call, Errand errand) {
        String body = errand.body();
        SendBy sendBy = SendBy.within(settings.sendWithin());
        return journal.attempt(call, Sha256.hex(body))
                .onFailure()
                .recoverWithUni(failure -> notWrittenDown(call, failure).replaceWith(Optional.empty()))
                .chain(attempt -> attempt.isEmpty()
                        ? Uni.createFrom().voidItem()
                        : exchanges
                                .send(call, errand, body, sendBy)
                                .chain(answer -> settleAttempt(call, attempt.get(), answer)));
    }

    /**
     * Whatever became of the commit, nothing was sent after it. Only where the database knows of an attempt already is
     * nothing let go: that one may have left us.
     */
    private Uni<Void> notWrittenDown(Call call, Throwable failure) {
        return Journal.isUniqueViolation(failure) ? nobodyHeard(call) : letGo(call);
    }

    private Uni<Void> letGo(Call call) {
        return settleAttempt(call, Attempt.next(call, null, null), Answer.of(NOT_SENT, "JOURNAL_UNREACHABLE"));
    }

    private Uni<Void> settleAttempt(Call call, Attempt attempt, Answer answer) {
        Attempt ended = attempt.ended(answer);
        Next next = Next.afterTrying(call, answer, patience);
        return settling.settle(call.with(ended), Optional.of(ended), answer, next, List.of());
    }

    private Uni<Void> nobodyHeard(Call call) {
        Answer unheard = Answer.of(UNCLEAR, "NOBODY_HEARD");
        return call.isRepeatable() ? settling.settle(call, unheard, Next.again(), List.of()) : settle(call, unheard);
    }

    private Uni<Void> lookUp(Call call, Errand errand, Reading reading) {
        Answer known = Reports.known(call.report());
        if (reading instanceof Reading.Failed) {
            return settling.settle(call, known, Next.afterFailing(call, patience), List.of());
        }
        Reading.Found found = (Reading.Found) reading;
        Answer answer = found.ours().map(ours -> Reports.believed(call, ours)).orElse(known);
        Next next = found.ours().isPresent()
                ? Next.afterFinding(call, answer, patience)
                : Next.afterNothingNew(call, patience);
        return settle(call, errand, answer, next, found.others());
    }

    /** Where it ends without certainty, a person is shown what might be it. */
    private Uni<Void> settle(Call call, Errand errand, Answer answer, Next next, List<Reading.Other> others) {
        boolean forAPerson = next.state() == State.DONE && answer.outcome() != COMPLETED && !others.isEmpty();
        return forAPerson
                ? bags.ours(call.account(), call.bagId(), null)
                        .map(ours -> lookAlikes(errand, strangers(others, ours)))
                        .chain(found -> settling.settle(call, answer, next, found))
                : settling.settle(call, answer, next, List.of());
    }

    private static List<BagRefund> lookAlikes(Errand errand, List<BagRefund> strangers) {
        return strangers.stream()
                .filter(refund -> refund.amountMinor() != null && refund.amountMinor() == errand.amountMinor())
                .toList();
    }

    private Uni<Void> settle(Call call, Answer answer) {
        return settling.settle(call, answer, Next.afterTrying(call, answer, patience), List.of());
    }
}
