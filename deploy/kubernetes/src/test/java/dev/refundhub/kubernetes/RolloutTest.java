package dev.refundhub.kubernetes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.api.model.Probe;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.TopologySpreadConstraint;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.RollingUpdateDeployment;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscaler;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.fabric8.openshift.api.model.monitoring.v1.PodMonitor;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** How services start, are found, are replaced and end. */
class RolloutTest {
    private static final String WHOLE = "dev.refundhub.kubernetes.Kustomize#whole";

    static Stream<Pod> services() {
        return Kustomize.whole().flatMap(rendered -> rendered.services().stream());
    }

    @ParameterizedTest
    @MethodSource("services")
    void everyServiceIsProbedOnItsManagementPort(Pod pod) {
        int port = new Module(pod.service()).number("quarkus.management.port");

        assertEquals(port, pod.port("management").orElseThrow());
        asks("/q/health/started", pod.container().getStartupProbe());
        asks("/q/health/live", pod.container().getLivenessProbe());
        asks("/q/health/ready", pod.container().getReadinessProbe());
    }

    private static void asks(String path, Probe probe) {
        assertEquals(path, probe.getHttpGet().getPath());
        assertEquals("management", probe.getHttpGet().getPort().getStrVal());
        assertTrue(probe.getTimeoutSeconds() >= 2);
    }

    @ParameterizedTest
    @MethodSource("services")
    void everyServiceOpensTheDoorThatItsCodeOpens(Pod pod) {
        Map<String, String> settings = new Module(pod.service()).settings();
        boolean open = !"false".equals(settings.get("quarkus.http.host-enabled"));

        assertEquals(
                open ? settings.get("quarkus.http.port") : "none",
                pod.port("http").map(Object::toString).orElse("none"));
    }

    @ParameterizedTest
    @MethodSource("services")
    void everyServiceHasTheTimeToEnd(Pod pod) {
        long pause = pod.container().getLifecycle().getPreStop().getSleep().getSeconds();
        String quarkus = new Module(pod.service()).settings().getOrDefault("quarkus.shutdown.timeout", "10s");
        long shutdown = Duration.parse("PT" + quarkus).toSeconds();

        assertTrue(pause >= 5);
        assertTrue(pod.spec().getTerminationGracePeriodSeconds() >= pause + shutdown + 10);
    }

    @ParameterizedTest
    @MethodSource(WHOLE)
    void noReplicaGoesBeforeAnotherIsReady(Rendered rendered) {
        for (Deployment deployment : rendered.all(Deployment.class)) {
            RollingUpdateDeployment rolling = deployment.getSpec().getStrategy().getRollingUpdate();

            assertEquals(0, rolling.getMaxUnavailable().getIntVal());
            assertTrue(rolling.getMaxSurge().getIntVal() > 0);
        }
    }

    @ParameterizedTest
    @MethodSource("services")
    void replicasSpreadOverNodesAndZones(Pod pod) {
        List<TopologySpreadConstraint> spread = pod.spec().getTopologySpreadConstraints();

        assertEquals(
                List.of("kubernetes.io/hostname", "topology.kubernetes.io/zone"),
                spread.stream().map(TopologySpreadConstraint::getTopologyKey).toList());
        for (TopologySpreadConstraint each : spread) {
            assertTrue(pod.is(each.getLabelSelector().getMatchLabels()));
            assertTrue(each.getMatchLabelKeys().contains("app.kubernetes.io/name"));
        }
    }

    @ParameterizedTest
    @MethodSource(WHOLE)
    void everySelectorPicksThePodsOfOneServiceAndNoOther(Rendered rendered) {
        for (Deployment each : rendered.all(Deployment.class)) {
            picks(
                    rendered,
                    each.getMetadata().getName(),
                    each.getSpec().getSelector().getMatchLabels());
        }
        for (Service each : rendered.all(Service.class)) {
            picks(rendered, each.getMetadata().getName(), each.getSpec().getSelector());
        }
        for (PodDisruptionBudget each : rendered.all(PodDisruptionBudget.class)) {
            picks(
                    rendered,
                    each.getMetadata().getName(),
                    each.getSpec().getSelector().getMatchLabels());
        }
    }

    private static void picks(Rendered rendered, String service, Map<String, String> selector) {
        List<String> picked = rendered.pods().stream()
                .filter(pod -> pod.is(selector))
                .map(Pod::owner)
                .toList();

        assertEquals(List.of(service), picked);
    }

    @ParameterizedTest
    @MethodSource(WHOLE)
    void aServiceIsFoundAtThePortThatItsCodeOpens(Rendered rendered) {
        Map<String, Integer> ports = new TreeMap<>();
        Map<String, Integer> opened = new TreeMap<>();
        rendered.all(Service.class).forEach(service -> {
            assertEquals(
                    "http", service.getSpec().getPorts().get(0).getTargetPort().getStrVal());
            ports.put(
                    service.getMetadata().getName(),
                    service.getSpec().getPorts().get(0).getPort());
        });
        rendered.services().forEach(pod -> pod.port("http").ifPresent(port -> opened.put(pod.owner(), port)));

        assertEquals(opened, ports);
        assertEquals(
                "http://refunds-service:" + ports.get("refunds-service"),
                new Module("webhook-gateway").settings().get("hub.refunds.url"));
    }

    @ParameterizedTest
    @MethodSource(WHOLE)
    void aNodeCanAlwaysBeDrained(Rendered rendered) {
        List<PodDisruptionBudget> budgets = rendered.all(PodDisruptionBudget.class);

        assertEquals(3, budgets.size());
        budgets.forEach(
                budget -> assertEquals(1, budget.getSpec().getMaxUnavailable().getIntVal()));
    }

    @ParameterizedTest
    @MethodSource(WHOLE)
    void productionHasThreeOfEachAndSmallOne(Rendered rendered) {
        int wanted = rendered.title().startsWith("production") ? 3 : 1;
        Map<String, Integer> replicas = new HashMap<>();
        rendered.all(HorizontalPodAutoscaler.class)
                .forEach(scaling -> replicas.put(
                        scaling.getSpec().getScaleTargetRef().getName(),
                        scaling.getSpec().getMinReplicas()));
        for (Deployment deployment : rendered.all(Deployment.class)) {
            String name = deployment.getMetadata().getName();
            Integer fixed = deployment.getSpec().getReplicas();

            assertTrue(fixed == null || !replicas.containsKey(name), name + " is counted by two");
            replicas.merge(name, fixed == null ? 0 : fixed, Math::max);
        }

        assertEquals(Set.of(wanted), Set.copyOf(replicas.values()), replicas.toString());
    }

    @ParameterizedTest
    @MethodSource(WHOLE)
    void whatIsAppliedBeforeTheServicesIsEverythingElse(Rendered rendered) {
        Set<String> services = rendered.raw().stream()
                .filter(object -> object.path("metadata")
                        .path("labels")
                        .path("app.kubernetes.io/component")
                        .asText()
                        .equals("service"))
                .map(object -> object.path("kind").asText())
                .collect(Collectors.toSet());

        assertEquals(Set.of("Deployment"), services);
    }

    @ParameterizedTest
    @MethodSource(WHOLE)
    void aMigrationEndsAndIsTriedAgain(Rendered rendered) {
        for (Job job : rendered.all(Job.class)) {
            assertEquals("Never", job.getSpec().getTemplate().getSpec().getRestartPolicy());
            assertTrue(job.getSpec().getBackoffLimit() > 0);
        }
    }

    @ParameterizedTest
    @MethodSource(WHOLE)
    void everyServiceIsMeasuredAndNoMigrationIs(Rendered rendered) {
        PodMonitor monitor = rendered.all(PodMonitor.class).get(0);
        LabelSelector selector = monitor.getSpec().getSelector();
        List<Pod> measured = rendered.pods().stream()
                .filter(pod -> pod.is(selector.getMatchLabels()))
                .toList();

        assertEquals(rendered.services(), measured);
        monitor.getSpec().getPodMetricsEndpoints().forEach(endpoint -> {
            assertEquals("/q/metrics", endpoint.getPath());
            measured.forEach(pod -> assertTrue(pod.port(endpoint.getPort()).isPresent(), pod.owner()));
        });
    }
}
