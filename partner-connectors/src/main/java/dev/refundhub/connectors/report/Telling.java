package dev.refundhub.connectors.report;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.List;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/** Brings untold reports to Kafka, round by round. A row is marked only after Kafka has its report. */
@ApplicationScoped
public class Telling {

    private static final Logger LOG = Logger.getLogger(Telling.class);

    private final UntoldReports untold;
    private final ReportTopic topic;
    private final Vertx vertx;
    private final Context context;
    private final Duration poll;
    private long timer;
    private boolean telling;
    private boolean wokenMeanwhile;
    private boolean journalIsAway;

    Telling(
            UntoldReports untold,
            ReportTopic topic,
            Vertx vertx,
            @ConfigProperty(name = "hub.journal.poll") Duration poll) {
        this.untold = untold;
        this.topic = topic;
        this.vertx = vertx;
        this.context = vertx.getOrCreateContext();
        this.poll = poll;
    }

    void start(@Observes StartupEvent event) {
        timer = vertx.setPeriodic(poll.toMillis(), tick -> wake());
    }

    void stop(@Observes ShutdownEvent event) {
        vertx.cancelTimer(timer);
    }

    /** There may be something to tell. Forgetting this is made good by the next poll. */
    public void wake() {
        context.runOnContext(here -> tell());
    }

    private void tell() {
        if (telling) {
            wokenMeanwhile = true;
            return;
        }
        telling = true;
        round().emitOn(command -> context.runOnContext(here -> command.run()))
                .subscribe()
                .with(this::told, this::couldNotTell);
    }

    private void told(int reports) {
        journalIsAway = false;
        ended(reports);
    }

    /** Said once: it is tried again with every poll. */
    private void couldNotTell(Throwable failure) {
        if (!journalIsAway) {
            LOG.warnf("cannot tell reports: %s", failure.toString());
        }
        journalIsAway = true;
        ended(0);
    }

    private void ended(int told) {
        telling = false;
        if (wokenMeanwhile || told == UntoldReports.MOST) {
            wokenMeanwhile = false;
            tell();
        }
    }

    private Uni<Integer> round() {
        return untold.take()
                .chain(reports -> reports.isEmpty()
                        ? Uni.createFrom().item(0)
                        : tell(reports).chain(untold::mark).replaceWith(reports.size()));
    }

    /** Those that Kafka took; the others stay untold and their time comes again. */
    private Uni<List<Untold>> tell(List<Untold> reports) {
        return Multi.createFrom()
                .iterable(reports)
                .onItem()
                .transformToUni(report -> topic.tell(report)
                        .replaceWith(report)
                        .onFailure()
                        .invoke(failure -> LOG.warnf("not told id=%s: %s", report.id(), failure.toString()))
                        .onFailure()
                        .recoverWithNull())
                .merge(UntoldReports.MOST)
                .collect()
                .asList();
    }
}
