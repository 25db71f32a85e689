package dev.refundhub.kubernetes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fabric8.kubernetes.api.model.EnvFromSource;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.VolumeMount;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every variable that a pod is given is one that its service reads, and what it needs it is given. */
class EnvironmentTest {
    private static final String WHOLE = "dev.refundhub.kubernetes.Kustomize#whole";

    /** Variables of Quarkus and Kafka, with the settings a service must have for them to mean anything. */
    private static final Map<String, String> STANDARD = Map.ofEntries(
            Map.entry("JAVA_TOOL_OPTIONS", ""),
            Map.entry("QUARKUS_CONFIG_LOCATIONS", ""),
            Map.entry("QUARKUS_INIT_AND_EXIT", ""),
            Map.entry("QUARKUS_DATASOURCE_USERNAME", "quarkus.datasource."),
            Map.entry("QUARKUS_DATASOURCE_PASSWORD", "quarkus.datasource."),
            Map.entry("QUARKUS_DATASOURCE_JDBC_URL", "quarkus.datasource.jdbc."),
            Map.entry("QUARKUS_DATASOURCE_REACTIVE_URL", "quarkus.datasource.reactive."),
            Map.entry("QUARKUS_DATASOURCE_REACTIVE_POSTGRESQL_SSL_MODE", "quarkus.datasource.reactive."),
            Map.entry("QUARKUS_DATASOURCE_REACTIVE_TRUST_CERTIFICATE_PEM", "quarkus.datasource.reactive."),
            Map.entry("QUARKUS_DATASOURCE_REACTIVE_TRUST_CERTIFICATE_PEM_CERTS", "quarkus.datasource.reactive."),
            Map.entry("QUARKUS_DATASOURCE_REACTIVE_HOSTNAME_VERIFICATION_ALGORITHM", "quarkus.datasource.reactive."),
            Map.entry("QUARKUS_FLYWAY_MIGRATE_AT_START", "quarkus.flyway."),
            Map.entry("QUARKUS_FLYWAY_VALIDATE_AT_START", "quarkus.flyway."),
            Map.entry("QUARKUS_FLYWAY_PLACEHOLDERS__SERVICE_ROLE_", "quarkus.flyway."),
            Map.entry("QUARKUS_OIDC_AUTH_SERVER_URL", "quarkus.oidc."),
            Map.entry("QUARKUS_OIDC_TENANT_ENABLED", "quarkus.oidc."),
            Map.entry("KAFKA_BOOTSTRAP_SERVERS", "kafka."),
            Map.entry("KAFKA_SECURITY_PROTOCOL", "kafka."),
            Map.entry("KAFKA_SASL_MECHANISM", "kafka."),
            Map.entry("KAFKA_SASL_JAAS_CONFIG", "kafka."),
            Map.entry("KAFKA_SSL_TRUSTSTORE_TYPE", "kafka."),
            Map.entry("KAFKA_SSL_TRUSTSTORE_LOCATION", "kafka."));

    private static final Pattern REFERENCE = Pattern.compile("\\$\\{([A-Z0-9_]+)(:?)}");

    @ParameterizedTest
    @MethodSource(WHOLE)
    void everyVariableIsReadByItsService(Rendered rendered) {
        for (Pod pod : rendered.pods()) {
            Module module = new Module(pod.service());
            for (String name : variables(rendered, pod)) {
                assertTrue(isRead(module, name), pod + " is given " + name + ", which " + module + " does not read");
            }
        }
    }

    @Test
    void aVariableThatNobodyReadsWouldBeSeen() {
        Module connectors = new Module("partner-connectors");

        assertFalse(isRead(connectors, "HUB_EMAIL_KEY"));
        assertFalse(isRead(connectors, "QUARKUS_OIDC_AUTH_SERVER_URL"));
        assertFalse(isRead(connectors, "QUARKUS_FLYWAY_MIGRATE"));
        assertTrue(isRead(new Module("refunds-service"), "HUB_EMAIL_KEY"));
        assertTrue(isRead(new Module("webhook-gateway"), "HUB_REFUNDS_CLIENT_SECRET"));
        assertTrue(isRead(new Module("webhook-gateway"), "HUB_TRUSTED_PROXIES"));
    }

    private static boolean isRead(Module module, String name) {
        if (STANDARD.containsKey(name)) {
            String prefix = STANDARD.get(name);
            return module.settings().keySet().stream().anyMatch(setting -> setting.startsWith(prefix));
        }
        return module.asked().stream().anyMatch(setting -> variable(setting).equals(name));
    }

    @ParameterizedTest
    @MethodSource(WHOLE)
    void everyServiceAndEveryMigrationIsGivenWhatItDoesNotStartWithout(Rendered rendered) {
        for (Pod pod : rendered.pods()) {
            for (String setting : new Module(pod.service()).needed()) {
                assertTrue(variables(rendered, pod).contains(variable(setting)), pod + " lacks " + variable(setting));
            }
        }
    }

    @ParameterizedTest
    @MethodSource(WHOLE)
    void onlyMigrationsMigrate(Rendered rendered) {
        for (Pod pod : rendered.services()) {
            assertEquals("false", value(pod, "QUARKUS_FLYWAY_MIGRATE_AT_START"));
            assertEquals("true", value(pod, "QUARKUS_FLYWAY_VALIDATE_AT_START"));
            assertEquals(pod.service() + "-database", secret(pod, "QUARKUS_DATASOURCE_USERNAME"));
            assertEquals(pod.service() + "-database", secret(pod, "QUARKUS_DATASOURCE_PASSWORD"));
        }
        for (Pod pod : rendered.migrations()) {
            assertEquals("true", value(pod, "QUARKUS_FLYWAY_MIGRATE_AT_START"));
            assertEquals("true", value(pod, "QUARKUS_INIT_AND_EXIT"));
            assertEquals(pod.service() + "-database-owner", secret(pod, "QUARKUS_DATASOURCE_USERNAME"));
            assertEquals(pod.service() + "-database-owner", secret(pod, "QUARKUS_DATASOURCE_PASSWORD"));
            assertEquals(pod.service() + "-database", secret(pod, "QUARKUS_FLYWAY_PLACEHOLDERS__SERVICE_ROLE_"));
        }
    }

    @ParameterizedTest
    @MethodSource(WHOLE)
    void bothAddressesOfADatabaseAreTheSame(Rendered rendered) {
        Module.all().forEach(module -> {
            Map<String, String> settings =
                    rendered.map(module.name() + "-settings").getData();

            assertEquals(
                    "jdbc:" + settings.get("QUARKUS_DATASOURCE_REACTIVE_URL"),
                    settings.get("QUARKUS_DATASOURCE_JDBC_URL"));
        });
    }

    @ParameterizedTest
    @MethodSource(WHOLE)
    void everyFileThatASettingNamesIsMounted(Rendered rendered) {
        for (Pod pod : rendered.services()) {
            Map<String, String> settings =
                    rendered.map(pod.service() + "-settings").getData();
            List<String> mounts = pod.container().getVolumeMounts().stream()
                    .map(VolumeMount::getMountPath)
                    .toList();

            for (String name : List.of("QUARKUS_CONFIG_LOCATIONS", "KAFKA_SSL_TRUSTSTORE_LOCATION")) {
                String file = settings.get(name);
                assertTrue(mounts.contains(file.substring(0, file.lastIndexOf('/'))), file);
            }
        }
    }

    @ParameterizedTest
    @MethodSource(WHOLE)
    void everyContractIsOneThatItsServiceReads(Rendered rendered) {
        Module.all().forEach(module -> contracts(rendered, module)
                .keySet()
                .forEach(setting -> assertTrue(module.maps(setting), module + " does not read " + setting)));
    }

    @ParameterizedTest
    @MethodSource(WHOLE)
    void whatContractsReferToComesFromTheSecretOfPartners(Rendered rendered) {
        Module.all().forEach(module -> {
            Set<String> referred = new TreeSet<>();
            Module.found(
                            REFERENCE,
                            String.join("\n", contracts(rendered, module).values()))
                    .filter(reference -> reference.group(2).isEmpty())
                    .forEach(reference -> referred.add(reference.group(1)));

            assertEquals(
                    Examples.secrets().getOrDefault(module.name() + "-partners", Set.of()), referred, module.name());
        });
    }

    private static Map<String, String> contracts(Rendered rendered, Module module) {
        String text = rendered.map(module.name() + "-contracts").getData().get("contracts.properties");
        return Module.lines(text);
    }

    private static Set<String> variables(Rendered rendered, Pod pod) {
        Set<String> names = new TreeSet<>();
        pod.container().getEnv().stream().map(EnvVar::getName).forEach(names::add);
        pod.container().getEnvFrom().stream()
                .map(EnvFromSource::getConfigMapRef)
                .filter(map -> map != null)
                .forEach(map -> names.addAll(
                        rendered.map(pod.service() + "-settings").getData().keySet()));
        return names;
    }

    private static String value(Pod pod, String name) {
        return pod.variable(name).orElseThrow().getValue();
    }

    private static String secret(Pod pod, String name) {
        return pod.variable(name).orElseThrow().getValueFrom().getSecretKeyRef().getName();
    }

    private static String variable(String setting) {
        return setting.replaceAll("[^A-Za-z0-9]", "_").toUpperCase(Locale.ROOT);
    }
}
