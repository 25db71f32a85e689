package dev.refundhub.local.stack;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** Things done at the same time: a thread for each, done when all are. */
final class Together {
    private Together() {}

    static void run(List<Runnable> tasks) {
        CompletableFuture<?>[] running = tasks.stream()
                .map(task -> CompletableFuture.runAsync(task, Together::inThread))
                .toArray(CompletableFuture<?>[]::new);
        try {
            CompletableFuture.allOf(running).join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof CannotStart cannot ? cannot : e;
        }
    }

    private static void inThread(Runnable task) {
        Thread thread = new Thread(task, "together");
        thread.setDaemon(true);
        thread.start();
    }
}
