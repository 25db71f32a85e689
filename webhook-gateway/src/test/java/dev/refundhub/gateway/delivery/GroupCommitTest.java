package dev.refundhub.gateway.delivery;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class GroupCommitTest {

    private static final Duration LONG = Duration.ofSeconds(30);

    private final List<List<Integer>> written = new CopyOnWriteArrayList<>();
    private final List<Long> begun = new CopyOnWriteArrayList<>();
    private final List<CompletableFuture<Void>> commits = new CopyOnWriteArrayList<>();
    private final GroupCommit<Integer> groups = groups();

    @Test
    void aLoneOneWaitsForNobody() {
        CompletableFuture<Void> alone = add(groups, 1);

        assertEquals(List.of(List.of(1)), written);
        assertFalse(alone.isDone());
    }

    @Test
    void whatComesDuringAWriteGoesTogetherInTheNext() {
        CompletableFuture<Void> first = add(groups, 1);
        CompletableFuture<Void> second = add(groups, 2);
        CompletableFuture<Void> third = add(groups, 3);

        commits.get(0).complete(null);

        assertEquals(List.of(List.of(1), List.of(2, 3)), written);
        assertTrue(first.isDone());
        assertFalse(second.isDone() || third.isDone());
    }

    @Test
    void noMoreThanAllowedGoTogether() {
        List<CompletableFuture<Void>> all =
                IntStream.rangeClosed(1, 6).mapToObj(item -> add(groups, item)).toList();

        commits.get(0).complete(null);
        commits.get(1).complete(null);

        assertTrue(all.get(3).isDone() && !all.get(4).isDone());
        assertEquals(List.of(List.of(1), List.of(2, 3, 4), List.of(5, 6)), written);
    }

    @Test
    void aWriteThatFailsFailsForItsGroupOnly() {
        CompletableFuture<Void> first = add(groups, 1);
        CompletableFuture<Void> second = add(groups, 2);

        commits.get(0).completeExceptionally(new IllegalStateException("no"));
        commits.get(1).complete(null);

        assertTrue(first.isCompletedExceptionally());
        second.join();
    }

    @Test
    void aWriteThatCannotEvenBeginFailsLikeAnyOther() {
        GroupCommit<Integer> broken = new GroupCommit<>(3, Duration.ZERO, group -> {
            throw new IllegalStateException("no");
        });

        assertThrows(CompletionException.class, add(broken, 1)::join);
        assertThrows(CompletionException.class, add(broken, 2)::join);
    }

    @Test
    void aLongQueueNeedsNoDeepStack() {
        CompletableFuture<Void> first = new CompletableFuture<>();
        GroupCommit<Integer> quick =
                new GroupCommit<>(1, Duration.ZERO, group -> Uni.createFrom().completionStage(first));
        List<CompletableFuture<Void>> all = IntStream.rangeClosed(1, 50_000)
                .mapToObj(item -> add(quick, item))
                .toList();

        first.complete(null);

        all.forEach(CompletableFuture::join);
    }

    @Test
    void whatIsGivenUpBeforeItIsBegunIsNotWritten() {
        CompletableFuture<Void> first = add(groups, 1);
        CompletableFuture<Void> second = add(groups, 2);
        second.completeExceptionally(new TimeoutException());

        commits.get(0).complete(null);

        first.join();
        assertEquals(List.of(List.of(1)), written);
    }

    @Test
    void aWriteThatMayRestDoesSoBeforeTheNextSoThatMoreGoTogether() {
        Duration rest = Duration.ofMillis(100);
        GroupCommit<Integer> rested = new GroupCommit<>(3, rest, this::write);
        CompletableFuture<Void> first = add(rested, 1);
        CompletableFuture<Void> second = add(rested, 2);

        long ended = System.nanoTime();
        commits.get(0).complete(null);
        assertTrue(first.isDone());
        await().atMost(LONG).until(() -> commits.size() == 2);
        assertTrue(begun.get(1) - ended >= rest.toNanos());
        commits.get(1).complete(null);
        second.join();
    }

    @Test
    void fromManyThreadsEverythingIsWrittenOnceAndOneGroupAfterTheOther() {
        ExecutorService threads = Executors.newFixedThreadPool(8);
        AtomicInteger atOnce = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        AtomicInteger sum = new AtomicInteger();
        GroupCommit<Integer> shared = new GroupCommit<>(32, Duration.ZERO, group -> Uni.createFrom()
                .completionStage(CompletableFuture.runAsync(
                        () -> {
                            most.accumulateAndGet(atOnce.incrementAndGet(), Math::max);
                            sum.addAndGet(
                                    group.stream().mapToInt(Integer::intValue).sum());
                            atOnce.decrementAndGet();
                        },
                        threads)));

        List<CompletableFuture<Void>> all = IntStream.rangeClosed(1, 20_000)
                .mapToObj(item ->
                        CompletableFuture.completedFuture(item).thenComposeAsync(it -> add(shared, it), threads))
                .toList();
        CompletableFuture.allOf(all.toArray(CompletableFuture[]::new)).join();
        threads.shutdown();

        assertEquals(20_000 * 20_001 / 2, sum.get());
        assertEquals(1, most.get());
    }

    private GroupCommit<Integer> groups() {
        return new GroupCommit<>(3, Duration.ZERO, this::write);
    }

    private Uni<Void> write(List<Integer> group) {
        CompletableFuture<Void> commit = new CompletableFuture<>();
        begun.add(System.nanoTime());
        written.add(group);
        commits.add(commit);
        return Uni.createFrom().completionStage(commit);
    }

    private static CompletableFuture<Void> add(GroupCommit<Integer> groups, int item) {
        return groups.add(item);
    }
}
