package dev.refundhub.local.stack;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/** Waiting that ends. */
public final class Bounded {
    private static final Duration PAUSE = Duration.ofMillis(10);

    private Bounded() {}

    /** What the question answers as soon as it has an answer; empty when the time is over. */
    public static <T> Optional<T> await(Duration limit, Supplier<Optional<T>> question) {
        return await(limit, PAUSE, question);
    }

    private static <T> Optional<T> await(Duration limit, Duration pause, Supplier<Optional<T>> question) {
        long start = System.nanoTime();
        Optional<T> answer = question.get();
        while (answer.isEmpty() && System.nanoTime() - start < limit.toNanos()) {
            LockSupport.parkNanos(pause.toNanos());
            answer = question.get();
        }
        return answer;
    }

    /** Whether it came true in time. */
    public static boolean until(Duration limit, Supplier<Boolean> condition) {
        return until(limit, PAUSE, condition);
    }

    /** The same, where asking costs so much that it is not done more often. */
    public static boolean until(Duration limit, Duration pause, Supplier<Boolean> condition) {
        return await(limit, pause, () -> condition.get() ? Optional.of(true) : Optional.empty())
                .isPresent();
    }
}
