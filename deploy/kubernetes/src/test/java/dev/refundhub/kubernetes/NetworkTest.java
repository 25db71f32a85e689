package dev.refundhub.kubernetes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyEgressRule;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyIngressRule;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPort;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The network policies open what {@code arrows.md} lists, and nothing else. */
class NetworkTest {
    private static final String WHOLE = "dev.refundhub.kubernetes.Kustomize#whole";

    @ParameterizedTest
    @MethodSource(WHOLE)
    void nothingIsOpenByDefault(Rendered rendered) {
        List<NetworkPolicy> forAll = rendered.all(NetworkPolicy.class).stream()
                .filter(policy -> picked(policy).isEmpty())
                .toList();

        assertEquals(1, forAll.size());
        assertTrue(forAll.get(0).getSpec().getIngress().isEmpty());
        assertTrue(forAll.get(0).getSpec().getEgress().isEmpty());
        assertTrue(
                forAll.get(0).getSpec().getPodSelector().getMatchExpressions().isEmpty());
    }

    @ParameterizedTest
    @MethodSource(WHOLE)
    void everyPolicyIsAboutBothWays(Rendered rendered) {
        rendered.all(NetworkPolicy.class)
                .forEach(policy -> assertEquals(
                        List.of("Ingress", "Egress"), policy.getSpec().getPolicyTypes()));
    }

    @ParameterizedTest
    @MethodSource(WHOLE)
    void everyPodHasOnePolicyOfItsOwn(Rendered rendered) {
        for (Pod pod : rendered.pods()) {
            List<String> policies = rendered.all(NetworkPolicy.class).stream()
                    .filter(policy -> !picked(policy).isEmpty() && pod.is(picked(policy)))
                    .map(policy -> policy.getMetadata().getName())
                    .toList();

            assertEquals(List.of(pod.owner()), policies);
        }
    }

    @ParameterizedTest
    @MethodSource(WHOLE)
    void whatGoesOutIsWhatTheArrowsSay(Rendered rendered) {
        Set<String> ours = ours(rendered);

        assertEquals(arrows(arrow -> ours.contains(arrow.from())), going(rendered));
    }

    @ParameterizedTest
    @MethodSource(WHOLE)
    void whatComesInIsWhatTheArrowsSay(Rendered rendered) {
        Set<String> ours = ours(rendered);

        assertEquals(arrows(arrow -> ours.contains(arrow.to())), coming(rendered));
    }

    @ParameterizedTest
    @MethodSource(WHOLE)
    void everyArrowBeginsOrEndsAtOneOfUsAndEveryNameIsUsed(Rendered rendered) {
        Set<String> ours = ours(rendered);
        Set<String> others = new TreeSet<>();
        for (Arrow arrow : Arrow.all()) {
            assertTrue(ours.contains(arrow.from()) || ours.contains(arrow.to()), arrow.toString());
            others.add(arrow.from());
            others.add(arrow.to());
        }
        others.removeAll(ours);

        assertEquals(new TreeSet<>(Arrow.names().values()), others);
    }

    @ParameterizedTest
    @MethodSource(WHOLE)
    void everyArrowToAServiceLeadsToAPortThatIsOpenThere(Rendered rendered) {
        for (Pod pod : rendered.pods()) {
            Set<String> open = pod.container().getPorts().stream()
                    .map(port -> port.getContainerPort() + "/TCP")
                    .collect(Collectors.toSet());
            Set<String> used = arrows(arrow -> arrow.to().equals(pod.owner())).stream()
                    .map(Arrow::port)
                    .collect(Collectors.toSet());

            assertEquals(open, used, pod.owner());
        }
    }

    @ParameterizedTest
    @MethodSource(WHOLE)
    void theArrowsLeadToThePortsOfTheAddressesInTheSettings(Rendered rendered) {
        Module.all().forEach(module -> {
            Map<String, String> settings =
                    rendered.map(module.name() + "-settings").getData();

            leads(module, "kafka", settings.get("KAFKA_BOOTSTRAP_SERVERS"));
            leads(module, "postgresql", settings.get("QUARKUS_DATASOURCE_REACTIVE_URL"));
        });
    }

    private static void leads(Module module, String to, String address) {
        String port = address.replaceFirst("^.*:(\\d+)(/.*)?$", "$1");

        assertTrue(Arrow.all().contains(new Arrow(module.name(), to, port + "/TCP")), module + " to " + address);
        assertTrue(address.contains("." + to + ".svc:"), address);
    }

    private static Set<Arrow> going(Rendered rendered) {
        Set<Arrow> arrows = new TreeSet<>();
        for (NetworkPolicy policy : rendered.all(NetworkPolicy.class)) {
            for (NetworkPolicyEgressRule rule : policy.getSpec().getEgress()) {
                ports(rule.getPorts())
                        .forEach(port -> arrows.add(new Arrow(owner(policy), Arrow.name(rule.getTo()), port)));
            }
        }
        return arrows;
    }

    private static Set<Arrow> coming(Rendered rendered) {
        Set<Arrow> arrows = new TreeSet<>();
        for (NetworkPolicy policy : rendered.all(NetworkPolicy.class)) {
            for (NetworkPolicyIngressRule rule : policy.getSpec().getIngress()) {
                ports(rule.getPorts())
                        .forEach(port -> arrows.add(new Arrow(Arrow.name(rule.getFrom()), owner(policy), port)));
            }
        }
        return arrows;
    }

    /** A rule without ports would open all of them. */
    private static List<String> ports(List<NetworkPolicyPort> ports) {
        assertFalse(ports.isEmpty());
        return ports.stream()
                .map(port -> port.getPort().getIntVal() + "/" + port.getProtocol())
                .toList();
    }

    private static String owner(NetworkPolicy policy) {
        return picked(policy).get("app.kubernetes.io/name");
    }

    private static Map<String, String> picked(NetworkPolicy policy) {
        return policy.getSpec().getPodSelector().getMatchLabels();
    }

    private static Set<String> ours(Rendered rendered) {
        return rendered.pods().stream().map(Pod::owner).collect(Collectors.toCollection(HashSet::new));
    }

    private static Set<Arrow> arrows(Predicate<Arrow> which) {
        return Arrow.all().stream().filter(which).collect(Collectors.toCollection(TreeSet::new));
    }
}
