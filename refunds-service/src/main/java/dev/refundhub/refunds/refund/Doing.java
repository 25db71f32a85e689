package dev.refundhub.refunds.refund;

import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import dev.refundhub.refunds.order.Money;
import dev.refundhub.refunds.web.Json;
import dev.refundhub.refunds.web.Violations;
import dev.refundhub.refunds.web.Words;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * What a person does to a refund.
 *
 * @param trackingId with SHIP_INIT
 * @param carrierName with SHIP_INIT
 * @param amount with APPROVE: less than was asked for; with MARK_ISSUED: what was really paid; in major units, null for all
 * @param reason with DENY
 * @param reference with MARK_ISSUED: what the payment is known by
 */
public record Doing(
        Action action,
        String trackingId,
        String carrierName,
        @JsonDeserialize(using = Json.Amount.class) BigDecimal amount,
        String reason,
        String reference) {

    private static final int LONGEST_REASON = 1000;
    private static final int LONGEST_NAME = 100;
    private static final Set<Action> BY_OTHER_MEANS = EnumSet.of(Action.CANCEL);

    /** Everything that is wrong with it whatever the refund is. */
    void check() {
        if (action == null || BY_OTHER_MEANS.contains(action)) {
            Set<Action> known = EnumSet.complementOf(EnumSet.copyOf(BY_OTHER_MEANS));
            throw new Violations(List.of("action: must be one of " + known));
        }
        List<String> wrong = new ArrayList<>();
        fits(trackingId, "trackingId", LONGEST_NAME, EnumSet.of(Action.SHIP_INIT), wrong);
        fits(carrierName, "carrierName", LONGEST_NAME, EnumSet.of(Action.SHIP_INIT), wrong);
        fits(reason, "reason", LONGEST_REASON, EnumSet.of(Action.DENY), wrong);
        fits(reference, "reference", LONGEST_NAME, EnumSet.of(Action.MARK_ISSUED), wrong);
        if (amount != null && action != Action.APPROVE && action != Action.MARK_ISSUED) {
            wrong.add("amount: does not go with " + action);
        }
        if (amount != null && amount.signum() <= 0) {
            wrong.add("amount: must be more than 0");
        }
        if (!wrong.isEmpty()) {
            throw new Violations(wrong);
        }
    }

    private void fits(String text, String field, int longest, Set<Action> actions, List<String> wrong) {
        if (actions.contains(action)) {
            Words.check(text, field, longest, wrong);
        } else if (text != null) {
            wrong.add(field + ": does not go with " + action);
        }
    }

    /** In minor units; null where none was told. */
    Long minor(String currency) {
        try {
            return amount == null ? null : Money.minor(amount, currency);
        } catch (ArithmeticException e) {
            throw new Violations(List.of("amount: more decimals than " + currency + " has, or too large"));
        }
    }
}
