package dev.refundhub.connectors.journal;

import dev.refundhub.connectors.exchange.SendBy;
import dev.refundhub.connectors.partner.Answer;
import dev.refundhub.connectors.partner.Errand;
import dev.refundhub.connectors.partner.Outcome;
import dev.refundhub.connectors.partner.Reading;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import org.jboss.logging.Logger;

/** Talks to partners: one line and one count for each exchange, never what was in it. */
@ApplicationScoped
class Exchanges {

    private static final Logger LOG = Logger.getLogger(Exchanges.class);

    private final MeterRegistry metrics;

    Exchanges(MeterRegistry metrics) {
        this.metrics = metrics;
    }

    Uni<Reading> read(Call call, Errand errand) {
        long started = System.nanoTime();
        return errand.read(knownAs(call)).invoke(reading -> note("read", call, outcome(reading), started));
    }

    Uni<Answer> send(Call call, Errand errand, String body, SendBy sendBy) {
        long started = System.nanoTime();
        return errand.send(body, sendBy)
                .invoke(answer -> note("send", call, answer.outcome().name(), started));
    }

    /** What the partner has taken it has named. What is unclear is found by our reference or not at all. */
    private static String knownAs(Call call) {
        return call.isReported(Outcome.ACCEPTED) || call.isReported(Outcome.PARTLY)
                ? call.report().partnerRefundId()
                : null;
    }

    private static String outcome(Reading reading) {
        if (reading instanceof Reading.Failed failed) {
            return failed.why().outcome().name();
        }
        return ((Reading.Found) reading).ours().isPresent() ? "FOUND" : "NOT_FOUND";
    }

    private void note(String what, Call call, String outcome, long started) {
        Duration took = Duration.ofNanos(System.nanoTime() - started);
        LOG.infof(
                "exchange what=%s instructionId=%s refundId=%d account=%s outcome=%s ms=%d",
                what, call.instructionId(), call.refundId(), call.account(), outcome, took.toMillis());
        Timer.builder("hub.partner.exchange")
                .description("Exchanges with partners")
                .tag("account", call.account())
                .tag("what", what)
                .tag("outcome", outcome)
                .register(metrics)
                .record(took);
    }
}
