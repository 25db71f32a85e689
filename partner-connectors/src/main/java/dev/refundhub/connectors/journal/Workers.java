package dev.refundhub.connectors.journal;

import dev.refundhub.connectors.partner.Partners;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jboss.logging.Logger;

/** A worker for each account: a slow partner keeps nobody waiting but its own. */
@ApplicationScoped
public class Workers {

    private static final Logger LOG = Logger.getLogger(Workers.class);
    private static final Duration LONGEST_STOP = Duration.ofSeconds(15);

    private final Vertx vertx;
    private final List<Worker<Call>> all;
    private final long pollMillis;
    private long timer;

    Workers(Partners partners, Journal journal, Steps steps, JournalSettings settings, Vertx vertx) {
        this.vertx = vertx;
        this.pollMillis = settings.poll().toMillis();
        this.all = partners.accounts().entrySet().stream()
                .map(account -> new Worker<>(
                        account.getKey(),
                        account.getValue().callsAtOnce(),
                        atMost -> journal.claim(account.getKey(), atMost),
                        steps::take,
                        vertx.getOrCreateContext()))
                .toList();
    }

    void start(@Observes StartupEvent event) {
        timer = vertx.setPeriodic(pollMillis, tick -> wake());
    }

    /** A call that is under way is waited for: who leaves it behind leaves somebody to look it up. */
    void stop(@Observes ShutdownEvent event) throws InterruptedException, ExecutionException {
        vertx.cancelTimer(timer);
        try {
            Future.all(all.stream().map(Worker::stop).toList())
                    .toCompletionStage()
                    .toCompletableFuture()
                    .get(LONGEST_STOP.toSeconds(), TimeUnit.SECONDS);
        } catch (TimeoutException tooLong) {
            LOG.warn("stopped with calls under way: they will be looked up");
        }
    }

    /** There may be something to do. Forgetting this is made good by the next poll. */
    public void wake() {
        all.forEach(Worker::wake);
    }
}
