package dev.refundhub.refunds.portal;

import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import dev.refundhub.refunds.Text;
import dev.refundhub.refunds.order.Money;
import dev.refundhub.refunds.web.Json;
import dev.refundhub.refunds.web.Violations;
import dev.refundhub.refunds.web.Words;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A return that the merchant started itself, which a portal may ask for. Amounts are major units of the currency.
 *
 * @param createdAt null for now
 * @param currency ISO 4217
 * @param shippingDeduction what the way back costs the shopper; null for nothing
 */
public record MerchantReturn(
        Instant createdAt,
        String currency,
        List<Item> items,
        @JsonDeserialize(using = Json.Amount.class) BigDecimal shippingDeduction) {

    private static final int MOST_ITEMS = 1000;
    private static final int LONGEST_REASON = 1000;
    private static final Set<String> COMPENSATIONS = Set.of("refund", "exchange", "credit");

    /**
     * Units of a line that come back.
     *
     * @param price what the shopper is to have for them before adjustments
     * @param childReason may be null
     * @param adjustments null for none
     * @param compensation {@code refund}, {@code exchange} or {@code credit}
     */
    public record Item(
            @JsonDeserialize(using = Json.Id.class) String orderId,
            @JsonDeserialize(using = Json.Id.class) String lineId,
            Integer quantity,
            @JsonDeserialize(using = Json.Amount.class) BigDecimal price,
            String reason,
            String childReason,
            List<Adjustment> adjustments,
            String compensation) {}

    /**
     * What is added to a price, or taken off.
     *
     * @param amount below 0 where it is taken off
     * @param description may be null
     */
    public record Adjustment(@JsonDeserialize(using = Json.Amount.class) BigDecimal amount, String description) {}

    /** The same with what was left out. */
    MerchantReturn whole(Instant now) {
        return new MerchantReturn(
                createdAt == null ? now : createdAt,
                currency,
                items.stream().map(this::whole).toList(),
                exact(shippingDeduction));
    }

    private Item whole(Item item) {
        return new Item(
                item.orderId,
                item.lineId,
                item.quantity,
                exact(item.price),
                item.reason,
                item.childReason,
                item.adjustments == null
                        ? List.of()
                        : item.adjustments.stream()
                                .map(a -> new Adjustment(exact(a.amount), a.description))
                                .toList(),
                item.compensation);
    }

    /** With exactly the currency's decimals: it was checked that it has no more. */
    private BigDecimal exact(BigDecimal amount) {
        return amount == null ? null : amount.setScale(Money.major(0, currency).scale(), RoundingMode.UNNECESSARY);
    }

    /** The orders that it names. */
    Set<String> orders() {
        return items.stream().map(Item::orderId).collect(Collectors.toSet());
    }

    /** Everything that is wrong with it whatever the orders are. */
    void check() {
        List<String> wrong = new ArrayList<>();
        if (!Money.isCurrency(currency)) {
            wrong.add("currency: must be one of ISO 4217");
        }
        if (items == null || items.isEmpty() || items.size() > MOST_ITEMS) {
            wrong.add("items: must be 1 to " + MOST_ITEMS);
        }
        if (!wrong.isEmpty()) {
            throw new Violations(wrong);
        }
        for (int i = 0; i < items.size(); i++) {
            check(items.get(i), "items[" + i + "]", wrong);
        }
        amount(shippingDeduction, "shippingDeduction", wrong);
        if (!wrong.isEmpty()) {
            throw new Violations(wrong);
        }
    }

    private void check(Item item, String path, List<String> wrong) {
        if (item == null) {
            wrong.add(path + ": must be there");
            return;
        }
        if (!Text.isId(item.orderId)) {
            wrong.add(path + ".orderId: must be an order's id");
        }
        if (!Text.isId(item.lineId)) {
            wrong.add(path + ".lineId: must be a line's id");
        }
        if (item.quantity == null || item.quantity < 1) {
            wrong.add(path + ".quantity: must be 1 or more");
        }
        if (item.price == null || item.price.signum() < 0) {
            wrong.add(path + ".price: must be 0 or more");
        }
        amount(item.price, path + ".price", wrong);
        Words.check(item.reason, path + ".reason", LONGEST_REASON, wrong);
        if (item.childReason != null) {
            Words.check(item.childReason, path + ".childReason", LONGEST_REASON, wrong);
        }
        if (!COMPENSATIONS.contains(String.valueOf(item.compensation))) {
            wrong.add(path + ".compensation: must be refund, exchange or credit");
        }
        for (Adjustment each : item.adjustments == null ? List.<Adjustment>of() : item.adjustments) {
            if (each == null || each.amount == null) {
                wrong.add(path + ".adjustments: each must have an amount");
            } else {
                amount(each.amount, path + ".adjustments.amount", wrong);
            }
            if (each != null && each.description != null) {
                Words.check(each.description, path + ".adjustments.description", LONGEST_REASON, wrong);
            }
        }
    }

    private void amount(BigDecimal amount, String path, List<String> wrong) {
        try {
            if (amount != null) {
                Money.minor(amount, currency);
            }
        } catch (ArithmeticException e) {
            wrong.add(path + ": more decimals than " + currency + " has, or too large");
        }
    }
}
