package dev.refundhub.gateway.source;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.refundhub.gateway.SentDelivery;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SourcesTest {

    private static final Arrived ARRIVED = new Arrived(
            "192.0.2.7",
            MultiMap.caseInsensitiveMultiMap()
                    .add("X-Shipped-Suite-Hmac-Sha256", SentDelivery.signature(new byte[0], "a secret"))
                    .add("Cookie", "a=b")
                    .add("X-Api-Key", "a")
                    .add("X-Auth-Token", "a")
                    .add("Client-Secret", "a")
                    .add("Other-SIGNATURE", "a")
                    .add("Proxy-Authorization", "a")
                    .add("X-Topic", "one")
                    .add("x-topic", "tw\u0000o"),
            Buffer.buffer());

    @Test
    void aSourceTrustsWhatItsSecretSigned() {
        Sources sources = sources(Map.of());

        assertEquals(Set.of("shop"), sources.names());
        assertTrue(sources.named("shop").judge(ARRIVED).isTrusted());
    }

    @Test
    void aSourceThatIsNotConfiguredTrustsNobody() {
        Source nobody = sources(Map.of()).named("somebody");

        assertFalse(nobody.judge(ARRIVED).isTrusted());
        assertEquals("unknown", nobody.name());
    }

    @Test
    void blankSecretsAreDroppedAndTheOthersStripped() {
        assertTrue(sources(Map.of("check.hmac.secrets", ",  , a secret ,,"))
                .named("shop")
                .judge(ARRIVED)
                .isTrusted());
    }

    @Test
    void credentialsAndWhatPostgresCannotStoreAreNotKept() {
        assertEquals(
                Map.of("x-topic", "one, two"),
                sources(Map.of()).named("shop").headersToKeep(ARRIVED).getMap());
    }

    @Test
    void aSourceThatNobodyCouldBeTrustedByStopsTheStart() {
        assertEquals("hub.source.shop: no check", refusal(Map.of("check.hmac.secrets", "-")));
        assertEquals("hub.source.shop: check.hmac has no secret", refusal(Map.of("check.hmac.secrets", ",,")));
        assertEquals("hub.source.shop: check.hmac has no secret", refusal(Map.of("check.hmac.secrets", " , ")));
        assertEquals(
                "hub.source.shop: check.hmac has a secret of less than 8 characters",
                refusal(Map.of("check.hmac.secrets", "a secret,7 signs")));
        assertEquals("hub.source.shop: unknown partner 'fedex'", refusal(Map.of("partner", "fedex")));
        assertEquals("hub.source.shop: unknown partner ''", refusal(Map.of("partner", "-")));
    }

    @Test
    void aSourceWithoutAProperSellerStopsTheStart() {
        String message = "hub.source.shop: the seller must match [a-z0-9-]{1,40}";

        assertEquals(message, refusal(Map.of("seller", "-")));
        assertEquals(message, refusal(Map.of("seller", "Acme")));
        assertEquals(message, refusal(Map.of("seller", "a/b")));
        assertEquals(message, refusal(Map.of("seller", "a".repeat(41))));
    }

    @Test
    void everyCheckOfASourceMustPass() {
        Map<String, String> key = Map.of("check.header.name", "X-Agreed", "check.header.secrets", "a long key");

        assertFalse(sources(key).named("shop").judge(ARRIVED).isTrusted());
        assertTrue(
                sources(key).named("shop").judge(and("X-Agreed", "a long key")).isTrusted());
        assertFalse(sources(key)
                .named("shop")
                .headersToKeep(and("X-Agreed", "a long key"))
                .containsKey("x-agreed"));
    }

    @Test
    void aPartnerThatSignsNothingIsKnownByItsPassword() {
        Map<String, String> optoro = Map.of(
                "partner", "optoro",
                "check.hmac.secrets", "-",
                "check.basic.user", "optoro",
                "check.basic.secrets", "a password");

        assertTrue(sources(optoro)
                .named("shop")
                .judge(and("Authorization", "Basic b3B0b3JvOmEgcGFzc3dvcmQ="))
                .isTrusted());
        assertFalse(sources(optoro).named("shop").judge(ARRIVED).isTrusted());
    }

    @Test
    void aCheckThatLacksSomethingStopsTheStart() {
        assertEquals(
                "hub.source.shop: check.hmac is not for a partner that signs nothing",
                refusal(Map.of("partner", "optoro")));
        assertEquals(
                "hub.source.shop: check.basic has no user, or one with a colon",
                refusal(Map.of("check.basic.secrets", "a password")));
        assertEquals("hub.source.shop: check.basic has no secret", refusal(Map.of("check.basic.user", "optoro")));
        assertEquals("hub.source.shop: check.bearer has no secret", refusal(Map.of("check.bearer.secrets", ",")));
        assertEquals(
                "hub.source.shop: check.header has no proper name",
                refusal(Map.of("check.header.secrets", "a long key")));
        assertEquals(
                "hub.source.shop: check.basic and check.bearer cannot both pass, they want the same header",
                refusal(Map.of(
                        "check.basic.user", "optoro",
                        "check.basic.secrets", "a password",
                        "check.bearer.secrets", "a long token")));
    }

    @Test
    void aVioletSourceNamesAnAccountInsteadOfASeller() {
        assertEquals(
                "violet",
                sources(Map.of("partner", "violet", "seller", "-", "account", "violet"))
                        .named("shop")
                        .owner());
        assertEquals(
                "hub.source.shop: the account must match [a-z0-9-]{1,40}",
                refusal(Map.of("partner", "violet", "seller", "-")));
        assertEquals(
                "hub.source.shop: it has no seller, but the account",
                refusal(Map.of("partner", "violet", "account", "violet")));
        assertEquals("hub.source.shop: it has no account, but the seller", refusal(Map.of("account", "violet")));
    }

    @Test
    void onlyRefundidComesToItsDoor() {
        Map<String, String> refundid =
                Map.of("partner", "refundid", "check.hmac.secrets", "-", "check.bearer.secrets", "a long token");

        assertEquals("shop", sources(refundid).named("shop", "refundid").name());
        assertEquals("unknown", sources(refundid).named("shop", "other").name());
        assertEquals("unknown", sources(Map.of()).named("shop", "refundid").name());
    }

    @Test
    void aMisspeltSettingStopsTheStart() {
        String message = assertThrows(RuntimeException.class, () -> sources(Map.of("check.hmca.secrets", "secret")))
                .getMessage();

        assertTrue(message.contains("hub.source.shop.check.hmca.secrets"), message);
    }

    @Test
    void aCheckOfTheWayThatCannotPassStopsTheStart() {
        assertEquals("hub.source.shop: check.address allows nothing", refusal(Map.of("check.address.allowed", " , ")));
        assertEquals(
                "hub.source.shop: check.address: '10.0.0.0/33' is no range of addresses",
                refusal(Map.of("check.address.allowed", "10.0.0.0/33")));
        assertEquals(
                "hub.source.shop: check.address: 'example.org' is no range of addresses",
                refusal(Map.of("check.address.allowed", "example.org")));
        assertEquals(
                "hub.source.shop: check.address: 'dns:a b' is no name",
                refusal(Map.of("check.address.allowed", "dns:a b")));
        assertEquals(
                "hub.source.shop: check.certificate has no name",
                refusal(Map.of("check.certificate.header", "X-Subject")));
        assertEquals(
                "hub.source.shop: check.certificate believes only hub.trusted-proxies, and there are none",
                refusal(Map.of("check.certificate.name", "rapi.refundid.com")));
        assertEquals(
                "hub.trusted-proxies: 'ingress' is no range of addresses",
                assertThrows(IllegalStateException.class, () -> sources(Map.of(), "ingress"))
                        .getMessage());
    }

    @Test
    void whatIsNotTrustedIsExplainedByEveryCheckThatFailed() {
        Source strict = sources(Map.of(
                        "check.header.name", "X-Agreed",
                        "check.header.secrets", "a long key",
                        "check.address.allowed", "10.0.0.0/8"))
                .named("shop");

        assertEquals(
                Map.of("header", Finding.MISSING, "address", Finding.WRONG),
                strict.judge(ARRIVED).failed());
        assertEquals(
                Map.of("source", Finding.NO_SUCH_SOURCE),
                sources(Map.of()).named("somebody").judge(ARRIVED).failed());
    }

    @Test
    void aSourceThatSignsNothingIsExplainedWithoutTheSignatureThatItsTimeIsMadeOf() {
        Map<String, String> optoro = Map.of(
                "partner", "optoro",
                "check.hmac.secrets", "-",
                "check.basic.user", "optoro",
                "check.basic.secrets", "a password");

        assertEquals(
                Map.of("basic", Finding.MISSING),
                sources(optoro).named("shop").judge(ARRIVED).failed());
    }

    private static Arrived and(String header, String value) {
        return new Arrived(
                "192.0.2.7",
                MultiMap.caseInsensitiveMultiMap().addAll(ARRIVED.headers()).add(header, value),
                ARRIVED.body());
    }

    private static String refusal(Map<String, String> changed) {
        return assertThrows(IllegalStateException.class, () -> sources(changed)).getMessage();
    }

    /** A proper source but for what is changed; what is changed to a dash is left out. */
    private static Sources sources(Map<String, String> changed, String... proxies) {
        Map<String, String> shop =
                new HashMap<>(Map.of("partner", "shipped-suite", "seller", "acme", "check.hmac.secrets", "a secret"));
        shop.putAll(changed);
        shop.values().remove("-");
        Map<String, String> settings = new HashMap<>();
        shop.forEach((name, value) -> settings.put("hub.source.shop." + name, value));
        return new Sources(
                new SmallRyeConfigBuilder()
                        .withMapping(SourceSettings.class)
                        .withDefaultValues(settings)
                        .build()
                        .getConfigMapping(SourceSettings.class),
                Optional.of(List.of(proxies)));
    }
}
