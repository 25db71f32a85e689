package dev.refundhub.gateway.violet;

import com.fasterxml.jackson.databind.JsonNode;
import dev.refundhub.gateway.Delivery;
import dev.refundhub.gateway.PartnerJson;
import dev.refundhub.gateway.Reading;
import dev.refundhub.gateway.Reading.NothingToTell;
import dev.refundhub.gateway.Reading.Quarantined;
import dev.refundhub.gateway.Reading.Reason;
import dev.refundhub.gateway.Reading.Told;
import dev.refundhub.messages.SaleHint;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Violet says that something happened to an order or a bag. The topic and the ids stand in headers, which nobody signs: that is
 * enough for a hint to look there, and never for more (partner facts: violet.md, 3, 4.5 and 8).
 */
public final class VioletWebhook {

    /** Over the raw body under the app's secret. */
    public static final List<String> HMAC_HEADERS = List.of("X-Violet-Hmac");

    /** After these the refunds of a bag may be others than before. Violet spells the cancellation in two ways. */
    private static final Set<String> WORTH_A_LOOK = Set.of(
            "ORDER_UPDATED",
            "ORDER_CANCELED",
            "ORDER_CANCELLED",
            "ORDER_REFUNDED",
            "ORDER_RETURNED",
            "PAYMENT_TRANSACTION_CAPTURE_STATUS_REFUNDED",
            "PAYMENT_TRANSACTION_CAPTURE_STATUS_PARTIALLY_REFUNDED");

    private VioletWebhook() {}

    /** What it says, depending on nothing but what is given. */
    public static Reading read(Delivery delivery, String account) {
        String topic = header(delivery, "x-violet-topic");
        if (!topic.matches("[A-Z][A-Z_]{0,99}")) {
            return new Quarantined(Reason.UNKNOWN_TOPIC);
        }
        return WORTH_A_LOOK.contains(topic) ? hint(topic, delivery, account) : new NothingToTell();
    }

    private static Reading hint(String topic, Delivery delivery, String account) {
        Optional<JsonNode> entity = PartnerJson.read(delivery.body().getBytes());
        if (entity.isEmpty()) {
            return new Quarantined(Reason.NOT_JSON);
        }
        Optional<Long> order = id(header(delivery, "x-violet-order-id")).or(() -> orderId(entity.get()));
        if (order.isEmpty()) {
            return new Quarantined(Reason.NO_ORDER_ID);
        }
        String caseRef = order.get().toString();
        return new Told(
                String.join("/", account, delivery.source(), caseRef),
                SaleHint.TYPE,
                new SaleHint(
                        delivery.source(),
                        "VIOLET",
                        delivery.id().toString(),
                        delivery.receivedAt(),
                        caseRef,
                        account,
                        order.get(),
                        id(header(delivery, "x-violet-bag-id"))
                                .or(() -> bagId(topic, entity.get()))
                                .orElse(null),
                        topic));
    }

    /** A bag names its order, an order is known by its bags; the id of anything else is no order's. */
    private static Optional<Long> orderId(JsonNode entity) {
        return entity.path("bags").isArray()
                ? id(entity.path("id").asText())
                : id(entity.path("order_id").asText());
    }

    /** Of an order with several bags nobody knows which; of a payment the id is no bag's. */
    private static Optional<Long> bagId(String topic, JsonNode entity) {
        JsonNode bags = entity.path("bags");
        if (bags.isArray()) {
            return bags.size() == 1 ? id(bags.path(0).path("id").asText()) : Optional.empty();
        }
        return topic.startsWith("ORDER_") && entity.has("order_id")
                ? id(entity.path("id").asText())
                : Optional.empty();
    }

    private static String header(Delivery delivery, String name) {
        return delivery.headers().getString(name, "");
    }

    private static Optional<Long> id(String written) {
        return written.matches("[1-9][0-9]{0,17}") ? Optional.of(Long.valueOf(written)) : Optional.empty();
    }
}
