package dev.refundhub.local.story;

import static dev.refundhub.local.story.Claim.SAMPLER;
import static org.awaitility.Awaitility.await;

import dev.refundhub.local.stack.Directories;
import dev.refundhub.local.stack.FreePorts;
import dev.refundhub.local.stack.Service;
import dev.refundhub.local.stack.Stack;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The packaged services as processes, with everything real around them and simulated partners. */
class EndToEndIT {
    /** What a dead service held is given up soon, so that the test does not wait for it. */
    private static final Map<String, String> IMPATIENT = Map.of(
            "HUB_JOURNAL_LEASE", "2s",
            "HUB_JOURNAL_LOOK_UP", "1s,1s,2s,5s",
            "KAFKA_SESSION_TIMEOUT_MS", "6000",
            "KAFKA_HEARTBEAT_INTERVAL_MS", "1000");

    @TempDir
    Path directory;

    @Test
    void theStoryComesTrue() {
        try (Stack stack = stack(Map.of());
                Story story = new Story(stack, new Narrator(EndToEndIT::print))) {
            story.play();
        }
    }

    @Test
    void everyServiceMayDieInMidStoryAndThereIsOneRefund() {
        try (Stack stack = stack(IMPATIENT);
                Story story = new Story(stack, new Narrator(EndToEndIT::print))) {
            Partners partners = story.partners();
            partners.violetFallsSilentAfterTheNextRefund();
            story.theOrderArrives(SAMPLER);

            story.theClaimArrives(SAMPLER);
            stack.of(Service.GATEWAY).kill();
            restart(stack, Service.GATEWAY);
            await().atMost(Duration.ofSeconds(60))
                    .until(() -> !partners.refunds(SAMPLER.bag()).isEmpty());
            stack.of(Service.CONNECTORS).kill();
            stack.of(Service.REFUNDS).kill();
            restart(stack, Service.CONNECTORS);
            restart(stack, Service.REFUNDS);

            story.itIsPaidAndConfirmedOnce(SAMPLER);
            story.nothingElseHappened(SAMPLER);
        }
    }

    private static void restart(Stack stack, Service service) {
        stack.of(service).start();
        stack.awaitReady(service);
    }

    private static void print(String line) {
        System.out.println(line);
    }

    private Stack stack(Map<String, String> more) {
        Path checkout = Path.of("../..").toAbsolutePath().normalize();
        Directories directories = new Directories(
                checkout, directory.resolve("state"), directory.resolve("state/data"), Path.of("target/it-logs"));
        Stack stack = new Stack(directories, FreePorts.settings(more), EndToEndIT::print);
        try {
            return stack.start();
        } catch (RuntimeException e) {
            stack.close();
            throw e;
        }
    }
}
