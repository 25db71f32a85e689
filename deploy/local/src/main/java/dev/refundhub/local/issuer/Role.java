package dev.refundhub.local.issuer;

import java.util.Locale;

/** Who a token speaks for. */
public enum Role {
    SELLER(true),
    CUSTOMER(true),
    OPERATOR(false),
    SERVICE(true),
    GATEWAY(false);

    private final boolean ofSeller;

    Role(boolean ofSeller) {
        this.ofSeller = ofSeller;
    }

    /** Whether its tokens name a seller. */
    boolean isOfSeller() {
        return ofSeller;
    }

    /** The role as it is written on a command line; an {@link IllegalArgumentException} where there is none. */
    public static Role named(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
