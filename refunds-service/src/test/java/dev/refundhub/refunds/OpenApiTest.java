package dev.refundhub.refunds;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import dev.refundhub.messages.PartnerClaim;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.StreamSupport;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** What the API says of itself is what it does. */
@QuarkusTest
@QuarkusTestResource(Surroundings.class)
class OpenApiTest {

    private static final ObjectMapper JSON =
            new ObjectMapper().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);
    private static final JsonNode API = read();
    private static final List<String> VERBS = List.of("get", "put", "post", "patch", "delete");
    private static final String ROOT = "dev.refundhub.refunds.";

    private static final Map<String, String> RECORDS = Map.ofEntries(
            Map.entry("Refund", "refund.RefundView"),
            Map.entry("RefundLine", "refund.RefundView$LineView"),
            Map.entry("Payout", "refund.RefundView$PayoutView"),
            Map.entry("Confirmation", "refund.RefundView$ConfirmationView"),
            Map.entry("Held", "refund.Held"),
            Map.entry("TimelineEntry", "refund.RefundResource$Entry"),
            Map.entry("Asking", "refund.Asking"),
            Map.entry("AskingLine", "refund.Asking$Line"),
            Map.entry("Doing", "refund.Doing"),
            Map.entry("Order", "feed.OrderView"),
            Map.entry("OrderLine", "feed.OrderView$Line"),
            Map.entry("Policy", "policy.Policy"),
            Map.entry("SourcePolicy", "policy.SourcePolicy"),
            Map.entry("Limits", "policy.SourcePolicy$Limits"),
            Map.entry("OrderLookup", "portal.OrderLookup"),
            Map.entry("LookupLine", "portal.OrderLookup$Line"),
            Map.entry("LinkAsking", "portal.OrderPortalResource$Asking"),
            Map.entry("Address", "portal.OrderPortalResource$Address"),
            Map.entry("Return", "portal.ReturnResource$ReturnView"),
            Map.entry("ReturnTelling", "portal.MerchantReturn"),
            Map.entry("ReturnItem", "portal.MerchantReturn$Item"),
            Map.entry("Adjustment", "portal.MerchantReturn$Adjustment"),
            Map.entry("Review", "refund.ReviewResource$Review"),
            Map.entry("LookAlike", "refund.ReviewResource$LookAlike"),
            Map.entry("Resolution", "refund.ReviewResource$Resolution"),
            Map.entry("OwedConfirmation", "refund.ConfirmationResource$Owed"),
            Map.entry("Reconciliation", "reconciliation.Reconciliation"),
            Map.entry("ReconciliationWanted", "reconciliation.ReconciliationResource$Wanted"),
            Map.entry("DifferingBag", "reconciliation.ReconciliationResource$DifferingBag"),
            Map.entry("Difference", "refund.Difference"),
            Map.entry("Parked", "parked.ParkedResource$Parked"),
            Map.entry("DeadLetter", "inbox.DeadLetterResource$Letter"),
            Map.entry("Page", "web.Paging$Page"),
            Map.entry("Problem", "web.Problem"));

    private static final Map<String, String> ENUMS = Map.of(
            "Hold", "refund.Hold", "Action", "refund.Action", "Status", "refund.RefundStatus", "Goods", "refund.Goods");

    private static JsonNode read() {
        try {
            return new ObjectMapper(new YAMLFactory())
                    .readTree(Path.of("src/main/openapi/openapi.yaml").toFile());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void itNamesEveryRouteAndWhoMayUseIt() {
        Map<String, Set<String>> said = new TreeMap<>();
        API.get("paths").properties().forEach(path -> VERBS.stream()
                .filter(path.getValue()::has)
                .forEach(verb -> said.put(
                        verb.toUpperCase(java.util.Locale.ROOT) + " " + path.getKey(),
                        texts(path.getValue().get(verb).get("x-roles")))));

        assertEquals(Routes.all(), said);
    }

    @Test
    void itsSchemasHaveThePropertiesOfTheRecordsAndTheirTypes() throws ClassNotFoundException {
        for (Map.Entry<String, String> each : RECORDS.entrySet()) {
            JsonNode schema = schema(each.getKey());
            Map<String, Class<?>> components = new TreeMap<>();
            for (RecordComponent component :
                    Class.forName(ROOT + each.getValue()).getRecordComponents()) {
                components.put(component.getName(), component.getType());
            }

            Set<String> said = new TreeSet<>();
            schema.get("properties").fieldNames().forEachRemaining(said::add);
            assertEquals(components.keySet(), said, each.getKey());
            components.forEach((name, type) -> {
                Set<String> types = types(schema.get("properties").get(name));
                String expected = jsonType(type);
                assertTrue(expected == null || types.contains(expected), each.getKey() + "." + name + ": " + types);
                assertTrue(
                        !type.isPrimitive() || !types.contains("null"), each.getKey() + "." + name + " is never null");
            });
        }
    }

    @Test
    void itsEnumsAreOurs() throws ClassNotFoundException {
        for (Map.Entry<String, String> each : ENUMS.entrySet()) {
            Set<String> ours = new TreeSet<>();
            for (Object constant : Class.forName(ROOT + each.getValue()).getEnumConstants()) {
                ours.add(constant.toString());
            }
            Set<String> said = texts(schema(each.getKey()).get("enum"));
            said.remove("null");
            assertEquals(ours, said, each.getKey());
        }
    }

    @Test
    void everyOperationSaysWhatMayGoWrong() {
        API.get("paths")
                .properties()
                .forEach(path -> VERBS.stream().filter(path.getValue()::has).forEach(verb -> {
                    JsonNode operation = path.getValue().get(verb);
                    assertTrue(operation.get("responses").has("401"), path.getKey() + " " + verb);
                    assertTrue(operation.get("responses").has("403"), path.getKey() + " " + verb);
                    assertTrue(!operation.get("summary").asText().isBlank(), path.getKey() + " " + verb);
                    assertTrue(
                            !operation.has("requestBody")
                                    || operation.get("responses").has("400"),
                            path.getKey());
                }));
    }

    @Test
    void everyExampleFitsItsSchema() {
        List<String> examples = new ArrayList<>();
        walk(API, "#", examples);

        assertTrue(examples.size() >= 9, examples.toString());
    }

    private static void walk(JsonNode node, String path, List<String> examples) {
        JsonNode schema = node.has("schema") ? node.get("schema") : node;
        if (node.has("example")) {
            examples.add(path);
            fits(node.get("example"), schema, path);
        }
        if (node.has("examples")) {
            node.get("examples").properties().forEach(example -> {
                examples.add(path + "/" + example.getKey());
                fits(example.getValue().get("value"), schema, path + "/" + example.getKey());
            });
        }
        if (node.isObject()) {
            node.properties().stream()
                    .filter(child -> !child.getKey().startsWith("example"))
                    .forEach(child -> walk(child.getValue(), path + "/" + child.getKey(), examples));
        } else if (node.isArray()) {
            node.forEach(child -> walk(child, path + "/-", examples));
        }
    }

    @Test
    void whatTheRunningServiceAnswersFits() {
        String seller = Tokens.seller("acme");
        String order = UUID.randomUUID().toString();
        Api.put(Samples.order("acme", order, 1));
        try (Topics topics = new Topics()) {
            topics.tellBytes("partner-events", "acme/" + order, "unknown", new byte[] {1});
            topics.tell(
                    "partner-events",
                    "acme/x" + order,
                    PartnerClaim.TYPE,
                    Samples.claim("acme", "x" + order, "x" + order, Samples.LINE, null));
        }
        String asking = "{\"orderId\":\"%s\",\"reason\":\"r\",\"amount\":%s,\"refundOnly\":%s,\"approve\":true}";
        Awaitility.await()
                .atMost(Topics.BOUND)
                .until(() -> Rows.count("select count(*) from parked_event where order_id = ?", "x" + order) == 1
                        && Rows.count("select count(*) from dead_letter where key = ?", "acme/" + order) == 1);
        Response created = Api.ask(seller, asking.formatted(order, "100", "true"));
        long id = Api.id(created);
        Api.id(Api.ask(seller, asking.formatted(order, "1", "false")));
        long letter = Rows.count("select max(id) from dead_letter where key = ?", "acme/" + order);
        Map<Response, String> answers = new LinkedHashMap<>();

        answers.put(created, "OneRefund");
        answers.put(Api.get(seller, id), "OneRefund");
        answers.put(Api.as(seller).get("/api/v2/refunds"), "Refunds");
        answers.put(Api.as(seller).get("/api/v2/refunds/" + id + "/timeline"), "Timeline");
        answers.put(Api.as(seller).get("/api/v2/orders/" + order), "OneOrder");
        answers.put(Api.as(seller).get("/api/v2/sellers/acme/policy"), "OnePolicy");
        answers.put(Api.as(Tokens.operator()).get("/api/v2/parked"), "ParkedEvents");
        answers.put(Api.as(Tokens.operator()).get("/api/v2/dead-letters"), "DeadLetters");
        answers.put(Api.as(Tokens.operator()).get("/api/v2/dead-letters/" + letter), "OneDeadLetter");
        answers.put(Api.ask(seller, "{}"), "Problem");
        answers.put(Api.ask(seller, asking.formatted(order, "1000", "true")), "Problem");
        answers.put(Api.get(seller, 1), "Problem");
        answers.put(Api.cancel(seller, id), "Problem");

        answers.forEach((answer, name) -> fits(json(answer.asString()), schema(name), name));
    }

    private static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The part of JSON Schema that the document uses. */
    private static void fits(JsonNode value, JsonNode unresolved, String path) {
        JsonNode schema = resolve(unresolved);
        Set<String> types = types(schema);
        String type = value.isNull()
                ? "null"
                : value.isTextual()
                        ? "string"
                        : value.isBoolean()
                                ? "boolean"
                                : value.isIntegralNumber()
                                        ? "integer"
                                        : value.isNumber() ? "number" : value.isArray() ? "array" : "object";
        boolean number = type.equals("integer") && types.contains("number");
        assertTrue(types.isEmpty() || types.contains(type) || number, path + " is " + type + ", said: " + types);
        if (schema.has("enum")) {
            assertTrue(texts(schema.get("enum")).contains(value.asText()), path + ": " + value);
        }
        if (value.isTextual() && schema.has("pattern")) {
            assertTrue(value.asText().matches(schema.get("pattern").asText()), path + ": " + value);
        }
        if (value.isObject()) {
            fitsObject(value, schema, path);
        }
        if (value.isArray() && schema.has("items")) {
            value.forEach(item -> fits(item, schema.get("items"), path + "[]"));
        }
    }

    private static void fitsObject(JsonNode value, JsonNode schema, String path) {
        JsonNode properties = schema.path("properties");
        value.properties().forEach(member -> {
            JsonNode known = properties.has(member.getKey())
                    ? properties.get(member.getKey())
                    : schema.path("additionalProperties");
            assertTrue(known.isObject(), path + "." + member.getKey() + " is not said");
            fits(member.getValue(), known, path + "." + member.getKey());
        });
        schema.path("required").forEach(name -> assertTrue(value.has(name.asText()), path + "." + name.asText()));
    }

    private static JsonNode resolve(JsonNode schema) {
        return schema.has("$ref") ? API.at(schema.get("$ref").asText().substring(1)) : schema;
    }

    private static JsonNode schema(String name) {
        return API.at("/components/schemas/" + name);
    }

    private static Set<String> types(JsonNode unresolved) {
        JsonNode type = resolve(unresolved).path("type");
        return type.isTextual() ? Set.of(type.asText()) : texts(type);
    }

    private static Set<String> texts(JsonNode array) {
        return new TreeSet<>(StreamSupport.stream(array.spliterator(), false)
                .map(JsonNode::asText)
                .toList());
    }

    private static String jsonType(Class<?> type) {
        if (type == String.class || type == Instant.class || type.isEnum()) {
            return "string";
        }
        if (type == BigDecimal.class) {
            return "number";
        }
        if (type == boolean.class || type == Boolean.class) {
            return "boolean";
        }
        if (Arrays.asList(int.class, long.class, Integer.class, Long.class).contains(type)) {
            return "integer";
        }
        return List.class.isAssignableFrom(type) ? "array" : null;
    }
}
