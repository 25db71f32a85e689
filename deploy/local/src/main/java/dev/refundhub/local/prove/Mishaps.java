package dev.refundhub.local.prove;

import dev.refundhub.local.stack.Fleet;
import java.time.Duration;
import java.util.Random;

/** Kills a worker and starts it again, or freezes it for longer than its claims last; one after the other; which, by seeded dice. */
final class Mishaps implements AutoCloseable {
    private static final Duration FROZEN = Duration.ofSeconds(4);

    private final Thread happening = new Thread(this::happen, "mishaps");
    private final Fleet fleet;
    private final int workers;
    private final Duration between;
    private final Random random;
    private int killed;
    private int frozen;

    Mishaps(Fleet fleet, int workers, Duration between, long seed) {
        this.fleet = fleet;
        this.workers = workers;
        this.between = between;
        this.random = new Random(seed);
    }

    Mishaps begin() {
        happening.start();
        return this;
    }

    private void happen() {
        try {
            Thread.sleep(between.toMillis());
            while (true) {
                Thread.sleep(between.toMillis());
                next(fleet.members().get(random.nextInt(workers)));
            }
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
        }
    }

    private void next(Fleet.Member worker) throws InterruptedException {
        if (killed <= frozen) {
            worker.kill();
            worker.start();
            killed++;
        } else {
            worker.freeze();
            frozen++;
            try {
                Thread.sleep(FROZEN.toMillis());
            } finally {
                worker.thaw();
            }
        }
    }

    /** Whether anything happened at all. */
    boolean happened() {
        return killed + frozen > 0;
    }

    @Override
    public String toString() {
        return killed + " killed, " + frozen + " frozen";
    }

    @Override
    public void close() {
        happening.interrupt();
        try {
            happening.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
