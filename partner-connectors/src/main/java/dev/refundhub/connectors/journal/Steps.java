package dev.refundhub.connectors.journal;

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

/**
 * What is done with a claimed call: read, write down the attempt, send, write down what came of it. It may end between any
 * two of these; whoever claims the call next sees by its state how far it may have come.
 */
@ApplicationScoped
class Steps {

    private final Journal journal;
    private final Partners partners;
    private final Exchanges exchanges;
    private final JournalSettings settings;
    private final Patience patience;
    private final Settling settling;

    Steps(Journal journal, Settling settling, Partners partners, Exchanges exchanges, JournalSettings settings) {
        this.journal = journal;
        this.settling = settling;
        this.partners = partners;
        this.exchanges = exchanges;
        this.settings = settings;
        this.patience = new Patience(settings);
    }

    Uni<Void> take(Call call) {
        Errand errand = partners.accounts().get(call.account()).errand(call.instruction());
        return switch (call.state()) {
            case DUE -> exchanges.read(call, errand).chain(reading -> carryOut(call, errand, reading));
            case SENT -> nobodyHeard(call);
            case ASKING -> exchanges.read(call, errand).chain(reading -> lookUp(call, reading));
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
        return strangers(call, found.others())
                .chain(strangers -> strangers.isEmpty()
                        ? send(call, errand)
                        : settling.settle(call, Answer.of(NOT_SENT, "FOUND_OTHERS"), Next.done(), strangers));
    }

    /** Money that somebody else moved is booked before ours is sent: refunds-service decides again. */
    private Uni<List<BagRefund>> strangers(Call call, List<Reading.Other> others) {
        if (others.isEmpty()) {
            return Uni.createFrom().item(List.of());
        }
        return journal.ours(call).map(ours -> others.stream()
                .filter(other -> !ours.include(other))
                .map(Reading.Other::refund)
                .toList());
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

    private Uni<Void> lookUp(Call call, Reading reading) {
        Answer known = Reports.known(call.report());
        if (reading instanceof Reading.Failed) {
            return settling.settle(call, known, Next.afterFailing(call, patience), List.of());
        }
        return ((Reading.Found) reading)
                .ours()
                .map(ours -> found(call, Reports.believed(call, ours)))
                .orElseGet(() -> settling.settle(call, known, Next.afterNothingNew(call, patience), List.of()));
    }

    private Uni<Void> found(Call call, Answer ours) {
        return settling.settle(call, ours, Next.afterFinding(call, ours, patience), List.of());
    }

    private Uni<Void> settle(Call call, Answer answer) {
        return settling.settle(call, answer, Next.afterTrying(call, answer, patience), List.of());
    }
}
