package dev.refundhub.connectors.journal;

import dev.refundhub.connectors.partner.Partners;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.List;

/** A worker for each account: a slow partner keeps nobody waiting but its own. */
@ApplicationScoped
public class Workers {

    private final Vertx vertx;
    private final List<Worker> all;
    private final long pollMillis;
    private long timer;

    Workers(Partners partners, Journal journal, Steps steps, JournalSettings settings, Vertx vertx) {
        this.vertx = vertx;
        this.pollMillis = settings.poll().toMillis();
        this.all = partners.accounts().entrySet().stream()
                .map(account -> new Worker(
                        account.getKey(), account.getValue().callsAtOnce(), journal, steps, vertx.getOrCreateContext()))
                .toList();
    }

    void start(@Observes StartupEvent event) {
        timer = vertx.setPeriodic(pollMillis, tick -> wake());
    }

    void stop(@Observes ShutdownEvent event) {
        vertx.cancelTimer(timer);
    }

    /** There may be something to do. Forgetting this is made good by the next poll. */
    public void wake() {
        all.forEach(Worker::wake);
    }
}
