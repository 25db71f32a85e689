package dev.refundhub.local.prove.row;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** Two things that happen to different parts of it, at the same time. */
final class Two {
    private static final List<Hurt> ANY =
            List.of(Processes::killedAtRandom, Brokers::stopped, Postgres::stopped, PartnersFail::forAWhile);

    private Two() {}

    static String atOnce(Scene scene) {
        List<Hurt> dice = new ArrayList<>(ANY);
        Collections.shuffle(dice, scene.dice());
        CompletableFuture<String> one = CompletableFuture.supplyAsync(() -> play(dice.get(0), scene));
        CompletableFuture<String> other = CompletableFuture.supplyAsync(() -> play(dice.get(1), scene));
        return one.join() + ", and " + other.join();
    }

    private static String play(Hurt hurt, Scene scene) {
        try {
            return hurt.in(scene);
        } catch (Exception e) {
            throw new CompletionException(e);
        }
    }
}
