package dev.refundhub.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** The files of {@code examples}. */
final class Examples {
    private Examples() {}

    static List<JsonNode> of(String file) {
        return Rendered.documents(Kustomize.HERE.resolve("examples/" + file));
    }

    /** The keys of every Secret that the example takes from outside, by the Secret's name. */
    static Map<String, Set<String>> secrets() {
        Map<String, Set<String>> secrets = new TreeMap<>();
        for (JsonNode external : of("external-secrets.yaml")) {
            Set<String> keys = new TreeSet<>();
            external.path("spec")
                    .path("data")
                    .forEach(each -> keys.add(each.path("secretKey").asText()));
            secrets.put(external.path("spec").path("target").path("name").asText(), keys);
        }
        return secrets;
    }
}
