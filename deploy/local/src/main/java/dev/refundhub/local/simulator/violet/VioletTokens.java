package dev.refundhub.local.simulator.violet;

import dev.refundhub.local.simulator.Json;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Violet's tokens: shaped like a JWT, good for 24 hours, and still good after a restart. */
final class VioletTokens {

    /** What a token is for. */
    enum Use {
        ACCESS,
        REFRESH
    }

    /** What can be said of a token. */
    enum Worth {
        GOOD,
        EXPIRED,
        UNKNOWN
    }

    private static final Duration LIFE = Duration.ofHours(24);
    private static final Duration REFRESH_LIFE = Duration.ofDays(3650);
    private static final String HEADER = encode("{\"alg\":\"HS256\",\"typ\":\"JWT\"}".getBytes(StandardCharsets.UTF_8));

    private record Claims(Use use, long exp, int generation) {}

    private final String secret;
    private int generation;

    VioletTokens(String secret) {
        this.secret = secret;
    }

    String issue(Use use) {
        Duration life = use == Use.ACCESS ? LIFE : REFRESH_LIFE;
        long exp = Instant.now().plus(life).getEpochSecond();
        String claims = Json.tree(new Claims(use, exp, generation)).toString();
        String content = HEADER + "." + encode(claims.getBytes(StandardCharsets.UTF_8));
        return content + "." + sign(content);
    }

    Worth worth(String token, Use use) {
        int end = token.lastIndexOf('.');
        if (end <= HEADER.length() || !isSigned(token.substring(0, end), token.substring(end + 1))) {
            return Worth.UNKNOWN;
        }
        byte[] content = Base64.getUrlDecoder().decode(token.substring(HEADER.length() + 1, end));
        Claims claims = Json.as(Claims.class, Json.parse(new String(content, StandardCharsets.UTF_8)));
        if (claims.use != use) {
            return Worth.UNKNOWN;
        }
        boolean old =
                claims.exp <= Instant.now().getEpochSecond() || (use == Use.ACCESS && claims.generation < generation);
        return old ? Worth.EXPIRED : Worth.GOOD;
    }

    /** Every access token given so far is expired from now on. */
    void expireAll() {
        generation++;
    }

    private boolean isSigned(String content, String signature) {
        return MessageDigest.isEqual(
                sign(content).getBytes(StandardCharsets.UTF_8), signature.getBytes(StandardCharsets.UTF_8));
    }

    private String sign(String content) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return encode(mac.doFinal(content.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String encode(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
