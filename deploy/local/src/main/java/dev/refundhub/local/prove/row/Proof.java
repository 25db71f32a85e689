package dev.refundhub.local.prove.row;

import dev.refundhub.local.http.Http;
import dev.refundhub.local.http.Reply;
import dev.refundhub.local.issuer.Role;
import dev.refundhub.local.prove.ConnectorsProof;
import dev.refundhub.local.prove.agent.Point;
import dev.refundhub.local.prove.check.Checker;
import dev.refundhub.local.prove.check.Findings;
import dev.refundhub.local.prove.check.Sampler;
import dev.refundhub.local.prove.check.Scope;
import dev.refundhub.local.prove.load.Diary;
import dev.refundhub.local.prove.load.Load;
import dev.refundhub.local.stack.Directories;
import dev.refundhub.local.stack.Fleet;
import dev.refundhub.local.stack.Service;
import dev.refundhub.local.stack.Settings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.Consumer;

/** Plays rows against two of each service, one after the other on one stack, and holds the hub to its promises after each. */
public final class Proof implements AutoCloseable {
    private static final int REPLICAS = 2;
    private static final int CASES_PER_SECOND = 25;
    private static final Duration WARM = Duration.ofSeconds(2);
    private static final Duration AFTERWARDS = Duration.ofSeconds(2);
    private static final Duration ANSWERED = Duration.ofSeconds(60);
    private static final Duration QUIET = Duration.ofSeconds(60);
    private static final int MOST_SHOWN = 50;
    private static final String GENEROUS =
            "{\"autoApprove\":{\"USD\":{\"upTo\":500.00,\"perDay\":1000000.00},\"JPY\":{\"upTo\":50000,\"perDay\":100000000},"
                    + "\"KWD\":{\"upTo\":50.000,\"perDay\":100000.000}},\"payOn\":\"RECEIVED\",\"includeTax\":true}";

    private final Fleet fleet;
    private final Path orders;
    private final Set<Point> points;
    private final Duration brokerAway;
    private final Consumer<String> say;
    private Checker checker;
    private int nextOrder;

    /**
     * Starts nothing yet; it must be closed even where starting fails.
     *
     * @param points at which the row {@code points} halts
     * @param brokerAway how long the broker is away where it is stopped
     */
    public Proof(
            Directories directories, Settings settings, Set<Point> points, Duration brokerAway, Consumer<String> say) {
        Map<String, String> impatient = new HashMap<>(ConnectorsProof.IMPATIENT);
        impatient.put("HUB_LOOK_GATHER", "500ms");
        impatient.put("HUB_LOOK_LEASE", "3s");
        impatient.put("HUB_LOOK_BACK_OFF_MOST", "1s");
        impatient.put("HUB_REMINDER_POLL", "1s");
        this.fleet = new Fleet(directories, settings, impatient, say);
        this.orders = directories.state().resolve("points");
        this.points = points;
        this.brokerAway = brokerAway;
        this.say = say;
    }

    /** Returns when everything takes work. */
    public Proof start() {
        fleet.start();
        try {
            Files.createDirectories(orders);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Path agent = fleet.directories().checkout().resolve("deploy/local/target/local.jar");
        for (Service service : Service.values()) {
            for (int no = 0; no < REPLICAS; no++) {
                String name = service + "-" + (no + 1);
                fleet.hire(service, List.of("-javaagent:" + agent + "=" + orders.resolve(name)));
            }
            // who comes first makes the tables
            fleet.of(service).get(0).awaitReady();
        }
        fleet.members().forEach(Fleet.Member::awaitReady);
        setPolicies();
        checker = new Checker(fleet.settings(), fleet.directories().data());
        return this;
    }

    private void setPolicies() {
        for (String seller : List.of("acme", "globex")) {
            String policy =
                    "{\"sources\":{\"%1$s-shipped\":%2$s,\"%1$s-optoro\":%2$s},\"askWithinDays\":null,\"overdueAfterDays\":30}"
                            .formatted(seller, GENEROUS);
            Reply reply = Http.send(
                    "PUT",
                    fleet.of(Service.REFUNDS).get(0).address() + "/api/v2/sellers/" + seller + "/policy",
                    Http.bearer(fleet.token(Role.OPERATOR, null, "prove")),
                    policy.getBytes(StandardCharsets.UTF_8));
            if (reply.status() != 200) {
                throw new IllegalStateException("no policy: " + reply.body());
            }
        }
    }

    /** What came of a row. */
    public enum Verdict {
        HELD,
        BROKEN,
        /** The fault did not happen as it should, so nothing is shown. */
        INVALID,
        SKIPPED
    }

    /**
     * Plays one row.
     *
     * @return whether the promises held; said with what was done, sent and checked
     */
    public Verdict play(Row row, long seed) {
        long began = System.nanoTime();
        Diary diary = new Diary();
        List<String> faults = new ArrayList<>();
        String done;
        Findings findings = new Findings();
        Verdict verdict = Verdict.HELD;
        try (Load load = new Load(fleet, diary, seed, nextOrder, row.withApi());
                Sampler sampler = checker.sample(diary)) {
            Instant since = Instant.now();
            load.begin(CASES_PER_SECOND);
            Scene.pause(WARM);
            Scene scene =
                    new Scene(fleet, load, checker, sampler, new Random(seed), orders, since, points, brokerAway, say);
            try {
                done = row.hurt().in(scene);
            } catch (Hurt.Skipped e) {
                done = e.getMessage();
                verdict = Verdict.SKIPPED;
            } catch (Exception e) {
                done = "it could not be done: "
                        + String.valueOf(e.getMessage()).lines().findFirst().orElse("");
                verdict = Verdict.INVALID;
            }
            heal(faults);
            Scene.pause(AFTERWARDS);
            if (!load.end(ANSWERED)) {
                List<String> open = load.outstanding();
                open.stream().limit(MOST_SHOWN).forEach(each -> faults.add("in the load, not ended in time: " + each));
                faults.add("in the load, not ended in time: " + open.size() + " in all");
            }
            nextOrder = load.nextNumber();
            load.faults().forEach(fault -> faults.add("in the load: " + fault));
            done += afterwards(row, scene, faults);
            findings.add(checker.await(new Scope(diary, row.except()), QUIET));
            findings.add(sampler.end());
            done += "; " + sampler.looks() + " looks meanwhile";
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
        faults.addAll(findings.faults());
        if (!faults.isEmpty()) {
            verdict = Verdict.BROKEN;
        }
        say.accept("%-16s %s  seed %d, %.0f s | %s | %s | %d checks"
                .formatted(row, verdict, seed, (System.nanoTime() - began) / 1e9, done, diary, findings.checked()));
        faults.forEach(fault -> say.accept("    " + fault));
        return verdict;
    }

    private static String afterwards(Row row, Scene scene, List<String> faults) {
        try {
            return row.afterwards().in(scene);
        } catch (Exception e) {
            faults.add("afterwards: " + e.getMessage());
            return "";
        }
    }

    /** Who does not take work any more has not kept a promise either. */
    private void heal(List<String> faults) {
        for (Fleet.Member member : fleet.members()) {
            member.thaw();
            try {
                Processes.makeWhole(member);
            } catch (IllegalStateException e) {
                faults.add(e.getMessage());
            }
        }
    }

    @Override
    public void close() {
        if (checker != null) {
            checker.close();
        }
        fleet.close();
    }
}
