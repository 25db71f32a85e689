package dev.refundhub.connectors.journal;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/** When to do something again; empty when it is enough. */
final class Patience {

    private static final Duration OVERTIME = Duration.ofHours(24);

    private final JournalSettings settings;

    Patience(JournalSettings settings) {
        this.settings = settings;
    }

    Optional<Duration> lookUp(Duration age) {
        return nextOf(settings.lookUp(), age);
    }

    Optional<Duration> askAgain(Duration age) {
        return nextOf(settings.askAgain(), age).or(() -> Optional.of(settings.askAgainEvery())
                .filter(pause -> age.compareTo(settings.askAgainFor()) < 0));
    }

    /** A look that failed is no look: a last one is still owed after the schedule's end. */
    Optional<Duration> overtime(Duration age, boolean isUnclear) {
        Duration end = isUnclear ? endOf(settings.lookUp()) : settings.askAgainFor();
        return age.compareTo(end.plus(OVERTIME)) < 0 ? Optional.of(settings.overtimeEvery()) : Optional.empty();
    }

    Optional<Duration> tryAgain(Duration age, int tries, Duration retryAfter) {
        if (age.compareTo(settings.tryFor()) >= 0) {
            return Optional.empty();
        }
        return Optional.of(retryAfter != null ? retryAfter : withJitter(backOff(tries)));
    }

    private Duration backOff(int tries) {
        Duration doubled = settings.backOff().multipliedBy(1L << Math.min(tries, 20));
        return doubled.compareTo(settings.backOffMost()) < 0 ? doubled : settings.backOffMost();
    }

    private static Duration withJitter(Duration pause) {
        long millis = pause.toMillis();
        return Duration.ofMillis(millis / 2 + ThreadLocalRandom.current().nextLong(millis / 2 + 1));
    }

    private static Duration endOf(List<Duration> schedule) {
        return schedule.isEmpty() ? Duration.ZERO : schedule.get(schedule.size() - 1);
    }

    private static Optional<Duration> nextOf(List<Duration> schedule, Duration age) {
        return schedule.stream().filter(at -> at.compareTo(age) > 0).findFirst().map(at -> at.minus(age));
    }
}
