package dev.refundhub.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** What one overlay, with some components, gives the cluster. */
record Rendered(String title, List<JsonNode> raw, List<Object> objects) {
    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());

    static Rendered of(String title, Path yaml) {
        List<JsonNode> raw = documents(yaml);
        List<Object> objects = new ArrayList<>();
        for (JsonNode object : raw) {
            objects.add(typed(title, object));
        }
        return new Rendered(title, raw, objects);
    }

    static List<JsonNode> documents(Path yaml) {
        try (MappingIterator<JsonNode> documents =
                YAML.readerFor(JsonNode.class).readValues(yaml.toFile())) {
            return documents.readAll();
        } catch (IOException e) {
            throw new UncheckedIOException(yaml.toString(), e);
        }
    }

    private static Object typed(String title, JsonNode object) {
        try {
            return Strict.read(object);
        } catch (IOException e) {
            throw new UncheckedIOException(
                    title + ": " + object.path("kind").asText() + " "
                            + object.path("metadata").path("name").asText() + " is refused",
                    e);
        }
    }

    <T> List<T> all(Class<T> type) {
        return objects.stream().filter(type::isInstance).map(type::cast).toList();
    }

    List<Pod> pods() {
        return Stream.concat(services().stream(), migrations().stream()).toList();
    }

    List<Pod> services() {
        return all(Deployment.class).stream()
                .map(owner ->
                        new Pod(owner.getMetadata().getName(), owner.getSpec().getTemplate()))
                .toList();
    }

    List<Pod> migrations() {
        return all(Job.class).stream()
                .map(owner ->
                        new Pod(owner.getMetadata().getName(), owner.getSpec().getTemplate()))
                .toList();
    }

    /** The generated map of this name, whatever hash follows it. */
    ConfigMap map(String name) {
        return all(ConfigMap.class).stream()
                .filter(map -> map.getMetadata().getName().matches(name + "-[a-z0-9]{10}"))
                .findFirst()
                .orElseThrow(() -> new AssertionError(title + " has no ConfigMap " + name));
    }

    @Override
    public String toString() {
        return title;
    }
}
