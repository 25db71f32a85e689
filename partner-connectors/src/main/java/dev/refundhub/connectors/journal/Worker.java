package dev.refundhub.connectors.journal;

import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.List;
import java.util.function.Function;
import java.util.function.IntFunction;
import org.jboss.logging.Logger;

/**
 * Works on what is due for one account, so much at once. All of it happens on one event loop.
 *
 * @param <T> a piece of work
 */
public final class Worker<T> {

    private static final Logger LOG = Logger.getLogger(Worker.class);

    private final String account;
    private final int atOnce;
    private final IntFunction<Uni<List<T>>> due;
    private final Function<T, Uni<Void>> step;
    private final Context context;
    private final Promise<Void> idle = Promise.promise();
    private int working;
    private boolean claiming;
    private boolean wokenMeanwhile;
    private boolean journalIsAway;
    private boolean stopping;

    /**
     * @param due takes so many pieces of work, or fewer
     * @param step does one
     */
    public Worker(
            String account, int atOnce, IntFunction<Uni<List<T>>> due, Function<T, Uni<Void>> step, Context context) {
        this.account = account;
        this.atOnce = atOnce;
        this.due = due;
        this.step = step;
        this.context = context;
    }

    /** There may be something to do. */
    public void wake() {
        context.runOnContext(here -> claim());
    }

    /** Takes no more; ends when what was taken has ended. */
    public Future<Void> stop() {
        context.runOnContext(here -> {
            stopping = true;
            endIfIdle();
        });
        return idle.future();
    }

    private void endIfIdle() {
        if (stopping && working == 0 && !claiming) {
            idle.tryComplete();
        }
    }

    private void claim() {
        if (stopping) {
            endIfIdle();
            return;
        }
        if (claiming) {
            wokenMeanwhile = true;
            return;
        }
        if (working < atOnce) {
            claiming = true;
            due.apply(atOnce - working)
                    .emitOn(command -> context.runOnContext(here -> command.run()))
                    .subscribe()
                    .with(this::claimed, this::couldNotClaim);
        }
    }

    private void claimed(List<T> pieces) {
        journalIsAway = false;
        start(pieces);
    }

    /** Said once: it is tried again with every poll. */
    private void couldNotClaim(Throwable failure) {
        if (!journalIsAway) {
            LOG.warnf("cannot claim account=%s: %s", account, failure.toString());
        }
        journalIsAway = true;
        start(List.of());
    }

    private void start(List<T> pieces) {
        claiming = false;
        working += pieces.size();
        pieces.forEach(this::work);
        if (wokenMeanwhile || stopping) {
            wokenMeanwhile = false;
            claim();
        }
    }

    /** What fails here was not settled: the lease ends, and the row says what to do. */
    private void work(T piece) {
        Uni.createFrom()
                .deferred(() -> step.apply(piece))
                .emitOn(command -> context.runOnContext(here -> command.run()))
                .subscribe()
                .with(done -> ended(), failure -> {
                    LOG.errorf(failure, "not settled account=%s", account);
                    ended();
                });
    }

    private void ended() {
        working--;
        claim();
    }
}
