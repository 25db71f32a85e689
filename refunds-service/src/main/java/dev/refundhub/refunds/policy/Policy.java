package dev.refundhub.refunds.policy;

import dev.refundhub.refunds.order.Money;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What a seller lets happen by itself.
 *
 * @param sources by the source's name, or {@code api}
 * @param askWithinDays in how many days after it was placed an order's refund may be asked for; null for any time
 * @param overdueAfterDays after how many days of waiting a person must look; null for 30
 */
public record Policy(Map<String, SourcePolicy> sources, Integer askWithinDays, Integer overdueAfterDays) {

    private static final int OVERDUE_AFTER_DAYS = 30;
    private static final int MOST_DAYS = 3650;

    /** What holds where a seller has said nothing: a person approves everything. */
    public static final Policy NONE = new Policy(Map.of(), null, null);

    public Policy {
        sources = sources == null ? Map.of() : Map.copyOf(sources);
        overdueAfterDays = overdueAfterDays == null ? OVERDUE_AFTER_DAYS : overdueAfterDays;
    }

    /** Whether a refund may be approved without a person. */
    public enum Verdict {
        APPROVE,
        BEYOND_LIMIT,
        ASK_A_PERSON
    }

    public SourcePolicy of(String source) {
        return sources.getOrDefault(source, SourcePolicy.NOTHING);
    }

    /** Whether anything of this source and currency can be approved by itself. */
    public boolean approvesSome(String source, String currency) {
        return of(source).autoApprove().containsKey(currency);
    }

    /**
     * Whether a refund may be approved without a person.
     *
     * @param amount in minor units
     * @param approvedToday what was approved by itself today for that source and currency, in minor units
     */
    public Verdict judge(String source, String currency, long amount, long approvedToday) {
        SourcePolicy.Limits limits = of(source).autoApprove().get(currency);
        if (limits == null) {
            return Verdict.ASK_A_PERSON;
        }
        boolean within = amount <= Money.minor(limits.upTo(), currency)
                && amount <= Money.minor(limits.perDay(), currency) - approvedToday;
        return within ? Verdict.APPROVE : Verdict.BEYOND_LIMIT;
    }

    /** What is wrong with it, for whoever sent it; empty if nothing is. */
    public List<String> violations() {
        List<String> violations = new ArrayList<>();
        positive(askWithinDays, "askWithinDays", violations);
        positive(overdueAfterDays, "overdueAfterDays", violations);
        sources.forEach((source, policy) -> policy.autoApprove().forEach((currency, limits) -> {
            String path = "sources." + source + ".autoApprove." + currency;
            if (!Money.isCurrency(currency)) {
                violations.add(path + ": not an ISO 4217 currency");
            } else {
                amount(limits.upTo(), currency, path + ".upTo", violations);
                amount(limits.perDay(), currency, path + ".perDay", violations);
            }
        }));
        return violations;
    }

    private static void positive(Integer days, String path, List<String> violations) {
        if (days != null && (days < 1 || days > MOST_DAYS)) {
            violations.add(path + ": must be 1 to " + MOST_DAYS);
        }
    }

    private static void amount(BigDecimal amount, String currency, String path, List<String> violations) {
        try {
            if (amount == null || Money.minor(amount, currency) < 0) {
                violations.add(path + ": must be an amount of 0 or more");
            }
        } catch (ArithmeticException e) {
            violations.add(path + ": more decimals than " + currency + " has, or too large");
        }
    }
}
