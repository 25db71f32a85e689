package dev.refundhub.connectors.look;

import dev.refundhub.connectors.journal.Ours;
import dev.refundhub.connectors.journal.Watching;
import dev.refundhub.connectors.look.Look.Bag;
import dev.refundhub.connectors.partner.Partners;
import dev.refundhub.connectors.partner.Reading;
import dev.refundhub.connectors.report.ReportTopic;
import dev.refundhub.messages.BagRead;
import dev.refundhub.messages.PartnerReport.BagRefund;
import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Function;
import org.jboss.logging.Logger;

/**
 * What is done with the claimed looks into one bag: one look, then what the journal can learn from it, then an answer to
 * each. Whoever dies in between leaves looks that are taken up again when their lease ends.
 */
@ApplicationScoped
class LookSteps {

    private static final Logger LOG = Logger.getLogger(LookSteps.class);

    private final Partners partners;
    private final Watching watching;
    private final Looks looks;
    private final ReportTopic topic;
    private final MeterRegistry metrics;
    private final LookSettings settings;

    LookSteps(
            Partners partners,
            Watching watching,
            Looks looks,
            ReportTopic topic,
            MeterRegistry metrics,
            LookSettings settings) {
        this.partners = partners;
        this.watching = watching;
        this.looks = looks;
        this.topic = topic;
        this.metrics = metrics;
        this.settings = settings;
    }

    Uni<Void> take(List<Look> ofOneBag) {
        Bag bag = ofOneBag.get(0).bag();
        return partners.accounts()
                .get(bag.account())
                .look(bag.violetOrderId(), bag.bagId(), ofOneBag.get(0).trace())
                .chain(reading -> reading instanceof Reading.Found found
                        ? answer(ofOneBag, bag, found.others())
                        : later(ofOneBag, ((Reading.Failed) reading).why().retryAfter()))
                .onFailure()
                .call(failure -> later(ofOneBag, null));
    }

    private Uni<Void> answer(List<Look> ofOneBag, Bag bag, List<Reading.Other> there) {
        Instant readAt = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        return watching.learn(bag.account(), bag.bagId(), there)
                .chain(ours -> each(ofOneBag, look -> tell(look, readAt, marked(there, ours))
                        .chain(() -> looks.end(look))
                        .invoke(() -> note("answered", look))));
    }

    private Uni<Void> tell(Look look, Instant readAt, List<BagRefund> refunds) {
        BagRead read = new BagRead(
                look.instructionId(),
                look.seller(),
                look.orderId(),
                look.account(),
                look.violetOrderId(),
                look.bagId(),
                look.why(),
                readAt,
                refunds);
        String key = look.seller() + "/" + look.orderId();
        return topic.tell(key, look.instructionId() + "/" + look.claimNo(), BagRead.TYPE, look.trace(), read);
    }

    private static List<BagRefund> marked(List<Reading.Other> there, Ours ours) {
        return there.stream().map(other -> other.refund(ours.include(other))).toList();
    }

    /** The partner's own wish for when to come back counts more than ours. */
    private Uni<Void> later(List<Look> ofOneBag, Duration retryAfter) {
        return each(ofOneBag, look -> {
            if (look.age().compareTo(settings.tryFor()) >= 0) {
                note("given up", look);
                return looks.end(look);
            }
            note("failed", look);
            return looks.later(look, retryAfter != null ? retryAfter : pause(look.tries()));
        });
    }

    private Duration pause(int tries) {
        long doubled = settings.backOff().toMillis() << Math.min(tries, 20);
        long millis = Math.min(doubled, settings.backOffMost().toMillis());
        return Duration.ofMillis(millis / 2 + ThreadLocalRandom.current().nextLong(millis / 2 + 1));
    }

    private void note(String how, Look look) {
        LOG.infof(
                "look instructionId=%s account=%s bagId=%d outcome=%s",
                look.instructionId(), look.account(), look.bagId(), how);
        metrics.counter("hub.looks", "account", look.account(), "outcome", how).increment();
    }

    private static Uni<Void> each(List<Look> all, Function<Look, Uni<Void>> step) {
        return Multi.createFrom()
                .iterable(all)
                .onItem()
                .transformToUniAndConcatenate(step::apply)
                .collect()
                .last()
                .replaceWithVoid();
    }
}
