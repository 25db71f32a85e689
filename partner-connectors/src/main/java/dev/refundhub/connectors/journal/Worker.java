package dev.refundhub.connectors.journal;

import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.List;
import org.jboss.logging.Logger;

/** Works on the due rows of one account, so many at once. All of it happens on one event loop. */
final class Worker {

    private static final Logger LOG = Logger.getLogger(Worker.class);

    private final String account;
    private final int callsAtOnce;
    private final Journal journal;
    private final Steps steps;
    private final Context context;
    private final Promise<Void> idle = Promise.promise();
    private int working;
    private boolean claiming;
    private boolean wokenMeanwhile;
    private boolean journalIsAway;
    private boolean stopping;

    Worker(String account, int callsAtOnce, Journal journal, Steps steps, Context context) {
        this.account = account;
        this.callsAtOnce = callsAtOnce;
        this.journal = journal;
        this.steps = steps;
        this.context = context;
    }

    void wake() {
        context.runOnContext(here -> claim());
    }

    /** Takes no more; ends when what was taken has ended. */
    Future<Void> stop() {
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
        if (working < callsAtOnce) {
            claiming = true;
            journal.claim(account, callsAtOnce - working)
                    .emitOn(command -> context.runOnContext(here -> command.run()))
                    .subscribe()
                    .with(this::claimed, this::couldNotClaim);
        }
    }

    private void claimed(List<Call> calls) {
        journalIsAway = false;
        start(calls);
    }

    /** Said once: it is tried again with every poll. */
    private void couldNotClaim(Throwable failure) {
        if (!journalIsAway) {
            LOG.warnf("cannot claim account=%s: %s", account, failure.toString());
        }
        journalIsAway = true;
        start(List.of());
    }

    private void start(List<Call> calls) {
        claiming = false;
        working += calls.size();
        calls.forEach(this::work);
        if (wokenMeanwhile || stopping) {
            wokenMeanwhile = false;
            claim();
        }
    }

    /** What fails here was not settled: the lease ends, and the row says what to do. */
    private void work(Call call) {
        Uni.createFrom()
                .deferred(() -> steps.take(call))
                .emitOn(command -> context.runOnContext(here -> command.run()))
                .subscribe()
                .with(done -> ended(), failure -> {
                    LOG.errorf(failure, "not settled instructionId=%s account=%s", call.instructionId(), account);
                    ended();
                });
    }

    private void ended() {
        working--;
        claim();
    }
}
