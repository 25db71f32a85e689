package dev.refundhub.connectors.exchange;

import java.util.regex.Pattern;

/** What may stand in a header as one word: visible ASCII. */
public final class HeaderValue {

    private static final Pattern VISIBLE = Pattern.compile("[!-~]+");

    private HeaderValue() {}

    public static boolean isOne(String value) {
        return VISIBLE.matcher(value).matches();
    }
}
