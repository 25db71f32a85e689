package dev.refundhub.connectors;

import dev.refundhub.connectors.AccountSettings.Account;
import dev.refundhub.connectors.exchange.HeaderValue;
import dev.refundhub.connectors.exchange.Limits;
import dev.refundhub.connectors.partner.Partner;
import dev.refundhub.connectors.partner.Partners;
import dev.refundhub.connectors.shippedsuite.ShippedSuiteAccount;
import dev.refundhub.connectors.shippedsuite.ShippedSuitePartner;
import dev.refundhub.connectors.violet.VioletAccount;
import dev.refundhub.connectors.violet.VioletPartner;
import io.vertx.core.Vertx;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Makes each account a partner. An account that lacks something stops the start and says what. */
@Singleton
class Contracts {

    @Produces
    @Singleton
    Partners partners(AccountSettings settings, Vertx vertx) {
        Map<String, Partner> accounts = new HashMap<>();
        settings.byName().forEach((name, account) -> accounts.put(name, partner(name, account, vertx)));
        return new Partners(accounts);
    }

    private static Partner partner(String name, Account account, Vertx vertx) {
        return switch (given(name, "partner", account.partner())) {
            case "violet" -> new VioletPartner(violet(name, account), vertx);
            case "shipped-suite" -> new ShippedSuitePartner(shippedSuite(name, account), vertx);
            default -> throw new AccountIncomplete(name, "partner", "names no partner we know");
        };
    }

    private static VioletAccount violet(String name, Account account) {
        return new VioletAccount(
                name,
                url(name, account),
                header(name, "app-id", account.appId()),
                header(name, "app-secret", account.appSecret()),
                given(name, "username", account.username()),
                given(name, "password", account.password()),
                limits(name, account));
    }

    private static ShippedSuiteAccount shippedSuite(String name, Account account) {
        return new ShippedSuiteAccount(
                name, url(name, account), header(name, "secret-key", account.secretKey()), limits(name, account));
    }

    private static Limits limits(String name, Account account) {
        return new Limits(
                account.deadline(),
                above0(name, "calls-at-once", account.callsAtOnce()),
                above0(name, "calls-per-second", account.callsPerSecond()),
                above0(name, "break-after", account.breakAfter()),
                account.breakFor());
    }

    private static int above0(String name, String what, int value) {
        if (value < 1) {
            throw new AccountIncomplete(name, what, "is not above 0");
        }
        return value;
    }

    private static URI url(String name, Account account) {
        URI url = given(name, "url", account.url());
        boolean usable = url.getHost() != null && ("http".equals(url.getScheme()) || "https".equals(url.getScheme()));
        if (!usable) {
            throw new AccountIncomplete(name, "url", "is no http or https address");
        }
        return url;
    }

    private static String header(String name, String what, Optional<String> value) {
        String given = given(name, what, value);
        if (!HeaderValue.isOne(given)) {
            throw new AccountIncomplete(name, what, "is not of visible ASCII characters");
        }
        return given;
    }

    private static <T> T given(String name, String what, Optional<T> value) {
        return value.orElseThrow(() -> new AccountIncomplete(name, what, "is missing"));
    }
}
