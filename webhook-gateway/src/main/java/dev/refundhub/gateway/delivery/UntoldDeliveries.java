package dev.refundhub.gateway.delivery;

import dev.refundhub.gateway.Delivery;
import dev.refundhub.gateway.delivery.Deliveries.Mark;
import dev.refundhub.gateway.delivery.Deliveries.TakenUp;
import dev.refundhub.gateway.source.Sources;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import org.jboss.logging.Logger;

/** Deliveries that were kept but not told in time: a process died, or Kafka was away. */
@ApplicationScoped
class UntoldDeliveries {

    private static final Logger LOG = Logger.getLogger(UntoldDeliveries.class);
    private static final int MOST_AT_ONCE = 128;
    private static final int A_FEW = 4;
    /** Longer than Kafka's own delivery time-out, shorter than a transaction may be idle. */
    private static final Duration TELL_WITHIN = Duration.ofSeconds(15);

    private final Deliveries deliveries;
    private final Telling telling;
    private final Sources sources;
    private final DeliverySettings settings;
    private final DeliveryMetrics metrics;

    @Inject
    UntoldDeliveries(
            Deliveries deliveries,
            Telling telling,
            Sources sources,
            DeliverySettings settings,
            DeliveryMetrics metrics) {
        this.deliveries = deliveries;
        this.telling = telling;
        this.sources = sources;
        this.settings = settings;
        this.metrics = metrics;
    }

    @Scheduled(every = "{hub.delivery.take-up-every}", concurrentExecution = ConcurrentExecution.SKIP)
    Uni<Void> takeUp() {
        return telling.kafka().mayTry()
                ? orNextTime(someOrAll())
                : Uni.createFrom().voidItem();
    }

    @Scheduled(every = "{hub.delivery.take-up-every}", concurrentExecution = ConcurrentExecution.SKIP)
    Uni<Void> measure() {
        return orNextTime(deliveries.secondsOldestIsUntold().invoke(metrics::oldestUntold));
    }

    private static Uni<Void> orNextTime(Uni<?> work) {
        return work.replaceWithVoid()
                .onFailure()
                .invoke(failure -> LOG.warnf("untold deliveries cannot be looked for: %s", failure))
                .onFailure()
                .recoverWithNull();
    }

    /** Where Kafka did not answer last time, a few try whether it does now: one alone might be what it will never take. */
    private Uni<TakenUp> someOrAll() {
        return Uni.createFrom()
                .deferred(() -> deliveries.takeUp(
                        telling.kafka().inTrouble() ? A_FEW : MOST_AT_ONCE,
                        settings.takeUpAfter(),
                        sources.names(),
                        this::tell))
                .repeat()
                .whilst(TakenUp::allOfMany)
                .collect()
                .last();
    }

    private Uni<List<Mark>> tell(List<Delivery> untold) {
        return Multi.createFrom()
                .iterable(untold)
                .onItem()
                .transformToUni(delivery -> telling.tell(delivery).onFailure().recoverWithNull())
                .merge(MOST_AT_ONCE)
                .collect()
                .asList()
                .ifNoItem()
                .after(TELL_WITHIN)
                .recoverWithItem(List.of());
    }
}
