package dev.refundhub.kubernetes;

import io.fabric8.kubernetes.api.model.ObjectMeta;
import java.util.Map;

/** What we use of Strimzi's topic. */
record KafkaTopic(String apiVersion, String kind, ObjectMeta metadata, Spec spec) {
    record Spec(int partitions, int replicas, Map<String, Object> config) {}

    String name() {
        return metadata.getName();
    }
}
