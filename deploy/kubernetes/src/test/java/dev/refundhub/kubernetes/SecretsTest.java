package dev.refundhub.kubernetes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.EnvFromSource;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.KeyToPath;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretKeySelector;
import io.fabric8.kubernetes.api.model.SecretVolumeSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Secrets are named, never given. */
class SecretsTest {
    private static final String WHOLE = "dev.refundhub.kubernetes.Kustomize#whole";
    private static final Pattern SECRET = Pattern.compile("(?i)(secret|password|token|key|jaas|username)");
    private static final Pattern REFERENCE = Pattern.compile("\\$\\{[A-Z0-9_]+:?}(,\\$\\{[A-Z0-9_]+:?})*");

    @ParameterizedTest
    @MethodSource(WHOLE)
    void noObjectIsASecret(Rendered rendered) {
        assertTrue(rendered.all(Secret.class).isEmpty());
    }

    @ParameterizedTest
    @MethodSource(WHOLE)
    void noVariableThatSoundsSecretHasAValue(Rendered rendered) {
        for (Pod pod : rendered.pods()) {
            pod.container().getEnv().stream()
                    .filter(variable -> SECRET.matcher(variable.getName()).find())
                    .filter(variable -> variable.getValueFrom() == null
                            || variable.getValueFrom().getSecretKeyRef() == null)
                    .forEach(variable -> assertEquals("unused", variable.getValue(), pod + " " + variable.getName()));
        }
    }

    @ParameterizedTest
    @MethodSource(WHOLE)
    void onlyMigrationsAreGivenKeysThatTheyDoNotUse(Rendered rendered) {
        rendered.services()
                .forEach(pod -> assertFalse(
                        pod.container().getEnv().stream().map(EnvVar::getValue).anyMatch("unused"::equals)));
    }

    @ParameterizedTest
    @MethodSource(WHOLE)
    void noSettingThatSoundsSecretHasAValue(Rendered rendered) {
        for (ConfigMap map : rendered.all(ConfigMap.class)) {
            map.getData()
                    .forEach((name, value) -> (name.endsWith(".properties") ? Module.lines(value) : Map.of(name, value))
                            .forEach(SecretsTest::onlyRefers));
        }
    }

    private static void onlyRefers(String setting, String value) {
        if (SECRET.matcher(setting).find()) {
            assertTrue(REFERENCE.matcher(value).matches(), setting + " has a value");
        }
        assertFalse(value.matches(".*://[^/@]+@.*"), setting + " has somebody's name in its address");
    }

    @Test
    void aSecretAmongSettingsWouldBeSeen() {
        for (String value : List.of("sk_production_1", "${A},b", "${A}b", "")) {
            assertFalse(REFERENCE.matcher(value).matches(), value);
        }
        assertTrue(SECRET.matcher("hub.account.violet.app-secret").find());
        assertTrue(SECRET.matcher("hub.source.acme-shipped.check.hmac.secrets").find());
    }

    @ParameterizedTest
    @MethodSource(WHOLE)
    void everySecretThatIsReferredToIsMadeByTheExampleOrByStrimzi(Rendered rendered) {
        Map<String, Set<String>> made = new TreeMap<>(Examples.secrets());
        Module.all().forEach(module -> {
            made.put(module.name() + "-kafka", Set.of("sasl.jaas.config"));
            made.computeIfPresent(module.name() + "-partners", (name, keys) -> Set.of());
        });
        made.put("kafka-cluster-ca-cert", Set.of("ca.crt"));

        assertEquals(made, referred(rendered));
    }

    @ParameterizedTest
    @MethodSource(WHOLE)
    void theReadmeNamesEverySecret(Rendered rendered) {
        String readme = Kustomize.text(Kustomize.HERE.resolve("README.md"));

        referred(rendered).keySet().forEach(name -> {
            String anyService = name.replaceFirst("^[a-z]+-[a-z]+(-database|-database-owner|-kafka)$", "<service>$1");
            assertTrue(readme.contains("`" + anyService + "`"), anyService);
        });
    }

    @ParameterizedTest
    @MethodSource(WHOLE)
    void theOwnersPasswordIsNowhereButInAMigration(Rendered rendered) {
        rendered.services()
                .forEach(pod -> assertFalse(pod.template().toString().contains("-database-owner"), pod.owner()));
        rendered.migrations()
                .forEach(pod -> assertTrue(pod.template().toString().contains("-database-owner"), pod.owner()));
    }

    @Test
    void noExampleHasASecretEither() {
        Stream.of("cloudnative-pg.yaml", "external-secrets.yaml", "keda.yaml")
                .flatMap(file -> Examples.of(file).stream())
                .map(object -> object.path("kind"))
                .map(JsonNode::asText)
                .forEach(kind -> assertFalse(kind.equals("Secret"), kind));
    }

    private static Map<String, Set<String>> referred(Rendered rendered) {
        Map<String, Set<String>> referred = new TreeMap<>();
        for (Pod pod : rendered.pods()) {
            pod.container().getEnv().stream()
                    .filter(variable -> variable.getValueFrom() != null)
                    .map(variable -> variable.getValueFrom().getSecretKeyRef())
                    .filter(secret -> secret != null)
                    .forEach(secret -> keys(referred, secret).add(secret.getKey()));
            pod.container().getEnvFrom().stream()
                    .map(EnvFromSource::getSecretRef)
                    .filter(secret -> secret != null)
                    .forEach(secret -> referred.computeIfAbsent(secret.getName(), name -> new TreeSet<>()));
            pod.spec().getVolumes().stream()
                    .map(volume -> volume.getSecret())
                    .filter(secret -> secret != null)
                    .forEach(secret -> referred.computeIfAbsent(secret.getSecretName(), name -> new TreeSet<>())
                            .addAll(paths(secret)));
        }
        return referred;
    }

    private static Set<String> keys(Map<String, Set<String>> referred, SecretKeySelector secret) {
        return referred.computeIfAbsent(secret.getName(), name -> new TreeSet<>());
    }

    private static List<String> paths(SecretVolumeSource secret) {
        return secret.getItems().stream().map(KeyToPath::getKey).toList();
    }
}
