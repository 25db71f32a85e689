package dev.refundhub.gateway.refundid;

import static dev.refundhub.gateway.PartnerJson.text;

import com.fasterxml.jackson.databind.JsonNode;
import dev.refundhub.gateway.PartnerJson;
import java.util.Currency;
import java.util.Optional;

/**
 * Money as Refundid writes it; how, is inferred: {@code {"amount": "12.50", "currency": "AUD"}} (partner facts: refundid.md, 4).
 *
 * @param minor in minor units, never below 0
 */
record RefundidAmount(long minor, Currency currency) {

    /** Empty unless it is an amount that the currency can express. */
    static Optional<RefundidAmount> read(JsonNode money) {
        JsonNode amount = either(money, RefundidNames.AMOUNT, RefundidNames.VALUE);
        JsonNode code = either(money, RefundidNames.CURRENCY, RefundidNames.CURRENCY_CODE);
        try {
            Currency currency = Currency.getInstance(text(code).orElse(""));
            return currency.getDefaultFractionDigits() < 0
                    ? Optional.empty()
                    : Optional.of(new RefundidAmount(PartnerJson.minor(amount, currency), currency))
                            .filter(read -> read.minor >= 0);
        } catch (ArithmeticException | IllegalArgumentException noMoney) {
            return Optional.empty();
        }
    }

    private static JsonNode either(JsonNode money, RefundidNames one, RefundidNames other) {
        return one.in(money).isMissingNode() ? other.in(money) : one.in(money);
    }
}
