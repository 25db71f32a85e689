package dev.refundhub.gateway.source;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** Why requests of the last hour were not trusted, by the minute: which check said no, and no value. This replica's own. */
@ApplicationScoped
public class Distrusted {

    private static final Duration REMEMBERED = Duration.ofHours(1);
    /** Sixty minutes of each source and what its few checks can find: more than that is not remembered. */
    private static final int MOST = 20_000;

    private final Map<Why, LongAdder> requests = new ConcurrentHashMap<>();
    private volatile Instant newest = Instant.EPOCH;

    private record Why(String source, Instant minute, Map<String, Finding> checks) {}

    /** Requests of one minute that were refused for the same reasons. */
    record Refused(Instant minute, long requests, Map<String, Finding> checks) {}

    /** Notes one request now. */
    public void add(String source, Judgement judgement) {
        add(source, judgement, Instant.now());
    }

    void add(String source, Judgement judgement, Instant now) {
        Instant minute = now.truncatedTo(ChronoUnit.MINUTES);
        if (minute.isAfter(newest)) {
            newest = minute;
            forgetBefore(minute.minus(REMEMBERED));
        }
        Why why = new Why(source, minute, judgement.failed());
        LongAdder counted = requests.size() < MOST
                ? requests.computeIfAbsent(why, none -> new LongAdder())
                : requests.getOrDefault(why, new LongAdder());
        counted.increment();
    }

    private void forgetBefore(Instant minute) {
        requests.keySet().removeIf(why -> why.minute().isBefore(minute));
    }

    /** Of the last hour, the newest first. */
    List<Refused> of(String source, Instant now) {
        forgetBefore(now.truncatedTo(ChronoUnit.MINUTES).minus(REMEMBERED));
        return requests.entrySet().stream()
                .filter(entry -> entry.getKey().source().equals(source))
                .map(entry -> new Refused(
                        entry.getKey().minute(),
                        entry.getValue().sum(),
                        entry.getKey().checks()))
                .sorted(Comparator.comparing(Refused::minute).reversed())
                .toList();
    }
}
