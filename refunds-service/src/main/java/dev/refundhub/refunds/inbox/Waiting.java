package dev.refundhub.refunds.inbox;

import java.util.Set;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Not ready while messages wait for something outside to heal; alive all the same. */
@Readiness
class Waiting implements HealthCheck {

    private final Inbox inbox;

    Waiting(Inbox inbox) {
        this.inbox = inbox;
    }

    @Override
    public HealthCheckResponse call() {
        Set<String> waiting = inbox.waiting();
        return HealthCheckResponse.named("messages are taken")
                .status(waiting.isEmpty())
                .withData("waiting", waiting.toString())
                .build();
    }
}
