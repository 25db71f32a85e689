package dev.refundhub.connectors.journal;

import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/**
 * Rows that come while one write is under way go together in the next: they share a statement and a commit, either of which
 * costs the database more than the row. A lone one waits for nobody. Where the database refuses some together, each is written
 * by itself, so that nobody fails for a neighbour. May be used from any thread.
 *
 * @param <T> what is to be written
 * @param <R> what came of it
 */
final class GroupWrite<T, R> {

    private record Waiting<T, R>(T row, CompletableFuture<R> written) {}

    private final int most;
    private final Function<List<T>, Uni<Function<T, R>>> write;
    private final Queue<Waiting<T, R>> queue = new ArrayDeque<>();
    private boolean writing;

    /**
     * Writes at most so many at once.
     *
     * @param write ends when all of them are committed, and says what came of each
     */
    GroupWrite(int most, Function<List<T>, Uni<Function<T, R>>> write) {
        this.most = most;
        this.write = write;
    }

    /** Ends when it is committed, on the event loop that asked for it. Each subscription writes it anew. */
    Uni<R> write(T row) {
        Context context = Vertx.currentContext();
        Uni<R> written = Uni.createFrom().completionStage(() -> add(row));
        return context == null ? written : written.emitOn(command -> context.runOnContext(here -> command.run()));
    }

    private CompletableFuture<R> add(T row) {
        CompletableFuture<R> written = new CompletableFuture<>();
        synchronized (queue) {
            queue.add(new Waiting<>(row, written));
        }
        writeNext();
        return written;
    }

    private void writeNext() {
        List<Waiting<T, R>> group = takeGroup();
        if (!group.isEmpty()) {
            write(group, this::ended);
        }
    }

    /** Empty while one is under way: who ends it looks again. */
    private List<Waiting<T, R>> takeGroup() {
        synchronized (queue) {
            List<Waiting<T, R>> group = new ArrayList<>();
            while (!writing && group.size() < most && !queue.isEmpty()) {
                group.add(queue.remove());
            }
            writing |= !group.isEmpty();
            return group;
        }
    }

    private void ended() {
        synchronized (queue) {
            writing = false;
        }
        writeNext();
    }

    private void write(List<Waiting<T, R>> group, Runnable ended) {
        Uni.createFrom()
                .deferred(() -> write.apply(group.stream().map(Waiting::row).toList()))
                .invoke(of -> group.forEach(waiting -> waiting.written().complete(of.apply(waiting.row()))))
                .onTermination()
                .invoke(ended)
                .subscribe()
                .with(done -> {}, failure -> failed(group, failure));
    }

    /** Nobody else waits for those that are written by themselves: one of them may take long. */
    private void failed(List<Waiting<T, R>> group, Throwable failure) {
        if (group.size() > 1 && failure instanceof PgException) {
            group.forEach(waiting -> write(List.of(waiting), () -> {}));
        } else {
            group.forEach(waiting -> waiting.written().completeExceptionally(failure));
        }
    }
}
