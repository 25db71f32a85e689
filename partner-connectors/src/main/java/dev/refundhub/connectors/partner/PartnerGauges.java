package dev.refundhub.connectors.partner;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.ArrayList;
import java.util.List;

/** Which partners are left alone at the moment: {@code hub_partner_left_alone} is 1 for an account whose breaker is open. */
@ApplicationScoped
class PartnerGauges {

    private final Partners partners;
    private final MeterRegistry metrics;
    private final List<Gauge> gauges = new ArrayList<>();

    PartnerGauges(Partners partners, MeterRegistry metrics) {
        this.partners = partners;
        this.metrics = metrics;
    }

    void start(@Observes StartupEvent event) {
        partners.accounts()
                .forEach((name, partner) ->
                        gauges.add(Gauge.builder("hub.partner.left.alone", partner, p -> p.isLeftAlone() ? 1 : 0)
                                .tag("account", name)
                                .register(metrics)));
    }

    /** The registry outlives the application where one process runs several: the next one has gauges of its own. */
    @PreDestroy
    void leave() {
        gauges.forEach(metrics::remove);
    }
}
