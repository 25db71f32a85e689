package dev.refundhub.gateway.delivery;

import dev.refundhub.gateway.Delivery;
import dev.refundhub.gateway.delivery.Deliveries.TakenUp;
import dev.refundhub.gateway.delivery.Deliveries.Wanted;
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

    private final Deliveries deliveries;
    private final Telling telling;
    private final Sources sources;
    private final DeliverySettings settings;
    private final DeliveryMetrics metrics;
    private final BackOff postgres = new BackOff(Duration.ofSeconds(5), Duration.ofMinutes(1));

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
        return orNextTime(deliveries.secondsOldestIsUntold(sources.names()).invoke(metrics::oldestUntold));
    }

    /** A replica with more sources may tell them; if there is none, a person has to know. */
    @Scheduled(every = "1m", concurrentExecution = ConcurrentExecution.SKIP)
    Uni<Void> lookForStrangers() {
        return orNextTime(deliveries
                .untoldOfOthersThan(sources.names())
                .invoke(UntoldDeliveries::warn)
                .invoke(strangers -> metrics.untoldSourcesOfNobody(strangers.size())));
    }

    @Scheduled(every = "1m", concurrentExecution = ConcurrentExecution.SKIP)
    Uni<Void> count() {
        return orNextTime(deliveries.quarantined().invoke(metrics::inQuarantine));
    }

    private static void warn(List<String> strangers) {
        if (!strangers.isEmpty()) {
            LOG.warnf("deliveries stay NEW here whose sources are not configured here: %s", strangers);
        }
    }

    private Uni<Void> orNextTime(Uni<?> work) {
        return work.invoke(postgres::worked)
                .onFailure()
                .invoke(this::notFound)
                .replaceWithVoid()
                .onFailure()
                .recoverWithNull();
    }

    /** Said once in a while, tried every time. */
    private void notFound(Throwable failure) {
        if (postgres.failed()) {
            LOG.warnf("untold deliveries cannot be looked for: %s", failure);
        }
    }

    /** As long as there are more and all could be told. */
    private Uni<TakenUp> someOrAll() {
        return Uni.createFrom()
                .deferred(() -> deliveries.takeUp(wanted(), this::tell))
                .repeat()
                .whilst(TakenUp::allOfMany)
                .collect()
                .last();
    }

    /** Where Kafka did not answer last time, a few try whether it does now: one alone might be what it will never take. */
    private Wanted wanted() {
        return new Wanted(
                telling.kafka().inTrouble() ? A_FEW : MOST_AT_ONCE,
                settings.takeUpAfter(),
                sources.names(),
                telling.underWay());
    }

    /** Each has its own time, so that those that are told are marked. */
    Uni<List<Mark>> tell(List<Delivery> untold) {
        return Multi.createFrom()
                .iterable(untold)
                .onItem()
                .transformToUni(delivery -> telling.tell(delivery).onFailure().recoverWithNull())
                .merge(MOST_AT_ONCE)
                .collect()
                .asList();
    }
}
