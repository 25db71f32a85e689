package dev.refundhub.kubernetes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.HTTPRoute;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.HTTPRouteRule;
import io.fabric8.kubernetes.api.model.networking.v1.HTTPIngressPath;
import io.fabric8.kubernetes.api.model.networking.v1.Ingress;
import io.fabric8.kubernetes.api.model.networking.v1.IngressRule;
import java.util.Comparator;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** From outside, webhooks and the API are reachable and nothing else, by an Ingress as by routes. */
class EdgeTest {
    private static final String WHOLE = "dev.refundhub.kubernetes.Kustomize#whole";
    private static final Pattern RESOURCE = Pattern.compile("(?m)^@Path\\(\"([^\"]+)\"\\)");
    private static final Pattern DOOR = Pattern.compile("router\\.route\\(\"([^\"]+)\"");

    private static final Map<String, String> REACHABLE = new TreeMap<>(Map.of(
            "hooks.example.com/webhooks", "webhook-gateway",
            "refunds.example.com/api/v2/deliveries", "webhook-gateway",
            "refunds.example.com/api/v2", "refunds-service"));

    @ParameterizedTest
    @MethodSource(WHOLE)
    void theIngressLeadsToWebhooksAndApiOnly(Rendered rendered) {
        assertEquals(REACHABLE, ingress(rendered));
        rendered.all(Ingress.class)
                .forEach(ingress -> assertNull(ingress.getSpec().getDefaultBackend()));
    }

    @ParameterizedTest
    @MethodSource(WHOLE)
    void theRoutesLeadWhereTheIngressLeads(Rendered rendered) {
        assertEquals(REACHABLE, routes(rendered));
    }

    @ParameterizedTest
    @MethodSource(WHOLE)
    void everyHostOfTheIngressIsEncrypted(Rendered rendered) {
        for (Ingress ingress : rendered.all(Ingress.class)) {
            Set<String> hosts = ingress.getSpec().getRules().stream()
                    .map(IngressRule::getHost)
                    .collect(Collectors.toCollection(TreeSet::new));
            Set<String> encrypted = ingress.getSpec().getTls().stream()
                    .flatMap(tls -> tls.getHosts().stream())
                    .collect(Collectors.toCollection(TreeSet::new));

            assertEquals(hosts, encrypted);
        }
    }

    @Test
    void everyPathOfTheCodeIsReachedAtTheServiceThatHasIt() {
        Module.all().forEach(module -> paths(module).forEach(path -> assertEquals(module.name(), leadsTo(path), path)));
        assertTrue(paths(new Module("webhook-gateway")).contains("/webhooks/:source"));
        assertTrue(paths(new Module("refunds-service")).contains("/api/v2/refunds"));
        assertTrue(paths(new Module("partner-connectors")).isEmpty());
    }

    @ParameterizedTest
    @MethodSource("dev.refundhub.kubernetes.Kustomize#everything")
    void nothingIsReachableThatWasNotSwitchedOn(Rendered rendered) {
        assertEquals(
                rendered.title().contains("ingress"),
                !rendered.all(Ingress.class).isEmpty());
        assertEquals(
                rendered.title().contains("gateway-api"),
                !rendered.all(HTTPRoute.class).isEmpty());
        rendered.all(Service.class).forEach(service -> {
            assertNull(service.getSpec().getType());
            assertTrue(service.getSpec().getExternalIPs().isEmpty());
        });
    }

    /** The longest prefix wins, as in Ingress and HTTPRoute. */
    private static String leadsTo(String path) {
        return REACHABLE.entrySet().stream()
                .filter(each ->
                        isUnder(path, each.getKey().substring(each.getKey().indexOf('/'))))
                .max(Comparator.comparing(each -> each.getKey().length()))
                .map(Map.Entry::getValue)
                .orElse("nobody");
    }

    private static boolean isUnder(String path, String prefix) {
        return path.equals(prefix) || path.startsWith(prefix + "/");
    }

    private static Set<String> paths(Module module) {
        return module.sources()
                .flatMap(source -> Stream.concat(Module.found(RESOURCE, source), Module.found(DOOR, source)))
                .map(match -> match.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Map<String, String> ingress(Rendered rendered) {
        Map<String, String> paths = new TreeMap<>();
        for (Ingress ingress : rendered.all(Ingress.class)) {
            for (IngressRule rule : ingress.getSpec().getRules()) {
                for (HTTPIngressPath path : rule.getHttp().getPaths()) {
                    assertEquals("Prefix", path.getPathType());
                    assertEquals(
                            "http", path.getBackend().getService().getPort().getName());
                    paths.put(
                            rule.getHost() + path.getPath(),
                            path.getBackend().getService().getName());
                }
            }
        }
        return paths;
    }

    private static Map<String, String> routes(Rendered rendered) {
        Map<String, String> paths = new TreeMap<>();
        for (HTTPRoute route : rendered.all(HTTPRoute.class)) {
            assertFalse(route.getSpec().getHostnames().isEmpty());
            for (HTTPRouteRule rule : route.getSpec().getRules()) {
                String service = backend(rendered, rule);
                rule.getMatches().forEach(match -> {
                    assertEquals("PathPrefix", match.getPath().getType());
                    route.getSpec()
                            .getHostnames()
                            .forEach(host -> paths.put(host + match.getPath().getValue(), service));
                });
            }
        }
        return paths;
    }

    private static String backend(Rendered rendered, HTTPRouteRule rule) {
        String name = rule.getBackendRefs().get(0).getName();
        int port = rendered.all(Service.class).stream()
                .filter(service -> service.getMetadata().getName().equals(name))
                .findFirst()
                .orElseThrow()
                .getSpec()
                .getPorts()
                .get(0)
                .getPort();

        assertEquals(1, rule.getBackendRefs().size());
        assertEquals(port, rule.getBackendRefs().get(0).getPort());
        return name;
    }
}
