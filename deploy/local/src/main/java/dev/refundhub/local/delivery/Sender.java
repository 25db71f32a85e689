package dev.refundhub.local.delivery;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import java.util.Map;

/** How each partner proves who it is, and where it delivers to. */
enum Sender {
    OPTORO,
    REFUNDID,
    SHIPPED_SUITE,
    VIOLET;

    /** As the partner is written in the gateway's settings. */
    static Sender named(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT).replace('-', '_'));
    }

    /** What follows the source's address. */
    String door() {
        return this == REFUNDID ? "/refundid" : "";
    }

    /**
     * The headers that make a delivery trusted.
     *
     * @param user only for a partner that has a password
     * @param topic only for a partner that says in a header what happened
     */
    Map<String, String> headers(byte[] body, String user, String secret, String topic) {
        return switch (this) {
            case OPTORO -> Map.of("Authorization", "Basic " + base64(user + ":" + secret));
            case REFUNDID -> Map.of("Authorization", "Bearer " + secret);
            case SHIPPED_SUITE -> Map.of(ShippedSuite.SIGNATURE, ShippedSuite.sign(body, secret));
            case VIOLET -> Map.of("X-Violet-Hmac", ShippedSuite.sign(body, secret), "X-Violet-Topic", topic);
        };
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
