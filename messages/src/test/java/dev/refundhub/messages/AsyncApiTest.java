package dev.refundhub.messages;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** What the document says of the messages is what the records are. */
class AsyncApiTest {

    private static final JsonNode API = read("/asyncapi.yaml", new ObjectMapper(new YAMLFactory()));

    private static JsonNode read(String resource, ObjectMapper mapper) {
        try (InputStream in = MerchantOrder.class.getResourceAsStream(resource)) {
            return mapper.readTree(in);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void itHasEveryMessageOnItsTopicAndNoOther() {
        Set<String> ours = MessagesTest.messages()
                .map(m -> m.topic() + " " + m.ceType())
                .collect(Collectors.toCollection(TreeSet::new));
        Set<String> said = new TreeSet<>();
        API.get("channels").properties().forEach(channel -> channel.getValue()
                .get("messages")
                .forEach(message -> said.add(channel.getValue().get("address").asText() + " "
                        + resolve(message).get("name").asText())));

        assertEquals(ours, said);
        assertEquals(ours.size(), API.at("/components/messages").size());
    }

    @Test
    void everyTopicHasSomebodyWhoSpeaksOrListens() {
        Set<String> used = new TreeSet<>();
        API.get("operations")
                .forEach(o -> used.add(o.at("/channel/$ref").asText().replace("#/channels/", "")));
        Set<String> channels = new TreeSet<>();
        API.get("channels").fieldNames().forEachRemaining(channels::add);

        assertEquals(channels, used);
    }

    @TestFactory
    Stream<DynamicTest> aPayloadIsItsRecord() {
        return MessagesTest.messages()
                .map(m -> DynamicTest.dynamicTest(
                        m.sample(), () -> isRecord(message(m).get("payload"), m.type(), m.sample())));
    }

    @TestFactory
    Stream<DynamicTest> anExampleIsItsSampleAndFits() {
        return MessagesTest.messages()
                .map(m -> DynamicTest.dynamicTest(m.sample(), () -> {
                    JsonNode example = message(m).at("/examples/0/payload");

                    assertEquals(
                            read("/samples/" + m.sample() + ".json", new ObjectMapper())
                                    .toString(),
                            example.toString());
                    fits(example, message(m).get("payload"), m.sample());
                }));
    }

    @TestFactory
    Stream<DynamicTest> aHeaderNamesTheType() {
        return MessagesTest.messages()
                .map(m -> DynamicTest.dynamicTest(
                        m.sample(),
                        () -> assertEquals(
                                m.ceType(),
                                message(m)
                                        .at("/headers/allOf/1/properties/ce_type/const")
                                        .asText())));
    }

    private static JsonNode message(MessagesTest.Message message) {
        return API.at("/components/messages/" + message.sample());
    }

    private static void isRecord(JsonNode unresolved, Class<?> type, String path) {
        JsonNode schema = resolve(unresolved);
        Set<String> ours = new TreeSet<>();
        for (RecordComponent component : type.getRecordComponents()) {
            JsonProperty spelt = component.getAccessor().getAnnotation(JsonProperty.class);
            String name = spelt == null ? component.getName() : spelt.value();
            ours.add(name);
            JsonNode property = schema.at("/properties/" + name);
            assertTrue(property.isObject(), path + "." + name + " is not said");
            isType(property, component.getGenericType(), path + "." + name);
            if (component.getType().isPrimitive()) {
                assertTrue(texts(schema.get("required")).contains(name), path + "." + name + " is always there");
                assertTrue(!types(property).contains("null"), path + "." + name + " is never null");
            }
        }
        Set<String> said = new TreeSet<>();
        schema.get("properties").fieldNames().forEachRemaining(said::add);
        assertEquals(ours, said, path);
    }

    private static void isType(JsonNode property, Type type, String path) {
        String expected;
        if (type instanceof ParameterizedType generic && generic.getRawType() == List.class) {
            expected = "array";
            Type item = generic.getActualTypeArguments()[0];
            isType(resolve(property).get("items"), item, path + "[]");
        } else if (type instanceof Class<?> plain && plain.isRecord()) {
            expected = "object";
            isRecord(property, plain, path);
        } else if (type == String.class || type == Instant.class) {
            expected = "string";
        } else if (type == boolean.class || type == Boolean.class) {
            expected = "boolean";
        } else if (type instanceof Class<?>) {
            expected = "integer";
        } else {
            expected = "object";
        }
        assertTrue(types(property).contains(expected), path + " is " + expected + ", said: " + types(property));
    }

    private static void fits(JsonNode value, JsonNode unresolved, String path) {
        JsonNode schema = resolve(unresolved);
        String type = value.isNull()
                ? "null"
                : value.isTextual()
                        ? "string"
                        : value.isBoolean()
                                ? "boolean"
                                : value.isNumber() ? "integer" : value.isArray() ? "array" : "object";
        assertTrue(types(schema).contains(type), path + " is " + type + ", said: " + types(schema));
        if (value.isArray()) {
            value.forEach(item -> fits(item, schema.get("items"), path + "[]"));
        }
        if (value.isObject() && schema.has("properties")) {
            value.properties()
                    .forEach(p -> fits(p.getValue(), schema.at("/properties/" + p.getKey()), path + "." + p.getKey()));
            schema.get("required").forEach(name -> assertTrue(value.has(name.asText()), path + "." + name.asText()));
        }
    }

    private static JsonNode resolve(JsonNode node) {
        return node.has("$ref") ? API.at(node.get("$ref").asText().substring(1)) : node;
    }

    private static Set<String> types(JsonNode unresolved) {
        JsonNode type = resolve(unresolved).path("type");
        return type.isTextual() ? Set.of(type.asText()) : texts(type);
    }

    private static Set<String> texts(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false)
                .map(JsonNode::asText)
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
