package dev.refundhub.local.prove.row;

import dev.refundhub.local.prove.agent.Point;
import dev.refundhub.local.prove.check.Checker;
import dev.refundhub.local.prove.check.Sampler;
import dev.refundhub.local.prove.load.Load;
import dev.refundhub.local.stack.Fleet;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Where a row is played.
 *
 * @param dice of this row
 * @param orders in which file a member finds its order to halt
 * @param began when the load did
 * @param points at which somebody may be halted
 * @param brokerAway for how long a broker that is stopped stays away
 */
record Scene(
        Fleet fleet,
        Load load,
        Checker checker,
        Sampler sampler,
        Random dice,
        Path orders,
        Instant began,
        Set<Point> points,
        Duration brokerAway,
        Consumer<String> say) {

    Fleet.Member any(dev.refundhub.local.stack.Service service) {
        var members = fleet.of(service);
        return members.get(dice.nextInt(members.size()));
    }

    static void pause(Duration howLong) throws InterruptedException {
        Thread.sleep(howLong.toMillis());
    }

    static void pause(long seconds) throws InterruptedException {
        pause(Duration.ofSeconds(seconds));
    }
}
