package dev.refundhub.local.simulator.shippedsuite;

import com.fasterxml.jackson.databind.JsonNode;
import dev.refundhub.local.simulator.Answer;
import dev.refundhub.local.simulator.Json;
import dev.refundhub.local.simulator.Refused;
import java.math.BigDecimal;
import java.util.Map;
import java.util.function.Predicate;

/** What a merchant says it paid for a refund request. */
record Confirmation(String externalId, BigDecimal amount, BigDecimal displayAmount, String currency) {

    static Confirmation read(String text) {
        JsonNode body = Json.object(text).orElseThrow(() -> refused("body is invalid"));
        return new Confirmation(
                checked(body, "external_id", JsonNode::isTextual).asText(),
                checked(body, "amount", Confirmation::isMoney).decimalValue(),
                body.hasNonNull("display_amount")
                        ? checked(body, "display_amount", Confirmation::isMoney).decimalValue()
                        : null,
                checked(body, "currency", Confirmation::isCurrency).asText());
    }

    private static JsonNode checked(JsonNode body, String name, Predicate<JsonNode> check) {
        JsonNode value = body.path(name);
        if (!body.hasNonNull(name) || value.asText().isBlank()) {
            throw refused(name + " is missing");
        }
        if (!check.test(value)) {
            throw refused(name + " is invalid");
        }
        return value;
    }

    private static boolean isMoney(JsonNode value) {
        return value.isNumber() && value.decimalValue().signum() >= 0;
    }

    private static boolean isCurrency(JsonNode value) {
        return value.isTextual() && value.textValue().matches("[A-Z]{3}");
    }

    private static Refused refused(String error) {
        return new Refused(Answer.of(400, Map.of("error", error)));
    }
}
