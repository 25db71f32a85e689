package dev.refundhub.refunds;

import io.quarkus.vertx.core.runtime.context.VertxContextSafetyToggle;
import io.smallrye.common.vertx.VertxContext;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.mutiny.core.Vertx;
import java.time.Duration;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/** Work that opens database sessions, done again and again: never twice at once, and each time in a context of its own. */
public final class Periodically {

    private static final Logger LOG = Logger.getLogger(Periodically.class);

    private final String what;
    private final Vertx vertx;
    private final Supplier<Uni<Void>> work;
    private volatile boolean busy;
    private volatile boolean stopped;

    /**
     * Not begun yet.
     *
     * @param what is said to wait where it fails
     */
    public Periodically(String what, Vertx vertx, Supplier<Uni<Void>> work) {
        this.what = what;
        this.vertx = vertx;
        this.work = work;
    }

    public void start(Duration poll) {
        vertx.setPeriodic(poll.toMillis(), timer -> begin());
    }

    /** What is under way ends by itself. */
    public void stop() {
        stopped = true;
    }

    /** For work that would otherwise go on for long. */
    public boolean isStopped() {
        return stopped;
    }

    private void begin() {
        if (busy || stopped) {
            return;
        }
        busy = true;
        Context context =
                VertxContext.createNewDuplicatedContext(vertx.getDelegate().getOrCreateContext());
        VertxContextSafetyToggle.setContextSafe(context, true);
        context.runOnContext(nothing -> work.get().subscribe().with(done -> busy = false, failure -> {
            LOG.warnf("%s waits: %s", what, failure.toString());
            busy = false;
        }));
    }
}
