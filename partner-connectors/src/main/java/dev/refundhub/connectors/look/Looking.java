package dev.refundhub.connectors.look;

import dev.refundhub.connectors.journal.Worker;
import dev.refundhub.connectors.partner.Partners;
import dev.refundhub.messages.VioletLook;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.List;
import java.util.stream.Collectors;

/** A worker for each account whose bags can be looked into. Looks have calls of their own: no payment waits for one. */
@ApplicationScoped
public class Looking {

    private final Vertx vertx;
    private final List<Worker<List<Look>>> all;
    private final long pollMillis;
    private long timer;

    Looking(Partners partners, Looks looks, LookSteps steps, LookSettings settings, Vertx vertx) {
        this.vertx = vertx;
        this.pollMillis = settings.poll().toMillis();
        this.all = partners.accounts().keySet().stream()
                .filter(account -> partners.take(account, VioletLook.TOPIC))
                .map(account -> new Worker<>(
                        account,
                        settings.atOnce(),
                        atMost -> looks.claim(account, atMost).map(Looking::byBag),
                        steps::take,
                        vertx.getOrCreateContext()))
                .toList();
    }

    void start(@Observes StartupEvent event) {
        timer = vertx.setPeriodic(pollMillis, tick -> wake());
    }

    /** A look may be left behind: it changes nothing, and is taken up again. */
    void stop(@Observes ShutdownEvent event) {
        vertx.cancelTimer(timer);
        all.forEach(Worker::stop);
    }

    /** There may be something to do. Forgetting this is made good by the next poll. */
    public void wake() {
        all.forEach(Worker::wake);
    }

    private static List<List<Look>> byBag(List<Look> looks) {
        return List.copyOf(
                looks.stream().collect(Collectors.groupingBy(Look::bag)).values());
    }
}
