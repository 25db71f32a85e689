package dev.refundhub.local.simulator;

import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;

/** Lets every answer wait until the ledger is on the disk; what waits together shares one fsync. */
final class Disk {

    private final Vertx vertx;
    private final Ledger ledger;
    private List<Runnable> waiting = new ArrayList<>();
    private boolean busy;

    Disk(Vertx vertx, Ledger ledger) {
        this.vertx = vertx;
        this.ledger = ledger;
    }

    /** Goes on when everything that is in the ledger now is on the disk. */
    void then(Runnable next) {
        if (!busy && !ledger.wasWritten()) {
            next.run();
            return;
        }
        waiting.add(next);
        if (!busy) {
            sync();
        }
    }

    private void sync() {
        List<Runnable> served = waiting;
        waiting = new ArrayList<>();
        busy = true;
        Callable<Boolean> force = () -> {
            ledger.force();
            return true;
        };
        vertx.executeBlocking(force).onSuccess(done -> synced(served)).onFailure(Disk::lost);
    }

    private void synced(List<Runnable> served) {
        busy = false;
        if (!waiting.isEmpty()) {
            sync();
        }
        served.forEach(Runnable::run);
    }

    /** Nobody is answered any more: what cannot be kept must not be told. */
    private static void lost(Throwable failure) {
        throw new IllegalStateException("the ledger cannot be written", failure);
    }
}
