package dev.refundhub.refunds.refund;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * The id of an instruction, and the reference a partner's refund carries: the same wish heard again, even after a restore,
 * has the same one, so it is found and not paid again.
 */
final class Reference {

    private static final String ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz";
    private static final int CHARACTERS = 16;
    private static final int BITS = 5;

    private Reference() {}

    /** {@code hub-} and 80 bits of SHA-256. */
    static String of(String seller, String sourceKind, String sourceRef, String channel, Long bagId, int no) {
        String wish = String.join("\n", seller, sourceKind, sourceRef, channel, String.valueOf(bagId), "" + no);
        return "hub-" + base32(sha256(wish));
    }

    private static String base32(byte[] bytes) {
        StringBuilder text = new StringBuilder(CHARACTERS);
        int buffer = 0;
        int bits = 0;
        for (int i = 0; text.length() < CHARACTERS; i++) {
            buffer = (buffer << Byte.SIZE) | (bytes[i] & 0xff);
            for (bits += Byte.SIZE; bits >= BITS; bits -= BITS) {
                text.append(ALPHABET.charAt((buffer >> (bits - BITS)) & 0x1f));
            }
        }
        return text.toString();
    }

    private static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
