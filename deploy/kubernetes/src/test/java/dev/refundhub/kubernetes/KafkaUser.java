package dev.refundhub.kubernetes;

import io.fabric8.kubernetes.api.model.ObjectMeta;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** What we use of Strimzi's user. */
record KafkaUser(String apiVersion, String kind, ObjectMeta metadata, Spec spec) {
    record Spec(Authentication authentication, Authorization authorization) {}

    record Authentication(String type) {}

    record Authorization(String type, List<Acl> acls) {}

    record Acl(Resource resource, List<String> operations) {}

    record Resource(String type, String name, String patternType) {}

    String name() {
        return metadata.getName();
    }

    /** Each as {@code Read topic orders}. */
    Set<String> rights() {
        Set<String> rights = new TreeSet<>();
        for (Acl acl : spec.authorization().acls()) {
            for (String operation : acl.operations()) {
                rights.add(operation + " " + acl.resource().type() + " "
                        + acl.resource().name());
            }
        }
        return rights;
    }
}
