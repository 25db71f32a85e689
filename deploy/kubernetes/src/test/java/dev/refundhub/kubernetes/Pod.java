package dev.refundhub.kubernetes;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerPort;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import java.util.Map;
import java.util.Optional;

/** The pods that a Deployment or a Job makes. */
record Pod(String owner, PodTemplateSpec template) {

    PodSpec spec() {
        return template.getSpec();
    }

    Map<String, String> labels() {
        return template.getMetadata().getLabels();
    }

    /** The one container: nothing here has a second. */
    Container container() {
        if (spec().getContainers().size() != 1) {
            throw new AssertionError(owner + " has " + spec().getContainers().size() + " containers");
        }
        return spec().getContainers().get(0);
    }

    /** The module whose image this runs. */
    String service() {
        return container().getImage().replaceFirst("^refund-hub/([a-z-]+):.*$", "$1");
    }

    Optional<EnvVar> variable(String name) {
        return container().getEnv().stream()
                .filter(variable -> variable.getName().equals(name))
                .findFirst();
    }

    Optional<Integer> port(String name) {
        return container().getPorts().stream()
                .filter(port -> name.equals(port.getName()))
                .map(ContainerPort::getContainerPort)
                .findFirst();
    }

    boolean is(Map<String, String> selector) {
        return labels().entrySet().containsAll(selector.entrySet());
    }

    @Override
    public String toString() {
        return owner;
    }
}
