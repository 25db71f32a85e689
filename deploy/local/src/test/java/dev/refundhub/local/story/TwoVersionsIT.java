package dev.refundhub.local.story;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.refundhub.local.prove.ConnectorsProof;
import dev.refundhub.local.prove.check.Checker;
import dev.refundhub.local.prove.check.Findings;
import dev.refundhub.local.prove.check.Scope;
import dev.refundhub.local.prove.load.Diary;
import dev.refundhub.local.prove.load.Load;
import dev.refundhub.local.stack.Directories;
import dev.refundhub.local.stack.Fleet;
import dev.refundhub.local.stack.FreePorts;
import dev.refundhub.local.stack.Service;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A rollout, half way: the newest release and this one on one database and one broker, both at work. The release was there first;
 * the tables are brought to this version while it runs.
 */
@Tag("proof")
class TwoVersionsIT {
    private static final int CASES_PER_SECOND = 15;
    private static final int DELIVERIES_BEFORE = 50;
    private static final int DELIVERIES_TOGETHER = 200;
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final long MINUTES_TO_BUILD = 10;

    @TempDir
    Path directory;

    @Test
    void theNewestReleaseAndThisVersionWorkSideBySide() throws Exception {
        Path release = packaged(newestRelease());
        Directories directories = new Directories(
                SharedStack.CHECKOUT,
                directory.resolve("state"),
                directory.resolve("state/data"),
                Path.of("target/it-logs"));
        Diary diary = new Diary();
        try (Fleet fleet = new Fleet(
                        directories,
                        FreePorts.settings(ConnectorsProof.IMPATIENT),
                        ConnectorsProof.IMPATIENT,
                        System.out::println)
                .start()) {
            hireOneOfEach(fleet, release);
            fleet.setPolicies();
            try (Checker checker = new Checker(fleet.settings(), directories.data());
                    Load load = new Load(fleet, diary, 1, 0, true)) {
                load.begin(CASES_PER_SECOND);
                awaitDeliveries(diary, DELIVERIES_BEFORE);
                hireOneOfEach(fleet, SharedStack.CHECKOUT);
                awaitDeliveries(diary, diary.delivered().size() + DELIVERIES_TOGETHER);

                assertTrue(load.end(LIMIT), () -> "not ended: " + load.outstanding());
                fleet.members().forEach(member -> assertTrue(member.isReady(), member + " takes no work"));
                assertEquals(List.of(), load.faults());
                Findings findings = checker.await(new Scope(diary, Set.of()), LIMIT);
                assertEquals(List.of(), findings.faults());
                assertTrue(findings.checked() > 100);
                System.out.println("two versions side by side: " + diary + ", " + findings.checked() + " checks");
            }
        }
    }

    private static void awaitDeliveries(Diary diary, int deliveries) {
        await(deliveries + " deliveries")
                .atMost(LIMIT)
                .until(() -> diary.delivered().size() >= deliveries);
    }

    private static void hireOneOfEach(Fleet fleet, Path checkout) {
        for (Service service : Service.values()) {
            fleet.hire(service, List.of(), checkout).awaitReady();
        }
    }

    /** The tag of the newest release that this version came after. */
    private static String newestRelease() throws IOException, InterruptedException {
        List<String> tags = new ArrayList<>();
        boolean found =
                run(SharedStack.CHECKOUT, tags, "git", "describe", "--tags", "--abbrev=0", "--match", "v*") == 0;
        String why = "There is no tag of a release: THAT TWO VERSIONS WORK SIDE BY SIDE HAS NOT BEEN TESTED.";
        if (!found) {
            System.err.println(why);
        }
        assumeTrue(found, why);
        return tags.get(0).strip();
    }

    /** A checkout of the tag beside this one, with its services packaged; kept for the next time. */
    private static Path packaged(String tag) throws IOException, InterruptedException {
        Path release = SharedStack.CHECKOUT.resolve("deploy/local/target/release-" + tag);
        if (Files.exists(release.resolve("packaged"))) {
            return release;
        }
        System.out.println("Building " + tag + " in " + release);
        mustRun(SharedStack.CHECKOUT, "git", "worktree", "prune");
        mustRun(SharedStack.CHECKOUT, "git", "worktree", "add", "--force", "--detach", release.toString(), tag);
        List<String> maven = new ArrayList<>(
                List.of(release.resolve("mvnw").toString(), "-q", "-B", "-ntp", "-DskipTests", "package"));
        maven.addAll(List.of("-pl", "webhook-gateway,refunds-service,partner-connectors", "-am"));
        String repository = System.getProperty("localRepository");
        if (repository != null) {
            maven.add("-Dmaven.repo.local=" + repository);
        }
        mustRun(release, maven.toArray(String[]::new));
        Files.createFile(release.resolve("packaged"));
        return release;
    }

    private static void mustRun(Path where, String... command) throws IOException, InterruptedException {
        List<String> said = new ArrayList<>();
        assertEquals(0, run(where, said, command), () -> String.join(" ", command) + ": " + said);
    }

    private static int run(Path where, List<String> said, String... command) throws IOException, InterruptedException {
        Path output = Files.createTempFile("said", ".txt");
        try {
            Process process = new ProcessBuilder(command)
                    .directory(where.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .start();
            if (!process.waitFor(MINUTES_TO_BUILD, TimeUnit.MINUTES)) {
                process.destroy();
            }
            said.addAll(Files.readAllLines(output, StandardCharsets.UTF_8));
            return process.waitFor();
        } finally {
            Files.delete(output);
        }
    }
}
