package dev.refundhub.refunds.refund;

import dev.refundhub.refunds.Periodically;
import dev.refundhub.refunds.order.OrderKey;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/** Looks for what has been unfinished for too long: it is said again, or a person must look. Replicas may do it twice at once. */
@ApplicationScoped
class Reminders {

    private static final Logger LOG = Logger.getLogger(Reminders.class);
    private static final int BATCH = 100;

    private final Refunds refunds;
    private final Sellers sellers;
    private final Periodically work;
    private final Duration poll;

    Reminders(
            Refunds refunds, Sellers sellers, Vertx vertx, @ConfigProperty(name = "hub.reminder.poll") Duration poll) {
        this.refunds = refunds;
        this.sellers = sellers;
        this.work = new Periodically("reminders", vertx, this::remindAll);
        this.poll = poll;
    }

    void start(@Observes StartupEvent started) {
        work.start(poll);
    }

    void stop(@Observes ShutdownEvent stopping) {
        work.stop();
    }

    private Uni<Void> remindAll() {
        return refunds.due(BATCH).chain(due -> {
            Uni<Void> all = Uni.createFrom().voidItem();
            for (Map.Entry<Long, OrderKey> each : due.entrySet()) {
                all = all.chain(() -> remind(each.getKey(), each.getValue()));
            }
            return all;
        });
    }

    private Uni<Void> remind(long id, OrderKey key) {
        return refunds.change(List.of(key), books -> refunds.byIds(books.session(), List.of(id))
                        .invoke(found -> found.forEach(refund -> books.keep(
                                refund,
                                refund.remind(
                                        sellers.accounts(key.seller()), new By("refunds-service", null, books.now())))))
                        .replaceWithVoid())
                .onFailure()
                .recoverWithUni(failure -> {
                    LOG.warnf("refundId=%d cannot be reminded of: %s", id, failure.toString());
                    return Uni.createFrom().voidItem();
                });
    }
}
