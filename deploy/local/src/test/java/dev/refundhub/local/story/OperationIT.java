package dev.refundhub.local.story;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.refundhub.local.http.Http;
import dev.refundhub.local.http.Json;
import dev.refundhub.local.issuer.Role;
import dev.refundhub.local.merchant.Merchant;
import dev.refundhub.local.stack.Port;
import dev.refundhub.local.stack.Stack;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Future;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What those who run it rely on is there on the running services. */
@ExtendWith(SharedStack.class)
class OperationIT {
    private static final Path MONITORING = SharedStack.CHECKOUT.resolve("deploy/monitoring");
    private static final Path KUBERNETES = SharedStack.CHECKOUT.resolve("deploy/kubernetes/base/every-deployment.yaml");
    private static final Pattern METRIC = Pattern.compile("\\b(?:hub|http|kafka|sql|jvm|process)_[a-z_]+");
    private static final Pattern PROBE = Pattern.compile("path: (/q/health/\\w+)");
    private static final Duration LIMIT = Duration.ofSeconds(60);

    private final Stack stack = SharedStack.get();
    private final Merchant merchant = new Merchant(stack.settings());
    private final Hub hub = new Hub(stack);

    @AfterEach
    void close() {
        merchant.close();
    }

    @Test
    void everyProbeOfTheManifestsIsAnswered() throws IOException {
        List<String> probes = PROBE.matcher(Files.readString(KUBERNETES))
                .results()
                .map(found -> found.group(1))
                .toList();

        assertEquals(3, probes.size());
        managementPorts()
                .forEach(port -> probes.forEach(probe -> await(probe + " of " + port)
                        .atMost(LIMIT)
                        .until(() -> Http.get("http://127.0.0.1:" + port + probe, Map.of())
                                        .status()
                                == 200)));
    }

    @Test
    void everyMetricOfAnAlertOrADashboardIsThere() throws IOException {
        Set<String> named = namedMetrics();
        assertTrue(named.size() > 30, named.toString());

        letEverythingHappen();

        await().atMost(LIMIT).untilAsserted(() -> assertEquals(Set.of(), missing(named)));
    }

    /** One of everything that is counted. */
    private void letEverythingHappen() {
        Sale issued = new Sale(100);
        Sale unknown = new Sale(101);
        Sale tooOften = new Sale(102);
        merchant.tell(issued.order(SharedStack.SAMPLES));
        merchant.tell(tooOften.order(SharedStack.SAMPLES));
        Stream.of(issued, unknown, tooOften).forEach(sale -> hub.deliver(sale.claim(SharedStack.SAMPLES)));
        hub.deliver(again(tooOften));
        hub.deliver(issued.claim(SharedStack.SAMPLES), "a wrong secret");
        hub.deliver("no json".getBytes(StandardCharsets.UTF_8));
        try (KafkaProducer<String, String> anybody = new KafkaProducer<>(
                Map.of("bootstrap.servers", stack.settings().kafka()),
                new StringSerializer(),
                new StringSerializer())) {
            List.of("orders", "violet-instructions").forEach(topic -> {
                Future<RecordMetadata> unused = anybody.send(new ProducerRecord<>(topic, "nobody", "means nothing"));
            });
        }
        await().atMost(LIMIT).until(() -> hub.refunds(issued.ref()).stream()
                .anyMatch(refund -> refund.path("status").asText().equals("ISSUED")));
        int begun = Http.send(
                        "POST",
                        stack.settings().refunds() + "/reconciliations",
                        Http.bearer(stack.issuer().token(Role.OPERATOR, null, "monitoring")),
                        "{\"since\":\"%s\"}"
                                .formatted(Instant.now().minusSeconds(120))
                                .getBytes(StandardCharsets.UTF_8))
                .status();
        assertEquals(202, begun);
    }

    /** Another claim for the same goods. */
    private static byte[] again(Sale sale) {
        String claim = new String(sale.claim(SharedStack.SAMPLES), StandardCharsets.UTF_8);
        return claim.replace("\"id\": " + sale.ref() + ",", "\"id\": 9" + sale.ref() + ",")
                .getBytes(StandardCharsets.UTF_8);
    }

    private static Set<String> namedMetrics() throws IOException {
        Set<String> names = new TreeSet<>(metrics(Files.readString(MONITORING.resolve("rules.yaml"))));
        try (Stream<Path> dashboards = Files.list(MONITORING.resolve("dashboards"))) {
            for (Path dashboard : dashboards.toList()) {
                JsonNode read = Json.MAPPER.readTree(dashboard.toFile());
                read.findValuesAsText("expr").forEach(expr -> names.addAll(metrics(expr)));
                read.at("/templating").findValuesAsText("query").forEach(query -> names.addAll(metrics(query)));
            }
        }
        return names;
    }

    private static List<String> metrics(String text) {
        return METRIC.matcher(text).results().map(MatchResult::group).toList();
    }

    private Set<String> missing(Set<String> named) {
        Set<String> there = managementPorts()
                .flatMap(port -> Http.get("http://127.0.0.1:" + port + "/q/metrics", Map.of())
                        .body()
                        .lines())
                .filter(line -> !line.startsWith("#"))
                .map(line -> line.replaceAll("[{ ].*", ""))
                .collect(Collectors.toSet());
        Set<String> missing = new TreeSet<>(named);
        missing.removeAll(there);
        return missing;
    }

    private Stream<Integer> managementPorts() {
        return Stream.of(Port.GATEWAY_MANAGEMENT, Port.REFUNDS_MANAGEMENT, Port.CONNECTORS_MANAGEMENT)
                .map(stack.settings()::port);
    }
}
