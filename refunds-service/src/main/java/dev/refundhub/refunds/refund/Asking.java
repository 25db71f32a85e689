package dev.refundhub.refunds.refund;

import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import dev.refundhub.refunds.order.Asked;
import dev.refundhub.refunds.order.Money;
import dev.refundhub.refunds.order.Order;
import dev.refundhub.refunds.order.OrderLine;
import dev.refundhub.refunds.web.Json;
import dev.refundhub.refunds.web.Violations;
import dev.refundhub.refunds.web.Words;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What a shopper or a seller asks for.
 *
 * @param orderId an integer or a string
 * @param amount in major units, exact in the order's currency; may be null where lines are named
 * @param refundOnly whether no goods have to come back
 * @param lines null for money without units
 * @param approve for a seller: approved at once; null for no
 */
public record Asking(
        @JsonDeserialize(using = Json.Id.class) String orderId,
        String reason,
        @JsonDeserialize(using = Json.Amount.class) BigDecimal amount,
        Boolean refundOnly,
        List<Line> lines,
        Boolean approve) {

    private static final int LONGEST_REASON = 1000;
    private static final int LONGEST_ID = 200;
    private static final int MOST_LINES = 1000;

    /**
     * A part of what is asked for.
     *
     * @param quantity units, from 1; null for money without units, or shipping
     * @param amount in major units; null for what the units are worth, or what is left of shipping
     */
    public record Line(
            @JsonDeserialize(using = Json.Id.class) String lineId,
            Integer quantity,
            @JsonDeserialize(using = Json.Amount.class) BigDecimal amount) {}

    /** Everything that is wrong with it whatever the order is. */
    void check() {
        List<String> wrong = new ArrayList<>();
        Words.check(orderId, "orderId", LONGEST_ID, wrong);
        Words.check(reason, "reason", LONGEST_REASON, wrong);
        if (refundOnly == null) {
            wrong.add("refundOnly: must be true or false");
        }
        if (amount == null && lines == null) {
            wrong.add("amount: must be there where no lines are named");
        }
        positive(amount, "amount", wrong);
        if (lines != null) {
            checkLines(wrong);
        }
        if (!wrong.isEmpty()) {
            throw new Violations(wrong);
        }
    }

    private void checkLines(List<String> wrong) {
        if (lines.isEmpty() || lines.size() > MOST_LINES) {
            wrong.add("lines: must be 1 to " + MOST_LINES + ", or not be there");
            return;
        }
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < lines.size(); i++) {
            Line line = lines.get(i);
            String path = "lines[" + i + "]";
            if (line == null) {
                wrong.add(path + ": must be there");
                continue;
            }
            Words.check(line.lineId, path + ".lineId", LONGEST_ID, wrong);
            if (line.lineId != null && !seen.add(line.lineId)) {
                wrong.add(path + ".lineId: must be named once");
            }
            if (line.quantity != null && line.quantity < 1) {
                wrong.add(path + ".quantity: must be 1 or more, or not be there");
            }
            positive(line.amount, path + ".amount", wrong);
        }
    }

    private static void positive(BigDecimal amount, String path, List<String> wrong) {
        if (amount != null && amount.signum() <= 0) {
            wrong.add(path + ": must be more than 0");
        }
    }

    /** The lines as the order has them; empty for money without units. */
    List<Asked> of(Order order) {
        if (lines == null) {
            return List.of();
        }
        List<String> wrong = new ArrayList<>();
        List<Asked> asked = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            Line line = lines.get(i);
            String path = "lines[" + i + "]";
            Optional<OrderLine> known = order.line(line.lineId);
            if (known.isEmpty()) {
                wrong.add(path + ".lineId: the order has no such line");
            } else if (!known.get().isItem() && line.quantity != null) {
                wrong.add(path + ".quantity: shipping has no units");
            } else if (known.get().isItem() && line.quantity == null && line.amount == null) {
                wrong.add(path + ": must have a quantity or an amount");
            }
            Long minor = line.amount == null ? null : minor(line.amount, order, path + ".amount", wrong);
            asked.add(new Asked(line.lineId, line.quantity == null ? 0 : line.quantity, minor));
        }
        long withUnits = asked.stream().filter(a -> a.quantity() > 0).count();
        long items = asked.stream()
                .filter(a -> order.line(a.lineId()).filter(OrderLine::isItem).isPresent())
                .count();
        if (withUnits > 0 && withUnits < items) {
            wrong.add("lines: either all items have a quantity, or none has");
        }
        if (!wrong.isEmpty()) {
            throw new Violations(wrong);
        }
        return asked;
    }

    /** In minor units of the order's currency; null where the lines say it. */
    Long minor(Order order) {
        if (amount == null) {
            return null;
        }
        List<String> wrong = new ArrayList<>();
        Long minor = minor(amount, order, "amount", wrong);
        if (!wrong.isEmpty()) {
            throw new Violations(wrong);
        }
        return minor;
    }

    private static Long minor(BigDecimal amount, Order order, String path, List<String> wrong) {
        try {
            return Money.minor(amount, order.currency());
        } catch (ArithmeticException e) {
            wrong.add(path + ": more decimals than " + order.currency() + " has, or too large");
            return null;
        }
    }
}
