package dev.refundhub.local.prove;

import dev.refundhub.local.stack.Fleet;
import dev.refundhub.local.stack.Service;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/** How many payments one process of the connectors makes while Violet answers at once, and what each costs. */
public final class ConnectorsPace {
    private static final Duration LIMIT = Duration.ofMinutes(10);

    private final Fleet fleet;
    private final int count;
    private final Consumer<String> say;

    public ConnectorsPace(Fleet fleet, int count, Consumer<String> say) {
        this.fleet = fleet;
        this.count = count;
        this.say = say;
    }

    /**
     * Pays twice as many as counted: the first half warms up.
     *
     * @return what did not hold; empty where everything did
     */
    public List<String> run() {
        String violet = fleet.settings().violetSimulator();
        Payments payments = new Payments(2 * count, violet);
        payments.tellViolet();
        Fleet.Member worker = fleet.hire(Service.CONNECTORS);
        Payments.order(fleet.settings().kafka(), payments.all().subList(0, count));
        await(count);
        Duration before = worker.processorTime();
        long started = System.nanoTime();
        Payments.order(fleet.settings().kafka(), payments.all().subList(count, 2 * count));
        await(2 * count);
        double seconds = (System.nanoTime() - started) / 1e9;
        Duration cost = worker.processorTime().minus(before);
        say.accept("%d payments in %.1f s: %.0f per second, %.2f ms of a processor each"
                .formatted(count, seconds, count / seconds, cost.toMillis() / (double) count));
        return Verdict.of(fleet.settings().databases(), violet).faults();
    }

    private void await(int ended) {
        long end = System.nanoTime() + LIMIT.toNanos();
        while (ConnectorsProof.done(fleet.settings().databases()) < ended && System.nanoTime() < end) {
            try {
                Thread.sleep(50);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            }
        }
    }
}
