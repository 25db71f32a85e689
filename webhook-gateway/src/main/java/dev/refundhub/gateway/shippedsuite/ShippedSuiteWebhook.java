package dev.refundhub.gateway.shippedsuite;

import static dev.refundhub.gateway.PartnerJson.count;
import static dev.refundhub.gateway.PartnerJson.text;

import com.fasterxml.jackson.databind.JsonNode;
import dev.refundhub.gateway.Delivery;
import dev.refundhub.gateway.PartnerJson;
import dev.refundhub.gateway.Reading;
import dev.refundhub.gateway.Reading.Quarantined;
import dev.refundhub.gateway.Reading.Reason;
import dev.refundhub.gateway.Reading.Told;
import dev.refundhub.messages.PartnerClaim;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Shipped Suite asks for a refund or a replacement: {@code {"topic", "payload"}} or the bare payload, items nested under {@code order_item} or
 * flat (partner facts: shipped-suite.md, 4 and 8).
 */
public final class ShippedSuiteWebhook {

    /** The same header as the documents write it and as HTTP does. */
    public static final List<String> HMAC_HEADERS =
            List.of("X-Shipped-Suite-Hmac-Sha256", "X_SHIPPED_SUITE_HMAC_SHA256");

    private ShippedSuiteWebhook() {}

    /** What it says, depending on nothing but what is given. */
    public static Reading read(Delivery delivery, String seller) {
        Optional<JsonNode> body = PartnerJson.read(delivery.body().getBytes());
        if (body.isEmpty()) {
            return new Quarantined(Reason.NOT_JSON);
        }
        JsonNode payload = body.get().has("payload") ? body.get().path("payload") : body.get();
        return switch (topic(body.get(), payload)) {
            case "refund.requested" -> claim(Resolution.REFUND, payload, delivery, seller);
            case "replacement.requested" -> claim(Resolution.REPLACEMENT, payload, delivery, seller);
            default -> new Quarantined(Reason.UNKNOWN_TOPIC);
        };
    }

    private static String topic(JsonNode body, JsonNode payload) {
        return (body.has("topic")
                        ? text(body.path("topic"))
                        : text(resolution(payload)).map(resolution -> resolution + ".requested"))
                .orElse("");
    }

    private static JsonNode resolution(JsonNode payload) {
        return payload.path("claim").path("final_resolution_type");
    }

    /** Empty and null are the same as not said. */
    private static boolean isSomethingElse(Resolution asked, JsonNode resolution) {
        return resolution.isTextual()
                ? !Set.of("", asked.word).contains(resolution.textValue())
                : !resolution.isMissingNode() && !resolution.isNull();
    }

    private static Reading claim(Resolution asked, JsonNode payload, Delivery delivery, String seller) {
        Optional<Reason> fault = fault(asked, payload);
        if (fault.isPresent()) {
            return new Quarantined(fault.get());
        }
        String caseRef = asked.prefix + payload.path("id").asText();
        JsonNode order = payload.path("order");
        return new Told(
                String.join("/", seller, delivery.source(), caseRef),
                PartnerClaim.TYPE,
                new PartnerClaim(
                        seller,
                        delivery.source(),
                        "SHIPPED_SUITE",
                        delivery.id().toString(),
                        delivery.receivedAt(),
                        caseRef,
                        new PartnerClaim.OrderRef(
                                text(order.path("external_id")).orElseThrow(),
                                text(order.path("number")).orElse(null)),
                        asked.name(),
                        text(payload.path("claim").path("reason")).orElse(null),
                        affected(payload).stream()
                                .map(ShippedSuiteWebhook::item)
                                .toList(),
                        ShippedSuiteOrder.asTold(order, seller).orElse(null)));
    }

    /** What is missing for a claim; the confirmation's path needs the request id as a number. */
    private static Optional<Reason> fault(Resolution asked, JsonNode payload) {
        if (isSomethingElse(asked, resolution(payload))) {
            return Optional.of(Reason.CONTRADICTORY);
        }
        JsonNode id = payload.path("id");
        if (!id.isIntegralNumber() || !id.canConvertToLong() || id.longValue() <= 0) {
            return Optional.of(Reason.NO_REQUEST_ID);
        }
        if (text(payload.path("order").path("external_id")).isEmpty()) {
            return Optional.of(Reason.NO_ORDER_ID);
        }
        if (affected(payload).isEmpty()) {
            return Optional.of(Reason.NO_ITEMS);
        }
        if (affected(payload).stream().anyMatch(item -> lineId(item).isEmpty())) {
            return Optional.of(Reason.NO_LINE_ID);
        }
        return affected(payload).stream()
                        .allMatch(item -> count(item.path("quantity")).isPresent())
                ? Optional.empty()
                : Optional.of(Reason.BAD_QUANTITY);
    }

    private static List<JsonNode> affected(JsonNode payload) {
        return payload.path("affected_items").valueStream().toList();
    }

    private static PartnerClaim.Item item(JsonNode item) {
        return new PartnerClaim.Item(
                lineId(item).orElseThrow(), count(item.path("quantity")).orElseThrow());
    }

    private static Optional<String> lineId(JsonNode item) {
        return text(item.path("order_item").path("external_id")).or(() -> text(item.path("external_id")));
    }

    /** What the shopper is to have; the names are the kinds of a claim. A replacement is a case of its own beside a refund. */
    private enum Resolution {
        REFUND("refund", ""),
        REPLACEMENT("replacement", "replacement-");

        private final String word;
        private final String prefix;

        Resolution(String word, String prefix) {
            this.word = word;
            this.prefix = prefix;
        }
    }
}
