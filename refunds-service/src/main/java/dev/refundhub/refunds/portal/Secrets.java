package dev.refundhub.refunds.portal;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Keyed digests: what only we can make, and nobody can turn back. */
final class Secrets {

    private static final String ALGORITHM = "HmacSHA256";
    private static final int SHORTEST = 8;

    private final SecretKeySpec key;

    /**
     * Digests under this secret.
     *
     * @param setting where it comes from, for whoever has to mend it
     */
    Secrets(String secret, String setting) {
        if (secret.strip().length() < SHORTEST) {
            throw new IllegalStateException(setting + " must have at least " + SHORTEST + " characters");
        }
        this.key = new SecretKeySpec(secret.strip().getBytes(UTF_8), ALGORITHM);
    }

    /** In URL-safe Base64 without padding. No part may hold a line break. */
    String digest(String... parts) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            byte[] digest = mac.doFinal(String.join("\n", parts).getBytes(UTF_8));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(digest);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
