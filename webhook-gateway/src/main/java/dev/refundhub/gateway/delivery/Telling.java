package dev.refundhub.gateway.delivery;

import dev.refundhub.gateway.Delivery;
import dev.refundhub.gateway.Reading;
import dev.refundhub.gateway.Reading.Quarantined;
import dev.refundhub.gateway.Reading.Reason;
import dev.refundhub.gateway.Reading.Told;
import dev.refundhub.gateway.delivery.Deliveries.Mark;
import dev.refundhub.gateway.source.Sources;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.jboss.logging.Logger;

/** Reads kept deliveries and tells Kafka what they mean; what cannot be told now stays NEW and is taken up again. */
@ApplicationScoped
class Telling {

    private static final Logger LOG = Logger.getLogger(Telling.class);
    private static final long MOST_BYTES_UNDER_WAY = 16 << 20;

    private final Sources sources;
    private final PartnerEvents events;
    private final Deliveries deliveries;
    private final DeliveryMetrics metrics;
    private final AtomicLong bytesUnderWay = new AtomicLong();
    private final BackOff kafka = new BackOff(Duration.ofSeconds(1), Duration.ofSeconds(10));

    @Inject
    Telling(Sources sources, PartnerEvents events, Deliveries deliveries, DeliveryMetrics metrics) {
        this.sources = sources;
        this.events = events;
        this.deliveries = deliveries;
        this.metrics = metrics;
    }

    /** How Kafka answers. */
    BackOff kafka() {
        return kafka;
    }

    /** Right after the commit, unless there is too much under way or Kafka is known to be away. */
    void tellNow(Delivery delivery) {
        int size = delivery.body().length();
        if (kafka.inTrouble() || bytesUnderWay.get() + size > MOST_BYTES_UNDER_WAY) {
            return;
        }
        bytesUnderWay.addAndGet(size);
        tell(delivery)
                .onTermination()
                .invoke(() -> bytesUnderWay.addAndGet(-size))
                .chain(deliveries::mark)
                .subscribe()
                .with(marked -> {}, failure -> LOG.debugf("delivery %s stays NEW: %s", delivery.id(), failure));
    }

    /** What became of it; fails if Kafka did not take it. */
    Uni<Mark> tell(Delivery delivery) {
        return Uni.createFrom().deferred(() -> readAndTell(delivery));
    }

    private Uni<Mark> readAndTell(Delivery delivery) {
        Reading reading = sources.named(delivery.source()).read(delivery);
        return reading instanceof Told told
                ? events.tell(delivery, told)
                        .onFailure()
                        .invoke(this::notTaken)
                        .invoke(kafka::worked)
                        .map(taken -> told(delivery))
                : Uni.createFrom().item(quarantined(delivery, ((Quarantined) reading).reason()));
    }

    private void notTaken(Throwable failure) {
        if (kafka.failed()) {
            LOG.warnf("Kafka does not take what partners say, deliveries stay NEW: %s", failure);
        }
    }

    private Mark told(Delivery delivery) {
        metrics.told(delivery.source());
        return new Mark(delivery.id(), Optional.empty());
    }

    private Mark quarantined(Delivery delivery, Reason reason) {
        LOG.infof("delivery %s of %s quarantined: %s", delivery.id(), delivery.source(), reason);
        metrics.quarantined(delivery.source(), reason);
        return new Mark(delivery.id(), Optional.of(reason));
    }
}
