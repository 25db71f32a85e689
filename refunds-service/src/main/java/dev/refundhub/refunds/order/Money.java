package dev.refundhub.refunds.order;

import java.math.BigDecimal;
import java.util.Currency;
import java.util.Set;
import java.util.stream.Collectors;

/** Turns minor units into what people read, and back, exactly. */
public final class Money {

    private static final Set<String> CURRENCIES = Currency.getAvailableCurrencies().stream()
            .filter(c -> c.getDefaultFractionDigits() >= 0)
            .map(Currency::getCurrencyCode)
            .collect(Collectors.toUnmodifiableSet());

    private Money() {}

    /** Whether it is an ISO 4217 currency with a number of decimals. */
    public static boolean isCurrency(String code) {
        return code != null && CURRENCIES.contains(code);
    }

    /** In major units, with exactly the currency's decimals. */
    public static BigDecimal major(long minor, String currency) {
        return BigDecimal.valueOf(minor, decimals(currency));
    }

    /**
     * In minor units.
     *
     * @throws ArithmeticException if it has more decimals than the currency, or does not fit
     */
    public static long minor(BigDecimal major, String currency) {
        return major.movePointRight(decimals(currency)).longValueExact();
    }

    private static int decimals(String currency) {
        return Currency.getInstance(currency).getDefaultFractionDigits();
    }
}
