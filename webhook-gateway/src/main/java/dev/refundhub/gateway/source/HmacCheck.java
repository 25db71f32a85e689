package dev.refundhub.gateway.source;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** The body's HMAC-SHA-256 under one of our secrets, as padded standard Base64, in exactly one header. */
final class HmacCheck implements Check {

    private static final String ALGORITHM = "HmacSHA256";

    private final List<String> headerNames;
    private final List<SecretKeySpec> keys;
    private final int signings;

    /**
     * Trusts what one of these secrets signed.
     *
     * @param signings how many signatures a request costs, at least one for each secret: the same for every source
     */
    HmacCheck(List<String> headerNames, List<String> secrets, int signings) {
        this.headerNames = headerNames;
        this.signings = signings;
        this.keys = secrets.stream()
                .map(secret -> new SecretKeySpec(secret.getBytes(UTF_8), ALGORITHM))
                .toList();
    }

    @Override
    public String name() {
        return "hmac";
    }

    @Override
    public Map<String, Object> demands() {
        return Map.of("headers", headerNames, "secrets", keys.size());
    }

    @Override
    public Finding judge(Arrived arrived) {
        List<String> given = headerNames.stream()
                .flatMap(name -> arrived.headers().getAll(name).stream())
                .toList();
        byte[] signature = String.join("", given).getBytes(ISO_8859_1);
        byte[] body = arrived.body().getBytes();
        boolean signed = false;
        for (int i = 0; i < signings; i++) {
            signed |= MessageDigest.isEqual(signature, sign(body, keys.get(i % keys.size())));
        }
        if (given.size() != 1) {
            return given.isEmpty() ? Finding.MISSING : Finding.DOUBLED;
        }
        return signed ? Finding.HOLDS : Finding.WRONG;
    }

    /** Compared as text, so that only the one canonical spelling of a signature is one. */
    private static byte[] sign(byte[] body, SecretKeySpec key) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            return Base64.getEncoder().encode(mac.doFinal(body));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
