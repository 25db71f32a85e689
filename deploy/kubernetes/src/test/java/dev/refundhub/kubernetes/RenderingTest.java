package dev.refundhub.kubernetes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.HTTPRoute;
import io.fabric8.openshift.api.model.monitoring.v1.PodMonitor;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every overlay gives objects that the API server would take. */
class RenderingTest {
    private static final String EVERYTHING = "dev.refundhub.kubernetes.Kustomize#everything";

    @ParameterizedTest
    @MethodSource(EVERYTHING)
    void everyObjectIsTakenAsItIs(Rendered rendered) {
        assertEquals(3, rendered.services().size());
        assertEquals(3, rendered.migrations().size());
    }

    @ParameterizedTest
    @MethodSource(EVERYTHING)
    void everyObjectIsInOneNamespaceAndSaysWhatItBelongsTo(Rendered rendered) {
        for (JsonNode object : rendered.raw()) {
            JsonNode metadata = object.path("metadata");
            boolean namespace = object.path("kind").asText().equals("Namespace");
            assertEquals(
                    "refund-hub",
                    metadata.path(namespace ? "name" : "namespace").asText(),
                    metadata.toString());
            assertEquals(
                    "refund-hub",
                    metadata.path("labels").path("app.kubernetes.io/part-of").asText(),
                    metadata.toString());
        }
    }

    @ParameterizedTest
    @MethodSource(EVERYTHING)
    void everyObjectIsThereOnce(Rendered rendered) {
        List<String> names = rendered.raw().stream()
                .map(object -> object.path("kind").asText() + " "
                        + object.path("metadata").path("name").asText())
                .toList();

        assertEquals(Set.copyOf(names).size(), names.size(), names.toString());
    }

    @ParameterizedTest
    @MethodSource(EVERYTHING)
    void everyImageIsOfOneVersion(Rendered rendered) {
        Set<String> tags = rendered.pods().stream()
                .map(pod -> pod.container().getImage().replaceFirst("^refund-hub/[a-z-]+:", ""))
                .collect(Collectors.toSet());

        assertEquals(1, tags.size(), tags.toString());
        assertTrue(tags.iterator().next().matches("\\d+\\.\\d+\\.\\d+"), tags.toString());
    }

    @ParameterizedTest
    @MethodSource("dev.refundhub.kubernetes.Kustomize#whole")
    void everyComponentAddsSomething(Rendered rendered) {
        assertFalse(rendered.all(KafkaTopic.class).isEmpty());
        assertFalse(rendered.all(HTTPRoute.class).isEmpty());
        assertFalse(rendered.all(PodMonitor.class).isEmpty());
    }

    @Test
    void aMisspeltFieldIsRefused() {
        refused("Deployment", object -> spec(object).put("replica", 3));
        refused("Deployment", object -> ((ObjectNode) pod(object)).put("enableServiceLink", false));
        refused("NetworkPolicy", object -> spec(object).put("egres", "x"));
        refused("HTTPRoute", object -> spec(object).put("hostname", "x"));
        refused("PodMonitor", object -> spec(object).put("selectors", "x"));
        refused("KafkaTopic", object -> spec(object).put("partition", 1));
        refused("KafkaUser", object -> spec(object).put("quota", 1));
    }

    @Test
    void anotherTypeIsRefused() {
        refused("Deployment", object -> spec(object).put("replicas", "three"));
        refused("Deployment", object -> spec(object).put("replicas", "3"));
        refused("ConfigMap", object -> ((ObjectNode) object.path("data")).put("QUARKUS_INIT_AND_EXIT", true));
        refused("Job", object -> ((ObjectNode) pod(object)).put("restartPolicy", 1));
    }

    @Test
    void anUnknownKindIsRefused() {
        ObjectNode object = one("Deployment");
        object.put("apiVersion", "apps/v1beta1");

        assertThrows(IllegalArgumentException.class, () -> Strict.read(object));
    }

    private static void refused(String kind, Consumer<ObjectNode> mistake) {
        ObjectNode object = one(kind);
        mistake.accept(object);

        assertThrows(JsonProcessingException.class, () -> Strict.read(object), kind);
    }

    private static ObjectNode one(String kind) {
        return Kustomize.render("production", Kustomize.COMPONENTS).raw().stream()
                .filter(object -> object.path("kind").asText().equals(kind))
                .findFirst()
                .orElseThrow()
                .deepCopy();
    }

    private static ObjectNode spec(JsonNode object) {
        return (ObjectNode) object.path("spec");
    }

    private static JsonNode pod(JsonNode object) {
        return object.path("spec").path("template").path("spec");
    }
}
