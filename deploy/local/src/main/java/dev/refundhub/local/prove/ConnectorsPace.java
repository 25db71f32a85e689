package dev.refundhub.local.prove;

import dev.refundhub.local.stack.Crew;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/** How many payments one process of the connectors makes while Violet answers at once, and what each costs. */
public final class ConnectorsPace {
    private static final Duration LIMIT = Duration.ofMinutes(10);

    private final Crew crew;
    private final int count;
    private final Consumer<String> say;

    public ConnectorsPace(Crew crew, int count, Consumer<String> say) {
        this.crew = crew;
        this.count = count;
        this.say = say;
    }

    /**
     * Pays twice as many as counted: the first half warms up.
     *
     * @return what did not hold; empty where everything did
     */
    public List<String> run() {
        String violet = crew.settings().violetSimulator();
        Payments payments = new Payments(2 * count, violet);
        payments.tellViolet();
        int worker = crew.hire();
        Payments.order(crew.settings().kafka(), payments.all().subList(0, count));
        await(count);
        Duration before = crew.processorTime(worker);
        long started = System.nanoTime();
        Payments.order(crew.settings().kafka(), payments.all().subList(count, 2 * count));
        await(2 * count);
        double seconds = (System.nanoTime() - started) / 1e9;
        Duration cost = crew.processorTime(worker).minus(before);
        say.accept("%d payments in %.1f s: %.0f per second, %.2f ms of a processor each"
                .formatted(count, seconds, count / seconds, cost.toMillis() / (double) count));
        return Verdict.of(crew.settings().databases(), violet).faults();
    }

    private void await(int ended) {
        long end = System.nanoTime() + LIMIT.toNanos();
        while (ConnectorsProof.done(crew.settings().databases()) < ended && System.nanoTime() < end) {
            try {
                Thread.sleep(50);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            }
        }
    }
}
