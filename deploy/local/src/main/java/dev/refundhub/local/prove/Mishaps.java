package dev.refundhub.local.prove;

import dev.refundhub.local.stack.Crew;
import java.time.Duration;
import java.util.Random;

/** Kills a worker and starts it again, or freezes it for longer than its claims last; one after the other; which, by seeded dice. */
final class Mishaps implements AutoCloseable {
    private static final Duration FROZEN = Duration.ofSeconds(4);

    private final Thread happening = new Thread(this::happen, "mishaps");
    private final Crew crew;
    private final int workers;
    private final Duration between;
    private final Random random;
    private int killed;
    private int frozen;

    Mishaps(Crew crew, int workers, Duration between, long seed) {
        this.crew = crew;
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
                next(random.nextInt(workers));
            }
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
        }
    }

    private void next(int worker) throws InterruptedException {
        if (killed <= frozen) {
            crew.kill(worker);
            crew.restart(worker);
            killed++;
        } else {
            crew.freeze(worker);
            frozen++;
            try {
                Thread.sleep(FROZEN.toMillis());
            } finally {
                crew.thaw(worker);
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
