package dev.refundhub.refunds.policy;

import java.math.BigDecimal;
import java.util.Map;

/**
 * What a seller lets happen by itself for one source.
 *
 * @param autoApprove limits by currency, in major units; without a currency's limits nothing of it is approved by itself
 * @param payOn when goods that must come back count; null for received
 * @param includeTax whether a claim is worth its tax too; null for yes
 */
public record SourcePolicy(Map<String, Limits> autoApprove, PayOn payOn, Boolean includeTax) {

    static final SourcePolicy NOTHING = new SourcePolicy(Map.of(), PayOn.RECEIVED, true);

    public SourcePolicy {
        autoApprove = autoApprove == null ? Map.of() : Map.copyOf(autoApprove);
        payOn = payOn == null ? PayOn.RECEIVED : payOn;
        includeTax = includeTax == null || includeTax;
    }

    /** When the money for goods that come back is paid. */
    public enum PayOn {
        SHIPPED,
        RECEIVED
    }

    /**
     * How much is approved by itself.
     *
     * @param upTo for one refund, in major units
     * @param perDay for all refunds of a day (UTC), in major units
     */
    public record Limits(BigDecimal upTo, BigDecimal perDay) {}
}
