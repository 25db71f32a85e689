package dev.refundhub.gateway.source;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import java.util.List;
import org.junit.jupiter.api.Test;

class SecretCheckTest {

    /** Of {@code optoro:a password} and {@code optoro:an old one}. */
    private static final String RIGHT = "Basic b3B0b3JvOmEgcGFzc3dvcmQ=";

    private static final String OLD = "Basic b3B0b3JvOmFuIG9sZCBvbmU=";

    private final SecretCheck basic = SecretCheck.basic("optoro", List.of("a password", "an old one"));
    private final SecretCheck bearer = SecretCheck.bearer(List.of("a long token"));
    private final SecretCheck key = SecretCheck.header("X-Some-Name", List.of("a long key"));

    @Test
    void anyOfThePasswordsOpens() {
        assertTrue(passes(basic, "Authorization", RIGHT));
        assertTrue(passes(basic, "authorization", OLD));
        assertTrue(passes(basic, "Authorization", RIGHT.replace("Basic", "bASIC")));
    }

    @Test
    void nothingButAPasswordOpens() {
        assertFalse(passes(basic));
        assertFalse(passes(basic, "Authorization", ""));
        assertFalse(passes(basic, "Authorization", "Basic "));
        assertFalse(passes(basic, "Authorization", RIGHT.replace("=", "")));
        assertFalse(passes(basic, "Authorization", RIGHT + " "));
        assertFalse(passes(basic, "Authorization", RIGHT.replace("Basic ", "")));
        assertFalse(passes(basic, "Authorization", RIGHT.replace("Basic", "Bearer")));
        assertFalse(passes(basic, "Authorization", "Basic optoro:a password"));
    }

    @Test
    void aTokenOpensUnderItsSchemeOnly() {
        assertTrue(passes(bearer, "Authorization", "Bearer a long token"));
        assertTrue(passes(bearer, "Authorization", "bearer a long token"));
        assertFalse(passes(bearer, "Authorization", "a long token"));
        assertFalse(passes(bearer, "Authorization", "Basic a long token"));
        assertFalse(passes(bearer, "Authorization", "Bearer a long toke"));
    }

    @Test
    void aKeyOpensInItsHeaderOnly() {
        assertTrue(passes(key, "x-some-name", "a long key"));
        assertFalse(passes(key, "x_some_name", "a long key"));
        assertFalse(passes(key, "X-Other-Name", "a long key"));
        assertFalse(passes(key, "X-Some-Name", "A long key"));
    }

    @Test
    void aDoubledCredentialFails() {
        assertFalse(passes(basic, "Authorization", RIGHT, "Authorization", RIGHT));
        assertFalse(passes(bearer, "Authorization", "Bearer a long token", "Authorization", "x"));
        assertFalse(passes(key, "X-Some-Name", "a long key", "X-Some-Name", "x"));
    }

    private static boolean passes(SecretCheck check, String... headers) {
        MultiMap sent = MultiMap.caseInsensitiveMultiMap();
        for (int i = 0; i < headers.length; i += 2) {
            sent.add(headers[i], headers[i + 1]);
        }
        return check.judge(new Arrived("192.0.2.7", sent, Buffer.buffer())) == Finding.HOLDS;
    }
}
