package dev.refundhub.gateway;

/** What a partner wants to be shown. */
public sealed interface Question {

    /**
     * An order.
     *
     * @param number what the shopper knows it by; may be null
     * @param ref its id; may be null
     * @param returnRef a return that the merchant started and that the order belongs to; may be null
     * @param email null where a key is told
     * @param key as a link had it; null where an e-mail address is told
     */
    record OrderWanted(String number, String ref, String returnRef, String email, String key) implements Question {}

    /**
     * A return that the merchant started.
     *
     * @param key as a link had it
     */
    record ReturnWanted(String ref, String key) implements Question {}

    /** It does not say what it wants to be shown, or not by what right. */
    record Incomplete() implements Question {}
}
