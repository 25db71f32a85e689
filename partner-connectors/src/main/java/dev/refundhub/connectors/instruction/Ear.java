package dev.refundhub.connectors.instruction;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.refundhub.connectors.instruction.Heard.Instruction;
import dev.refundhub.connectors.instruction.Heard.Unreadable;
import dev.refundhub.connectors.partner.Partners;
import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import java.util.stream.StreamSupport;

/** Makes out what a record orders. */
final class Ear {

    /** After a restore the same wish may come with these changed; everything else is what was ordered. */
    private static final List<String> MAY_CHANGE =
            List.of("refundId", "known", "text", "restock", "notify", "externalId");

    private static final String NOT_UNDERSTOOD = "NOT_UNDERSTOOD";

    private final Partners partners;
    private final Asides asides;

    Ear(Partners partners) {
        this.partners = partners;
        this.asides = new Asides(partners);
    }

    <T> Heard hear(Received from, Vocabulary<T> vocabulary) {
        try {
            JsonNode body = StrictJson.JSON.readTree(from.value());
            if (!(body instanceof ObjectNode order) || !isStorable(order)) {
                return new Unreadable(from, NOT_UNDERSTOOD);
            }
            if (asides.know(from)) {
                return asides.hear(from, order).orElseGet(() -> new Unreadable(from, NOT_UNDERSTOOD));
            }
            return isAddressed(order) ? instruction(from, order, vocabulary) : new Unreadable(from, NOT_UNDERSTOOD);
        } catch (IOException notJson) {
            return new Unreadable(from, "UNREADABLE");
        }
    }

    private <T> Instruction instruction(Received from, ObjectNode body, Vocabulary<T> vocabulary) throws IOException {
        Understood understood = isOfItsKind(from, body, vocabulary)
                ? understand(body, vocabulary)
                : new Understood(null, NOT_UNDERSTOOD);
        return new Instruction(
                from,
                body.get("instructionId").textValue(),
                vocabulary.kind(),
                body.get("seller").textValue(),
                body.get("orderId").textValue(),
                body.get("refundId").longValue(),
                body.path("account").asText(""),
                body.path("currency").textValue(),
                understood.bagId(),
                terms(body),
                body.toString(),
                understood.refusal());
    }

    private record Understood(Long bagId, String refusal) {}

    private <T> Understood understand(ObjectNode body, Vocabulary<T> vocabulary) {
        try {
            T message = StrictJson.JSON.treeToValue(body, vocabulary.message());
            String objection = vocabulary.objection().apply(message);
            boolean known = partners.take(body.path("account").asText(""), vocabulary.topic());
            return new Understood(
                    vocabulary.bag().apply(message), objection == null && !known ? "UNKNOWN_ACCOUNT" : objection);
        } catch (JsonProcessingException notAnOrder) {
            return new Understood(null, NOT_UNDERSTOOD);
        }
    }

    private static String terms(ObjectNode body) throws JsonProcessingException {
        ObjectNode terms = body.deepCopy().remove(MAY_CHANGE);
        if (terms.path("skus") instanceof ArrayNode skus) {
            terms.set("skus", sorted(skus));
        }
        return StrictJson.JSON.writeValueAsString(StrictJson.JSON.treeToValue(terms, Object.class));
    }

    private static ArrayNode sorted(ArrayNode skus) {
        return StreamSupport.stream(skus.spliterator(), false)
                .sorted(Comparator.comparingLong(sku -> sku.path("orderSkuId").asLong()))
                .collect(StrictJson.JSON::createArrayNode, ArrayNode::add, ArrayNode::addAll);
    }

    /** Anything else is not carried out, and told so: what we do not know may be meant to be obeyed. */
    private static boolean isOfItsKind(Received from, JsonNode body, Vocabulary<?> vocabulary) {
        return from.type().equals(vocabulary.type())
                && vocabulary.kind().equals(body.path("kind").textValue());
    }

    /** Whether somebody could be told what became of it. */
    private static boolean isAddressed(JsonNode body) {
        return isName(body.path("instructionId"))
                && isName(body.path("seller"))
                && isName(body.path("orderId"))
                && body.path("refundId").canConvertToLong()
                && body.path("refundId").isIntegralNumber();
    }

    private static boolean isName(JsonNode name) {
        return name.isTextual() && Received.isName(name.textValue());
    }

    /** PostgreSQL keeps no NUL. */
    private static boolean isStorable(JsonNode body) {
        return !body.toString().contains("\\u0000");
    }
}
