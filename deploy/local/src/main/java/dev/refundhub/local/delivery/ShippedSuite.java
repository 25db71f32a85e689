package dev.refundhub.local.delivery;

import dev.refundhub.local.http.Http;
import dev.refundhub.local.http.Reply;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Delivers as Shipped Suite does: a POST, signed over its raw bytes. */
public final class ShippedSuite {
    public static final String SIGNATURE = "X-Shipped-Suite-Hmac-Sha256";

    private ShippedSuite() {}

    public static Reply deliver(String address, byte[] body, String secret) {
        Map<String, String> headers = Map.of("Content-Type", "application/json", SIGNATURE, sign(body, secret));
        return Http.send("POST", address, headers, body);
    }

    public static String sign(byte[] body, String secret) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return Base64.getEncoder().encodeToString(mac.doFinal(body));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
