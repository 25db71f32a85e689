package dev.refundhub.local.prove.row;

import dev.refundhub.local.prove.agent.Point;
import dev.refundhub.local.stack.Bounded;
import dev.refundhub.local.stack.Fleet;
import dev.refundhub.local.stack.Service;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** What happens to the processes of the services. */
final class Processes {
    private static final Map<Service, String> PACKAGES = new EnumMap<>(
            Map.of(Service.GATEWAY, "gateway", Service.REFUNDS, "refunds", Service.CONNECTORS, "connectors"));
    private static final Duration HIT_WITHIN = Duration.ofSeconds(90);
    private static final Duration WHOLE_WITHIN = Duration.ofSeconds(90);
    private static final int MOST_TIMES = 3;
    private static final int KILLS = 9;
    private static final long LONGER_THAN_ANY_LEASE = 8;

    private Processes() {}

    static String leftAlone(Scene scene) throws InterruptedException {
        Scene.pause(LONGER_THAN_ANY_LEASE);
        return "left it alone";
    }

    /** {@code kill -9}, one after the other, before the last one is whole again. */
    static String killedAtRandom(Scene scene) throws InterruptedException {
        Map<Service, Integer> killed = new EnumMap<>(Service.class);
        List<Service> services = List.of(Service.values());
        for (int i = 0; i < KILLS; i++) {
            Service service = services.get(i % services.size());
            Fleet.Member member = scene.any(service);
            member.kill();
            Scene.pause(Duration.ofMillis(200 + scene.dice().nextInt(1_500)));
            member.start();
            killed.merge(service, 1, Integer::sum);
        }
        return "killed " + killed;
    }

    /** Halted before and after each commit, publish and call; each service on its own, all at the same time. */
    static String haltedAtPoints(Scene scene) throws IOException {
        Path hits = scene.orders().resolve("hits");
        Files.deleteIfExists(hits);
        CompletableFuture<?>[] all = java.util.stream.Stream.of(Service.values())
                .map(service -> CompletableFuture.runAsync(() -> haltAtPoints(scene, service)))
                .toArray(CompletableFuture<?>[]::new);
        CompletableFuture.allOf(all).join();
        List<String> hit = Files.exists(hits) ? Files.readAllLines(hits) : List.of();
        List<Point> missed = new ArrayList<>(scene.points());
        hit.forEach(each -> missed.remove(Point.valueOf(each)));
        if (!missed.isEmpty()) {
            throw new IllegalStateException("never came to " + missed);
        }
        return "halted at each of " + scene.points().size() + " points, " + hit.size() + " times: " + hit;
    }

    /** Whoever comes there first is halted, perhaps both. */
    private static void haltAtPoints(Scene scene, Service service) {
        List<Fleet.Member> members = scene.fleet().of(service);
        int turn = 0;
        for (Point point :
                Point.of(PACKAGES.get(service)).filter(scene.points()::contains).toList()) {
            members.forEach(Processes::makeWhole);
            int times = 1 + turn++ % MOST_TIMES;
            members.forEach(member -> write(scene.orders().resolve(member.toString()), point + " " + times));
            Bounded.until(HIT_WITHIN, () -> members.stream().anyMatch(member -> !member.isAlive()));
            members.forEach(member -> delete(scene.orders().resolve(member.toString())));
        }
        members.forEach(Processes::makeWhole);
    }

    /** Until it takes work, however often it ended meanwhile. */
    static void makeWhole(Fleet.Member member) {
        boolean whole = Bounded.until(WHOLE_WITHIN, () -> {
            if (!member.isAlive()) {
                member.start();
            }
            return member.isReady();
        });
        if (!whole) {
            throw new IllegalStateException(member + " does not become whole");
        }
    }

    /** One after the other is asked to end, and comes back. */
    static String askedToEnd(Scene scene) {
        for (Fleet.Member member : scene.fleet().members()) {
            member.stop();
            makeWhole(member);
        }
        return "asked each of " + scene.fleet().members().size() + " to end, and started it again";
    }

    /** Does nothing for longer than its leases last, its sessions too, and then goes on as if nothing had been. */
    static String frozen(Scene scene) throws InterruptedException {
        for (int round = 0; round < 2; round++) {
            List<Fleet.Member> some = new ArrayList<>();
            for (Service service : Service.values()) {
                some.add(scene.fleet().of(service).get(round));
            }
            try {
                some.forEach(Fleet.Member::freeze);
                Scene.pause(LONGER_THAN_ANY_LEASE);
            } finally {
                some.forEach(Fleet.Member::thaw);
            }
            Scene.pause(1);
        }
        return "froze each for " + LONGER_THAN_ANY_LEASE + " s";
    }

    private static void write(Path file, String text) {
        try {
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
