package dev.refundhub.gateway;

import io.smallrye.jwt.build.Jwt;
import io.smallrye.jwt.util.KeyUtils;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.Locale;
import java.util.Set;

/** Tokens as the OIDC provider would issue them; the key is kept as text where every class loader finds it. */
public final class Tokens {

    private static final String PRIVATE = "surroundings.private-key";
    private static final String PUBLIC = "surroundings.public-key";

    private Tokens() {}

    public static String operator() {
        return of("OPERATOR");
    }

    public static String of(String role) {
        return Jwt.audience("refund-hub")
                .subject(role.toLowerCase(Locale.ROOT) + "-1")
                .groups(Set.of(role))
                .expiresIn(600)
                .sign(privateKey());
    }

    static String publicKey() {
        generateOnce();
        return System.getProperty(PUBLIC);
    }

    private static PrivateKey privateKey() {
        generateOnce();
        try {
            byte[] encoded = Base64.getDecoder().decode(System.getProperty(PRIVATE));
            return KeyFactory.getInstance("RSA").generatePrivate(new PKCS8EncodedKeySpec(encoded));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static synchronized void generateOnce() {
        if (System.getProperty(PUBLIC) != null) {
            return;
        }
        try {
            KeyPair keys = KeyUtils.generateKeyPair(2048);
            Base64.Encoder text = Base64.getEncoder();
            System.setProperty(PRIVATE, text.encodeToString(keys.getPrivate().getEncoded()));
            System.setProperty(PUBLIC, text.encodeToString(keys.getPublic().getEncoded()));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
