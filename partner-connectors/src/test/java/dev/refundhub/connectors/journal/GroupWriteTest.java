package dev.refundhub.connectors.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgException;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class GroupWriteTest {

    private final List<List<Integer>> written = new CopyOnWriteArrayList<>();
    private final List<CompletableFuture<Function<Integer, String>>> commits = new CopyOnWriteArrayList<>();
    private final GroupWrite<Integer, String> rows = new GroupWrite<>(3, this::write);

    @Test
    void aLoneOneWaitsForNobody() {
        CompletableFuture<String> alone = write(1);

        assertEquals(List.of(List.of(1)), written);
        assertFalse(alone.isDone());
    }

    @Test
    void whatComesDuringAWriteGoesTogetherInTheNextAndEachIsToldWhatBecameOfIt() {
        CompletableFuture<String> first = write(1);
        CompletableFuture<String> second = write(2);
        CompletableFuture<String> third = write(3);

        commit(0);
        assertEquals("1 is written", first.join());
        assertFalse(second.isDone() || third.isDone());

        commit(1);
        assertEquals(List.of(List.of(1), List.of(2, 3)), written);
        assertEquals("2 is written", second.join());
        assertEquals("3 is written", third.join());
    }

    @Test
    void noMoreThanAllowedGoTogether() {
        List<CompletableFuture<String>> all =
                IntStream.rangeClosed(1, 6).mapToObj(this::write).toList();

        commit(0);
        commit(1);

        assertEquals(List.of(List.of(1), List.of(2, 3, 4), List.of(5, 6)), written);
        assertTrue(all.get(3).isDone() && !all.get(4).isDone());
    }

    @Test
    void whereTheDatabaseRefusesAGroupNobodyFailsForANeighbour() {
        GroupWrite<Integer, String> refusing = new GroupWrite<>(9, group -> {
            Uni<Function<Integer, String>> write = write(group);
            return group.contains(3)
                    ? write.chain(done -> Uni.createFrom().failure(new PgException("no", "ERROR", "23514", "no")))
                    : write;
        });
        List<CompletableFuture<String>> all = IntStream.rangeClosed(1, 4)
                .mapToObj(row -> refusing.write(row).subscribeAsCompletionStage())
                .toList();

        IntStream.range(0, 5).forEach(this::commit);

        assertEquals(List.of(List.of(1), List.of(2, 3, 4), List.of(2), List.of(3), List.of(4)), written);
        assertEquals("2 is written", all.get(1).join());
        assertTrue(all.get(2).isCompletedExceptionally());
        assertEquals("4 is written", all.get(3).join());
    }

    @Test
    void whereTheDatabaseIsAwayAllOfAGroupFailAndTheNextIsWritten() {
        CompletableFuture<String> first = write(1);
        CompletableFuture<String> second = write(2);
        CompletableFuture<String> third = write(3);
        commit(0);
        commits.get(1).completeExceptionally(new IllegalStateException("away"));
        CompletableFuture<String> next = write(4);
        commit(2);

        assertEquals("1 is written", first.join());
        assertTrue(second.isCompletedExceptionally() && third.isCompletedExceptionally());
        assertEquals("4 is written", next.join());
    }

    @Test
    void whatIsTriedAgainIsWrittenAgain() {
        CompletableFuture<String> stubborn =
                rows.write(1).onFailure().retry().atMost(1).subscribeAsCompletionStage();

        commits.get(0).completeExceptionally(new IllegalStateException("away"));
        commit(1);

        assertEquals("1 is written", stubborn.join());
    }

    @Test
    void whoeverWritesGoesOnOnItsOwnEventLoop() throws InterruptedException, ExecutionException {
        Vertx vertx = Vertx.vertx();
        try {
            Context mine = vertx.getOrCreateContext();
            CompletableFuture<Context> wentOnIn = new CompletableFuture<>();
            CompletableFuture<Void> asked = new CompletableFuture<>();
            mine.runOnContext(here -> {
                rows.write(1).subscribe().with(done -> wentOnIn.complete(Vertx.currentContext()));
                asked.complete(null);
            });
            asked.get();

            commit(0);

            assertSame(mine, wentOnIn.orTimeout(10, TimeUnit.SECONDS).get());
        } finally {
            vertx.close().toCompletionStage().toCompletableFuture().get();
        }
    }

    @Test
    void fromManyThreadsEverythingIsWrittenOnce() {
        Set<Integer> there = ConcurrentHashMap.newKeySet();
        GroupWrite<Integer, Boolean> shared = new GroupWrite<>(32, group -> Uni.createFrom()
                .completionStage(() -> CompletableFuture.supplyAsync(() -> {
                    List<Boolean> added = group.stream().map(there::add).toList();
                    return row -> added.get(group.indexOf(row));
                })));

        List<CompletableFuture<Boolean>> all = IntStream.rangeClosed(1, 20_000)
                .mapToObj(row -> CompletableFuture.completedFuture(row)
                        .thenComposeAsync(it -> shared.write(it).subscribeAsCompletionStage()))
                .toList();

        assertTrue(all.stream().allMatch(CompletableFuture::join));
        assertEquals(20_000, there.size());
    }

    private CompletableFuture<String> write(int row) {
        return rows.write(row).subscribeAsCompletionStage();
    }

    private Uni<Function<Integer, String>> write(List<Integer> group) {
        CompletableFuture<Function<Integer, String>> commit = new CompletableFuture<>();
        written.add(group);
        commits.add(commit);
        return Uni.createFrom().completionStage(commit);
    }

    private void commit(int no) {
        commits.get(no).complete(row -> row + " is written");
    }
}
