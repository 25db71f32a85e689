package dev.refundhub.monitoring;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** The alerts, and their tests, as they stand in their files. */
final class Rules {
    static final Path HERE = Path.of("").toAbsolutePath();

    private Rules() {}

    static List<JsonNode> alerts() {
        return list(read("rules.yaml").path("groups"))
                .flatMap(group -> list(group.path("rules")))
                .toList();
    }

    static List<String> names() {
        return alerts().stream().map(alert -> alert.path("alert").asText()).toList();
    }

    /** Each test that says something about this alert. */
    static List<JsonNode> testsOf(String alert) {
        return list(read("rules.test.yaml").path("tests"))
                .flatMap(test -> list(test.path("alert_rule_test")))
                .filter(test -> test.path("alertname").asText().equals(alert))
                .toList();
    }

    private static JsonNode read(String file) {
        try {
            return new YAMLMapper().readTree(HERE.resolve(file).toFile());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Stream<JsonNode> list(JsonNode nodes) {
        return StreamSupport.stream(nodes.spliterator(), false);
    }
}
