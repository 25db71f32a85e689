package dev.refundhub.gateway.delivery;

import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;

/**
 * What comes while one write is under way, or rests after it, goes together in the next, so that many share a commit. A lone
 * one waits for nobody else. May be called from any thread.
 */
final class GroupCommit<T> {

    private record Waiting<T>(T item, CompletableFuture<Void> written) {}

    private final int most;
    private final Duration rest;
    private final Function<List<T>, Uni<Void>> write;
    private final Queue<Waiting<T>> queue = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean writing = new AtomicBoolean();

    /**
     * Writes at most so many at once.
     *
     * @param rest between two writes; zero for what somebody waits for. The longer, the more share a commit
     */
    GroupCommit(int most, Duration rest, Function<List<T>, Uni<Void>> write) {
        this.most = most;
        this.rest = rest;
        this.write = write;
    }

    /** Completes when it is written; what is completed before it is begun, as by a time-out, is not written any more. */
    CompletableFuture<Void> add(T item) {
        CompletableFuture<Void> written = new CompletableFuture<>();
        queue.add(new Waiting<>(item, written));
        writeNext();
        return written;
    }

    /** Whoever clears {@code writing} looks into the queue again, so nothing that came meanwhile is left there. */
    private void writeNext() {
        while (!queue.isEmpty() && writing.compareAndSet(false, true)) {
            List<Waiting<T>> group = takeGroup();
            if (group.isEmpty()) {
                writing.set(false);
            } else {
                begin(group);
            }
        }
    }

    private List<Waiting<T>> takeGroup() {
        List<Waiting<T>> group = new ArrayList<>();
        while (group.size() < most && queue.peek() != null) {
            Waiting<T> waiting = queue.poll();
            if (!waiting.written().isDone()) {
                group.add(waiting);
            }
        }
        return group;
    }

    /** A write that ends before it is begun leaves the next to the loop above: no stack grows with the queue. */
    private void begin(List<Waiting<T>> group) {
        AtomicBoolean begun = new AtomicBoolean();
        Uni.createFrom()
                .deferred(() -> write.apply(group.stream().map(Waiting::item).toList()))
                .onTermination()
                .invoke(() -> ended(begun))
                .subscribe()
                .with(
                        done -> group.forEach(waiting -> waiting.written().complete(null)),
                        failure -> group.forEach(waiting -> waiting.written().completeExceptionally(failure)));
        begun.set(true);
    }

    private void ended(AtomicBoolean begun) {
        if (!rest.isZero()) {
            Uni.createFrom().voidItem().onItem().delayIt().by(rest).subscribe().with(rested -> goOn());
        } else if (begun.get()) {
            goOn();
        } else {
            writing.set(false);
        }
    }

    private void goOn() {
        writing.set(false);
        writeNext();
    }
}
