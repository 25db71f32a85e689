package dev.refundhub.kubernetes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fabric8.kubernetes.api.model.ObjectMeta;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Topics and users are those of the code. */
class KafkaTest {
    private static final String WHOLE = "dev.refundhub.kubernetes.Kustomize#whole";
    private static final Path LOCAL =
            Module.root().resolve("deploy/local/src/main/java/dev/refundhub/local/stack/Topics.java");

    @ParameterizedTest
    @MethodSource(WHOLE)
    void everyTopicOfTheServicesIsThereAndNoOther(Rendered rendered) {
        Set<String> named = new TreeSet<>();
        Module.all().forEach(module -> {
            named.addAll(module.topics());
            named.addAll(module.incoming());
            named.addAll(module.outgoing());
        });

        assertEquals(named, topics(rendered));
    }

    @ParameterizedTest
    @MethodSource(WHOLE)
    void theTopicsAreThoseOfTheLocalStack(Rendered rendered) {
        Set<String> local = Module.found(Pattern.compile("(\\w+)\\.TOPIC\\b"), Kustomize.text(LOCAL))
                .map(message -> Module.topicOf(message.group(1)))
                .collect(Collectors.toCollection(TreeSet::new));

        assertEquals(local, topics(rendered));
    }

    @ParameterizedTest
    @MethodSource(WHOLE)
    void everyTopicKeepsWhatIsPromised(Rendered rendered) {
        String local = Kustomize.text(LOCAL);
        long days = number("Duration\\.ofDays\\((\\d+)\\)", local);

        for (KafkaTopic topic : rendered.all(KafkaTopic.class)) {
            assertEquals(number("PARTITIONS = (\\d+)", local), topic.spec().partitions());
            assertEquals(3, topic.spec().replicas());
            assertEquals(2, topic.spec().config().get("min.insync.replicas"));
            assertEquals("delete", topic.spec().config().get("cleanup.policy"));
            assertEquals(
                    Duration.ofDays(days).toMillis(),
                    ((Number) topic.spec().config().get("retention.ms")).longValue());
        }
    }

    @ParameterizedTest
    @MethodSource(WHOLE)
    void everyServiceIsAUserWithTheRightsThatItsChannelsNeedAndNoOther(Rendered rendered) {
        Module.all()
                .forEach(module ->
                        assertEquals(rights(module), user(rendered, module).rights(), module.name()));

        assertEquals(3, rendered.all(KafkaUser.class).size());
    }

    @Test
    void theRightsAreReadFromTheCode() {
        assertEquals(
                Set.of("Write topic partner-events", "Describe topic partner-events"),
                rights(new Module("webhook-gateway")));
        assertTrue(rights(new Module("refunds-service")).contains("Write topic shipped-suite-instructions"));
        assertTrue(rights(new Module("partner-connectors")).contains("Read group partner-connectors"));
    }

    /** What a service does not read of the topics that it names, it writes. */
    private static Set<String> rights(Module module) {
        Set<String> written = new TreeSet<>(module.topics());
        written.addAll(module.outgoing());
        written.removeAll(module.incoming());
        Set<String> rights = new TreeSet<>();
        module.incoming().forEach(topic -> rights.addAll(Set.of("Read topic " + topic, "Describe topic " + topic)));
        module.groups().forEach(group -> rights.add("Read group " + group));
        written.forEach(topic -> rights.addAll(Set.of("Write topic " + topic, "Describe topic " + topic)));
        return rights;
    }

    @ParameterizedTest
    @MethodSource(WHOLE)
    void rightsAreForWholeNames(Rendered rendered) {
        rendered.all(KafkaUser.class).stream()
                .flatMap(user -> user.spec().authorization().acls().stream())
                .forEach(acl -> assertEquals("literal", acl.resource().patternType()));
    }

    @ParameterizedTest
    @MethodSource(WHOLE)
    void everyServiceSpeaksAsItsUserInTheWayTheUserWasMade(Rendered rendered) {
        for (Pod pod : rendered.services()) {
            Module module = new Module(pod.service());
            String secret = pod.variable("KAFKA_SASL_JAAS_CONFIG")
                    .orElseThrow()
                    .getValueFrom()
                    .getSecretKeyRef()
                    .getName();

            assertEquals(user(rendered, module).metadata().getName(), secret);
            assertEquals(
                    user(rendered, module).spec().authentication().type(),
                    rendered.map(module.name() + "-settings")
                            .getData()
                            .get("KAFKA_SASL_MECHANISM")
                            .toLowerCase(Locale.ROOT));
        }
    }

    @ParameterizedTest
    @MethodSource(WHOLE)
    void allBelongToTheClusterWhoseAuthorityIsTrusted(Rendered rendered) {
        Set<String> clusters = new TreeSet<>();
        rendered.all(KafkaTopic.class).forEach(topic -> clusters.add(cluster(topic.metadata())));
        rendered.all(KafkaUser.class).forEach(user -> clusters.add(cluster(user.metadata())));
        Set<String> trusted = rendered.services().stream()
                .flatMap(pod -> pod.spec().getVolumes().stream())
                .filter(volume -> volume.getSecret() != null)
                .map(volume -> volume.getSecret().getSecretName().replaceFirst("-cluster-ca-cert$", ""))
                .collect(Collectors.toCollection(TreeSet::new));

        assertEquals(clusters, trusted);
    }

    private static String cluster(ObjectMeta metadata) {
        return metadata.getLabels().get("strimzi.io/cluster");
    }

    private static Set<String> topics(Rendered rendered) {
        return rendered.all(KafkaTopic.class).stream()
                .map(KafkaTopic::name)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static KafkaUser user(Rendered rendered, Module module) {
        return rendered.all(KafkaUser.class).stream()
                .filter(user -> user.name().equals(module.name() + "-kafka"))
                .findFirst()
                .orElseThrow();
    }

    private static long number(String pattern, String text) {
        return Long.parseLong(Module.found(Pattern.compile(pattern), text)
                .findFirst()
                .orElseThrow()
                .group(1));
    }
}
