package dev.refundhub.gateway.delivery;

import dev.refundhub.gateway.Delivery;
import dev.refundhub.gateway.Reading;
import dev.refundhub.gateway.Reading.Quarantined;
import dev.refundhub.gateway.Reading.Reason;
import dev.refundhub.gateway.Reading.Told;
import dev.refundhub.gateway.source.Sources;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.jboss.logging.Logger;

/** Reads kept deliveries and tells Kafka what they mean; what cannot be told now stays NEW and is taken up again. */
@ApplicationScoped
class Telling {

    private static final Logger LOG = Logger.getLogger(Telling.class);
    private static final long MOST_BYTES_UNDER_WAY = 16 << 20;
    /** Longer than Kafka's own delivery time-out, shorter than a transaction may be idle. */
    private static final Duration TELL_WITHIN = Duration.ofSeconds(12);

    private final Sources sources;
    private final PartnerEvents events;
    private final Deliveries deliveries;
    private final DeliveryMetrics metrics;
    private final AtomicLong bytesUnderWay = new AtomicLong();
    private final Set<UUID> underWay = ConcurrentHashMap.newKeySet();
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

    /** What is being told and marked right now, so nobody else need take it up. */
    Set<UUID> underWay() {
        return Set.copyOf(underWay);
    }

    /** Right after the commit, unless there is too much under way or Kafka is known to be away. */
    void tellNow(Delivery delivery) {
        int size = delivery.body().length();
        if (kafka.inTrouble() || bytesUnderWay.get() + size > MOST_BYTES_UNDER_WAY) {
            return;
        }
        bytesUnderWay.addAndGet(size);
        underWay.add(delivery.id());
        events.inTurn(() -> readAndSend(delivery));
    }

    /**
     * What is told right after the commit takes no detour: there are many of them. Where Kafka has failed while they waited for
     * their turn, each would wait as long as the one before: they stay NEW, and are taken up later.
     */
    private void readAndSend(Delivery delivery) {
        if (kafka.inTrouble()) {
            end(delivery);
            return;
        }
        Reading reading = read(delivery);
        if (reading instanceof Told told) {
            events.send(delivery, told, failure -> sent(delivery, failure));
        } else {
            mark(delivery, untold(delivery, reading));
        }
    }

    private void sent(Delivery delivery, Throwable failure) {
        if (failure == null) {
            kafka.worked();
            mark(delivery, told(delivery));
        } else if (failure instanceof RecordTooLargeException) {
            mark(delivery, quarantined(delivery, Reason.TOO_LARGE));
        } else {
            notTaken(failure);
            end(delivery);
        }
    }

    private void mark(Delivery delivery, Mark mark) {
        deliveries.mark(mark).whenComplete((marked, failure) -> end(delivery));
    }

    private void end(Delivery delivery) {
        underWay.remove(delivery.id());
        bytesUnderWay.addAndGet(-delivery.body().length());
    }

    /** What became of it; fails if Kafka did not take it. */
    Uni<Mark> tell(Delivery delivery) {
        return Uni.createFrom().deferred(() -> readAndTell(delivery));
    }

    private Uni<Mark> readAndTell(Delivery delivery) {
        Reading reading = read(delivery);
        return reading instanceof Told told
                ? events.tell(delivery, told)
                        .ifNoItem()
                        .after(TELL_WITHIN)
                        .fail()
                        .invoke(kafka::worked)
                        .map(taken -> told(delivery))
                        .onFailure(RecordTooLargeException.class)
                        .recoverWithItem(() -> quarantined(delivery, Reason.TOO_LARGE))
                        .onFailure()
                        .invoke(this::notTaken)
                : Uni.createFrom().item(() -> untold(delivery, reading));
    }

    /** What becomes of what is not told. */
    private Mark untold(Delivery delivery, Reading reading) {
        return reading instanceof Quarantined quarantined
                ? quarantined(delivery, quarantined.reason())
                : nothingToTell(delivery);
    }

    /** Whatever goes wrong in reading would go wrong for ever. What the failure says is not logged: it may quote the body. */
    private Reading read(Delivery delivery) {
        try {
            return sources.named(delivery.source()).read(delivery);
        } catch (RuntimeException unforeseen) {
            LOG.errorf(
                    "delivery %s of %s cannot be read: %s at %s",
                    delivery.id(),
                    delivery.source(),
                    unforeseen.getClass().getName(),
                    Stream.of(unforeseen.getStackTrace()).limit(3).toList());
            return new Quarantined(Reason.UNREADABLE);
        }
    }

    private void notTaken(Throwable failure) {
        if (kafka.failed()) {
            LOG.warnf("Kafka does not take what partners say, deliveries stay NEW: %s", failure);
        }
    }

    private Mark told(Delivery delivery) {
        log(Logger.Level.DEBUG, delivery, "told");
        metrics.told(delivery.source());
        return new Mark(delivery.id(), Optional.empty());
    }

    private static Mark nothingToTell(Delivery delivery) {
        log(Logger.Level.DEBUG, delivery, "of no interest");
        return new Mark(delivery.id(), Optional.empty());
    }

    private Mark quarantined(Delivery delivery, Reason reason) {
        log(Logger.Level.INFO, delivery, "quarantined: " + reason);
        metrics.quarantined(delivery.source(), reason);
        return new Mark(delivery.id(), Optional.of(reason));
    }

    /** What goes its way is counted, and listed; a line for each would be the most expensive part of it. */
    private static void log(Logger.Level level, Delivery delivery, String outcome) {
        if (LOG.isEnabled(level)) {
            long millis = Duration.between(delivery.receivedAt(), Instant.now()).toMillis();
            LOG.logf(
                    level,
                    "delivery %s of %s %s, %d ms after it came",
                    delivery.id(),
                    delivery.source(),
                    outcome,
                    millis);
        }
    }
}
