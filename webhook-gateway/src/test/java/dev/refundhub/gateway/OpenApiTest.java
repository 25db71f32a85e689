package dev.refundhub.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import dev.refundhub.gateway.delivery.DeliveryResource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import java.io.IOException;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** What the gateway says of its doors is what they do. */
@QuarkusTest
@WithTestResource(Surroundings.class)
class OpenApiTest {

    private static final JsonNode API = read();

    private static final Map<String, String> RECORDS = Map.of(
            "Delivery", "delivery.KeptDelivery",
            "Page", "delivery.DeliveryResource$Page",
            "Count", "delivery.DeliveryResource$Count",
            "Problem", "web.Problem");

    @TestHTTPResource("/")
    URI gateway;

    @Test
    void itNamesEveryRouteForOperatorsAndWhoMayUseIt() {
        Map<String, Set<String>> said = new TreeMap<>();
        API.get("paths").properties().stream()
                .filter(path -> path.getKey().startsWith("/api"))
                .forEach(path -> path.getValue().properties().forEach(verb -> {
                    Set<String> roles = new TreeSet<>();
                    verb.getValue().get("x-roles").forEach(role -> roles.add(role.asText()));
                    said.put(verb.getKey() + " " + path.getKey(), roles);
                }));

        Set<String> roles =
                Set.of(DeliveryResource.class.getAnnotation(RolesAllowed.class).value());
        String root = DeliveryResource.class.getAnnotation(Path.class).value();
        Map<String, Set<String>> ours = new TreeMap<>();
        for (Method method : DeliveryResource.class.getDeclaredMethods()) {
            Path path = method.getAnnotation(Path.class);
            if (method.isAnnotationPresent(GET.class) || method.isAnnotationPresent(POST.class)) {
                String verb = method.isAnnotationPresent(GET.class) ? "get " : "post ";
                ours.put(verb + root + (path == null ? "" : path.value()), roles);
            }
        }
        assertEquals(ours, said);
    }

    @Test
    void everyDoorForPartnersIsThereAndNoOther() {
        Map<String, String> doors = new TreeMap<>();
        API.get("paths").properties().stream()
                .filter(path -> path.getKey().startsWith("/webhooks"))
                .forEach(path -> doors.put(path.getKey(), path.getValue().has("get") ? "GET" : "POST"));

        doors.forEach((path, verb) -> {
            URI door = gateway.resolve(path.replace("{source}", "acme-refundid"));
            assertEquals(401, status(door, verb), path);
            assertEquals(405, status(door, "PUT"), path);
        });
        assertEquals(404, status(gateway.resolve("/webhooks/acme-refundid/returns"), "GET"));
        assertEquals(4, doors.size());
    }

    @Test
    void itsSchemasHaveThePropertiesOfTheRecords() throws ClassNotFoundException {
        for (Map.Entry<String, String> each : RECORDS.entrySet()) {
            Set<String> ours = new TreeSet<>();
            for (RecordComponent component :
                    Class.forName("dev.refundhub.gateway." + each.getValue()).getRecordComponents()) {
                ours.add(component.getName());
            }
            Set<String> said = new TreeSet<>();
            API.at("/components/schemas/" + each.getKey() + "/properties")
                    .fieldNames()
                    .forEachRemaining(said::add);
            assertEquals(ours, said, each.getKey());
        }
    }

    @Test
    void whatItRefersToIsThere() {
        List<String> references =
                API.findValuesAsText("$ref").stream().distinct().toList();

        assertFalse(references.isEmpty());
        references.forEach(
                reference -> assertTrue(!API.at(reference.substring(1)).isMissingNode(), "nothing at " + reference));
    }

    private static int status(URI address, String verb) {
        return SentDelivery.to(address, "none", "")
                .at(address)
                .as(verb, BodyPublishers.noBody())
                .send()
                .statusCode();
    }

    private static JsonNode read() {
        try {
            return new ObjectMapper(new YAMLFactory())
                    .readTree(java.nio.file.Path.of("src/main/openapi/openapi.yaml")
                            .toFile());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
