package dev.refundhub.gateway.delivery;

import dev.refundhub.gateway.Reading.Reason;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;

/** What operators see of deliveries; a source that does not exist counts as {@code unknown}. */
@ApplicationScoped
class DeliveryMetrics {

    private final MeterRegistry registry;
    private final Timer commit;
    private final AtomicReference<Double> oldestUntold = new AtomicReference<>(0.0);
    private final AtomicLong inQuarantine = new AtomicLong();
    private final AtomicInteger sourcesOfNobody = new AtomicInteger();
    private final AtomicReference<Instant> lastAnswer = new AtomicReference<>(Instant.now());
    private final List<Gauge> gauges;
    /** As many as there are sources, outcomes and reasons: looking one up in the registry takes longer than counting. */
    private final Map<String, Counter> counters = new ConcurrentHashMap<>();

    @Inject
    DeliveryMetrics(MeterRegistry registry) {
        this.registry = registry;
        this.commit = Timer.builder("hub.delivery.commit")
                .description("from trusted to committed")
                .publishPercentiles(0.5, 0.99)
                .register(registry);
        this.gauges = List.of(
                Gauge.builder("hub.deliveries.untold.age.seconds", oldestUntold::get)
                        .register(registry),
                Gauge.builder("hub.database.silent.seconds", this::secondsOfSilence)
                        .register(registry),
                Gauge.builder("hub.deliveries.untold.unknown.sources", sourcesOfNobody::get)
                        .register(registry),
                Gauge.builder("hub.deliveries.quarantined", inQuarantine::get).register(registry));
    }

    /** The registry outlives the application where one process runs several: the next one has gauges of its own. */
    @PreDestroy
    void leave() {
        gauges.forEach(registry::remove);
    }

    void untrusted(String source) {
        registry.counter("hub.deliveries.untrusted", "source", source).increment();
    }

    void kept(String source, long nanos) {
        commit.record(nanos, TimeUnit.NANOSECONDS);
        count(source, "kept", "");
    }

    void notKept(String source) {
        count(source, "not-kept", "");
    }

    void told(String source) {
        count(source, "told", "");
    }

    void quarantined(String source, Reason reason) {
        count(source, "quarantined", reason.name());
    }

    void oldestUntold(double seconds) {
        oldestUntold.set(seconds);
        lastAnswer.set(Instant.now());
    }

    /** What the other gauges say is as old as this, and a database that is away shows nowhere else. */
    private double secondsOfSilence() {
        return Duration.between(lastAnswer.get(), Instant.now()).toMillis() / 1000.0;
    }

    /** How many sources that are not configured here have deliveries that are not told. */
    void untoldSourcesOfNobody(int sources) {
        sourcesOfNobody.set(sources);
    }

    void inQuarantine(long deliveries) {
        inQuarantine.set(deliveries);
    }

    private void count(String source, String outcome, String reason) {
        counters.computeIfAbsent(
                        String.join("/", source, outcome, reason),
                        none -> registry.counter(
                                "hub.deliveries", "source", source, "outcome", outcome, "reason", reason))
                .increment();
    }
}
