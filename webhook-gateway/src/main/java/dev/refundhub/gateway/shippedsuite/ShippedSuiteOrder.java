package dev.refundhub.gateway.shippedsuite;

import static dev.refundhub.gateway.PartnerJson.count;
import static dev.refundhub.gateway.PartnerJson.minor;
import static dev.refundhub.gateway.PartnerJson.text;

import com.fasterxml.jackson.databind.JsonNode;
import dev.refundhub.messages.MerchantOrder;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Currency;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;

/** The order inside a claim, so far as it can be learned: whole and exact, or not at all. */
final class ShippedSuiteOrder {

    private static final Set<String> CAPTURED = Set.of("sale", "capture");
    private static final Set<String> MOVED = Set.of("sale", "capture", "refund");

    private final JsonNode order;
    private final Currency currency;

    private ShippedSuiteOrder(JsonNode order, Currency currency) {
        this.order = order;
        this.currency = currency;
    }

    /** Empty if no money of one currency was captured and kept, or if something of it cannot be read exactly. */
    static Optional<MerchantOrder> asTold(JsonNode order, String seller) {
        try {
            return currency(order)
                    .map(currency -> new ShippedSuiteOrder(order, currency).told(seller))
                    .filter(ShippedSuiteOrder::learnable);
        } catch (ArithmeticException | IllegalArgumentException | NoSuchElementException notExact) {
            return Optional.empty();
        }
    }

    /** Transactions are the only place that names it. */
    private static Optional<Currency> currency(JsonNode order) {
        List<String> named = moved(order)
                .map(transaction -> text(transaction.path("currency")).orElseThrow())
                .distinct()
                .toList();
        return named.size() == 1
                ? Optional.of(Currency.getInstance(named.get(0)))
                        .filter(currency -> currency.getDefaultFractionDigits() >= 0)
                : Optional.empty();
    }

    private static boolean learnable(MerchantOrder order) {
        long lineIds = Stream.concat(
                        order.lines().stream().map(MerchantOrder.Line::lineId),
                        order.shipping().stream().map(MerchantOrder.Shipping::lineId))
                .distinct()
                .count();
        return order.paidMinor() > 0
                && !order.lines().isEmpty()
                && lineIds == order.lines().size() + order.shipping().size();
    }

    private MerchantOrder told(String seller) {
        return new MerchantOrder(
                seller,
                text(order.path("external_id")).orElseThrow(),
                text(order.path("number")).orElse(null),
                0,
                placedAt(),
                currency.getCurrencyCode(),
                sum(moved(order), this::kept),
                sum(adjustments("discount"), adjustment -> Math.abs(amount(adjustment, "amount"))),
                new MerchantOrder.Customer(null, text(order.path("email")).orElse(null)),
                order.path("order_items").valueStream().map(this::line).toList(),
                adjustments("shipping").map(this::shipping).toList(),
                List.of(),
                null);
    }

    /** The Shield fee is no transaction and no line: it is not ours to refund. */
    private long kept(JsonNode transaction) {
        return text(transaction.path("category")).filter(CAPTURED::contains).isPresent()
                ? notNegative(amount(transaction, "amount"))
                : -Math.abs(amount(transaction, "amount"));
    }

    private MerchantOrder.Line line(JsonNode item) {
        return new MerchantOrder.Line(
                text(item.path("external_id")).orElseThrow(),
                text(item.path("sku")).orElse(null),
                count(item.path("quantity")).orElseThrow(),
                notNegative(amount(item, "unit_price")),
                Math.abs(amountIfAny(item, "discount")),
                notNegative(amountIfAny(item, "tax")),
                null,
                null);
    }

    private MerchantOrder.Shipping shipping(JsonNode adjustment) {
        return new MerchantOrder.Shipping(
                text(adjustment.path("external_id")).orElse("shipping"),
                notNegative(amount(adjustment, "amount") - Math.abs(amountIfAny(adjustment, "discount"))),
                notNegative(amountIfAny(adjustment, "tax")),
                null);
    }

    /** A year outside these is a slip, and no year that every reader of ours can store. */
    private Instant placedAt() {
        try {
            return text(order.path("placed_at"))
                    .map(at -> OffsetDateTime.parse(at).withOffsetSameInstant(ZoneOffset.UTC))
                    .filter(at -> at.getYear() >= 1970 && at.getYear() <= 9999)
                    .map(OffsetDateTime::toInstant)
                    .orElse(null);
        } catch (DateTimeException unreadable) {
            return null;
        }
    }

    private Stream<JsonNode> adjustments(String category) {
        return order.path("order_adjustments").valueStream().filter(says("category", Set.of(category)));
    }

    private static Stream<JsonNode> moved(JsonNode order) {
        return order.path("transactions")
                .valueStream()
                .filter(says("status", Set.of("success")))
                .filter(says("category", MOVED));
    }

    private static Predicate<JsonNode> says(String field, Set<String> words) {
        return node -> text(node.path(field)).filter(words::contains).isPresent();
    }

    private long amount(JsonNode node, String field) {
        return minor(node.path(field), currency);
    }

    private long amountIfAny(JsonNode node, String field) {
        return node.path(field).asText("").isEmpty() ? 0 : amount(node, field);
    }

    private static long notNegative(long minor) {
        if (minor < 0) {
            throw new ArithmeticException("below 0");
        }
        return minor;
    }

    private static long sum(Stream<JsonNode> nodes, ToLongFunction<JsonNode> amount) {
        return nodes.mapToLong(amount).reduce(0, Math::addExact);
    }
}
