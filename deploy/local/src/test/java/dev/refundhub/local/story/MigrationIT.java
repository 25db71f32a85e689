package dev.refundhub.local.story;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.refundhub.local.prove.ConnectorsProof;
import dev.refundhub.local.prove.check.Checker;
import dev.refundhub.local.prove.check.Findings;
import dev.refundhub.local.prove.check.Scope;
import dev.refundhub.local.prove.load.Diary;
import dev.refundhub.local.prove.load.Load;
import dev.refundhub.local.stack.Databases;
import dev.refundhub.local.stack.Directories;
import dev.refundhub.local.stack.Fleet;
import dev.refundhub.local.stack.FreePorts;
import dev.refundhub.local.stack.Service;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * As on Kubernetes: each migration Job, with the variables of its manifest and no others, brings a database to this version as its
 * owner; then the service works as a role that owns nothing, and migrates nothing.
 */
@Tag("proof")
class MigrationIT {
    private static final Path MANIFESTS = SharedStack.CHECKOUT.resolve("deploy/kubernetes/base");
    private static final Map<Service, String> DATABASES =
            Map.of(Service.GATEWAY, "gateway", Service.REFUNDS, "refunds", Service.CONNECTORS, "connectors");
    private static final String OWNER = "owner";
    private static final String WORKER = "worker";
    private static final int CASES_PER_SECOND = 15;
    private static final int DELIVERIES = 100;
    private static final Duration LIMIT = Duration.ofSeconds(60);

    @TempDir
    Path directory;

    @Test
    void aJobMigratesAndEndsAndTheServiceWorksAsARoleThatOwnsNothing() throws Exception {
        Directories directories = new Directories(
                SharedStack.CHECKOUT,
                directory.resolve("state"),
                directory.resolve("state/data"),
                Path.of("target/it-logs"));
        Map<String, String> asDeployed = new HashMap<>(ConnectorsProof.IMPATIENT);
        asDeployed.putAll(literals(MANIFESTS.resolve("every-deployment.yaml")));
        asDeployed.put("QUARKUS_DATASOURCE_USERNAME", WORKER);
        asDeployed.put("QUARKUS_DATASOURCE_PASSWORD", WORKER);
        Diary diary = new Diary();
        try (Fleet fleet = new Fleet(
                        directories, FreePorts.settings(ConnectorsProof.IMPATIENT), asDeployed, System.out::println)
                .start()) {
            Databases databases = fleet.settings().databases();
            giveAway(databases);
            for (Service service : Service.values()) {
                migrate(service, databases);
            }
            migrate(Service.REFUNDS, databases);

            for (Service service : Service.values()) {
                fleet.hire(service).awaitReady();
            }
            fleet.setPolicies();
            try (Checker checker = new Checker(fleet.settings(), directories.data());
                    Load load = new Load(fleet, diary, 1, 0, true)) {
                load.begin(CASES_PER_SECOND);
                await("deliveries").atMost(LIMIT).until(() -> diary.delivered().size() >= DELIVERIES);

                assertTrue(load.end(LIMIT), () -> "not ended: " + load.outstanding());
                assertEquals(List.of(), load.faults());
                Findings findings = checker.await(new Scope(diary, Set.of()), LIMIT);
                assertEquals(List.of(), findings.faults());
            }
        }
    }

    private static void giveAway(Databases databases) throws SQLException {
        try (Connection connection = databases.connect("postgres");
                Statement statement = connection.createStatement()) {
            for (String role : List.of(OWNER, WORKER)) {
                statement.execute("create role %1$s login password '%1$s'".formatted(role));
            }
            for (String database : DATABASES.values()) {
                statement.execute("alter database %s owner to %s".formatted(database, OWNER));
            }
        }
    }

    private void migrate(Service service, Databases databases) throws IOException, InterruptedException {
        Path said = directory.resolve(service + "-migration.log");
        ProcessBuilder job = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-jar",
                        SharedStack.CHECKOUT
                                .resolve(service + "/target/quarkus-app/quarkus-run.jar")
                                .toString())
                .redirectErrorStream(true)
                .redirectOutput(said.toFile());
        job.environment().clear();
        job.environment().putAll(literals(MANIFESTS.resolve("every-pod.yaml")));
        job.environment().putAll(literals(MANIFESTS.resolve("every-migration.yaml")));
        for (JsonNode variable : variables(MANIFESTS.resolve(service + "/migration.yaml"))) {
            job.environment().put(variable.path("name").asText(), value(variable, service, databases));
        }
        Process process = job.start();
        boolean ended = process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS);
        process.destroyForcibly();
        String what = Files.readString(said);
        assertTrue(ended, () -> service + "'s migration does not end: " + what);
        assertEquals(0, process.exitValue(), () -> service + "'s migration: " + what);
    }

    private static String value(JsonNode variable, Service service, Databases databases) {
        JsonNode secret = variable.at("/valueFrom/secretKeyRef");
        if (!secret.isMissingNode()) {
            return secret.path("name").asText().endsWith("-owner") ? OWNER : WORKER;
        }
        JsonNode setting = variable.at("/valueFrom/configMapKeyRef/key");
        if (!setting.isMissingNode()) {
            assertEquals("QUARKUS_DATASOURCE_JDBC_URL", setting.asText());
            return databases.jdbc(DATABASES.get(service));
        }
        return variable.path("value").asText();
    }

    private static JsonNode variables(Path manifest) throws IOException {
        JsonNode variables = new YAMLMapper().readTree(manifest.toFile()).at("/spec/template/spec/containers/0/env");
        assertTrue(variables.isArray(), manifest + " has no variables");
        return variables;
    }

    /** What every pod of its kind is told. */
    private static Map<String, String> literals(Path manifest) throws IOException {
        Map<String, String> told = new HashMap<>();
        for (JsonNode variable : variables(manifest)) {
            told.put(variable.path("name").asText(), variable.path("value").asText());
        }
        return told;
    }
}
