package dev.refundhub.connectors;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.refundhub.connectors.partner.Partners;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.vertx.core.Vertx;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ContractsTest {

    private static final Vertx VERTX = Vertx.vertx();
    private static final Map<String, String> COMPLETE = Map.of(
            "partner", "violet",
            "url", "https://sandbox-api.violet.io/v1/",
            "app-id", "10900",
            "app-secret", "very-secret",
            "username", "hub",
            "password", "very-secret");

    @AfterAll
    static void stop() {
        VERTX.close().toCompletionStage().toCompletableFuture().join();
    }

    @Test
    void aCompleteAccountTakesInstructionsOfItsPartnerOnly() {
        Partners partners = partners(COMPLETE);

        assertTrue(partners.take("violet-eu", "violet-instructions"));
        assertFalse(partners.take("violet-eu", "shipped-suite-instructions"));
        assertFalse(partners.take("violet", "violet-instructions"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"partner", "url", "app-id", "app-secret", "username", "password"})
    void whatIsMissingOrEmptyStopsTheStartAndIsNamed(String setting) {
        Map<String, String> missing = new HashMap<>(COMPLETE);
        missing.remove(setting);
        missing.put("calls-at-once", "8");
        Map<String, String> empty = new HashMap<>(COMPLETE);
        empty.put(setting, "");

        String message =
                assertThrows(AccountIncomplete.class, () -> partners(missing)).getMessage();

        assertEquals("hub.account.violet-eu." + setting + " is missing", message);
        assertThrows(AccountIncomplete.class, () -> partners(empty));
    }

    @ParameterizedTest
    @ValueSource(strings = {"app-id", "app-secret", "secret-key"})
    void whatCannotStandInAHeaderStopsTheStartAndIsNotSaid(String setting) {
        Map<String, String> account = new HashMap<>(COMPLETE);
        account.put("partner", setting.equals("secret-key") ? "shipped-suite" : "violet");
        account.put(setting, "tr\u00e8s-secret");

        String message =
                assertThrows(AccountIncomplete.class, () -> partners(account)).getMessage();

        assertEquals("hub.account.violet-eu." + setting + " is not of visible ASCII characters", message);
    }

    @ParameterizedTest
    @ValueSource(strings = {"paypal", "Violet"})
    void anUnknownPartnerStopsTheStart(String partner) {
        Map<String, String> unknown = new HashMap<>(COMPLETE);
        unknown.put("partner", partner);

        assertThrows(AccountIncomplete.class, () -> partners(unknown));
    }

    @ParameterizedTest
    @ValueSource(strings = {"calls-at-once", "calls-per-second", "break-after"})
    void aLimitOfNothingStopsTheStart(String limit) {
        Map<String, String> none = new HashMap<>(COMPLETE);
        none.put(limit, "0");

        assertThrows(AccountIncomplete.class, () -> partners(none));
    }

    private static Partners partners(Map<String, String> account) {
        Map<String, String> settings = new HashMap<>();
        account.forEach((key, value) -> settings.put("hub.account.violet-eu." + key, value));
        AccountSettings mapped = new SmallRyeConfigBuilder()
                .withSources(new PropertiesConfigSource(settings, "test", 100))
                .addDiscoveredConverters()
                .withMapping(AccountSettings.class)
                .build()
                .getConfigMapping(AccountSettings.class);
        return new Contracts().partners(mapped, VERTX);
    }
}
