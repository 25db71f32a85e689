package dev.refundhub.gateway.optoro;

import static dev.refundhub.gateway.PartnerJson.text;

import com.fasterxml.jackson.databind.JsonNode;
import dev.refundhub.gateway.Reading.Reason;
import dev.refundhub.messages.PartnerReturn;
import java.util.Optional;

/** One unit of an RMA, in Optoro's words (partner facts: optoro.md, 4.2 and 8). */
final class OptoroItem {

    private static final long MOST_CENTS = 999_999_999_999_999L;

    private OptoroItem() {}

    static PartnerReturn.Item read(JsonNode item) {
        JsonNode amount = amount(item);
        return new PartnerReturn.Item(
                text(item.path("secondary_identifier")).orElse(null),
                text(item.path("order_identifier")).orElse(null),
                text(item.path("order_line_item_identifier")).orElseThrow(),
                kind(item.path("refund_type").asText()),
                goods(item),
                amount.isNumber() ? amount.longValue() : null,
                text(item.path("return_reason")).orElse(null),
                text(item.path("tracking_number")).orElse(null));
    }

    static Optional<Reason> fault(JsonNode item) {
        if (text(item.path("order_line_item_identifier")).isEmpty()) {
            return Optional.of(Reason.NO_LINE_ID);
        }
        if (text(item.path("secondary_identifier")).isEmpty()
                && text(item.path("order_identifier")).isEmpty()) {
            return Optional.of(Reason.NO_ORDER_ID);
        }
        JsonNode amount = amount(item);
        boolean said = !amount.isMissingNode() && !amount.isNull();
        return said && !isCents(amount) ? Optional.of(Reason.BAD_AMOUNT) : Optional.empty();
    }

    private static JsonNode amount(JsonNode item) {
        return item.path("refund_financials").path("shopper_refund_amount_cents");
    }

    private static boolean isCents(JsonNode amount) {
        return amount.isIntegralNumber()
                && amount.canConvertToLong()
                && amount.longValue() >= 0
                && amount.longValue() <= MOST_CENTS;
    }

    /** {@code UNEVEN_GC} and {@code EVEN_EXCHANGE} are what older versions say. */
    private static String kind(String type) {
        return switch (type) {
            case "REFUND" -> "REFUND";
            case "STANDARD_EXCHANGE", "INSTANT_EXCHANGE", "EVEN_EXCHANGE" -> "EXCHANGE";
            case "INSTANT_STORE_CREDIT", "UNEVEN_GC" -> "CREDIT";
            default -> "UNKNOWN";
        };
    }

    /** Whoever opened the parcel knows better than the carrier. */
    private static String goods(JsonNode item) {
        return switch (item.path("receiving_status").asText()) {
            case "RECEIVED" -> "RECEIVED";
            case "NOT_RECEIVED" -> "MISSING";
            default -> carried(item.path("package_tracking_status").asText());
        };
    }

    /**
     * A parcel that went back to the shopper (RETURNED) or that the carrier could not deliver (FAILURE) is not on its way to us,
     * and may still come: nothing may be paid for it yet, and nothing denied.
     */
    private static String carried(String status) {
        return switch (status) {
            case "ACCEPTED", "TRANSIT", "DELIVERED" -> "SHIPPED";
            case "NOT_DROPPED_OFF" -> "MISSING";
            default -> "EXPECTED";
        };
    }
}
