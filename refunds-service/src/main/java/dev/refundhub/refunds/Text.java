package dev.refundhub.refunds;

import java.util.Collection;
import java.util.Map;
import java.util.regex.Pattern;

/** What texts from outside may look like before they are kept: PostgreSQL takes no NUL, and its indexes nothing very long. */
public final class Text {

    private static final Pattern SELLER = Pattern.compile("[a-z0-9-]{1,40}");

    private static final int LONGEST = 200;

    private static final int MOST_WORDS = 1000;

    private Text() {}

    /** A tenant's name. */
    public static boolean isSeller(String text) {
        return text != null && SELLER.matcher(text).matches();
    }

    /** Something to be found by: there, not blank, and not too long. */
    public static boolean isId(String text) {
        return text != null && !text.isBlank() && isShort(text);
    }

    /** Something to be kept, or nothing. */
    public static boolean isShortOrNull(String text) {
        return text == null || isShort(text);
    }

    /** Somebody's words to be kept, or none. */
    public static boolean isWordsOrNull(String text) {
        return text == null || (text.length() <= MOST_WORDS && text.indexOf('\0') < 0);
    }

    /** A tree of maps and lists that PostgreSQL can read as JSON; null is one. */
    public static boolean isWithoutNul(Object tree) {
        if (tree instanceof Map<?, ?> map) {
            return map.entrySet().stream().allMatch(e -> isWithoutNul(e.getKey()) && isWithoutNul(e.getValue()));
        }
        if (tree instanceof Collection<?> list) {
            return list.stream().allMatch(Text::isWithoutNul);
        }
        return !(tree instanceof String text) || text.indexOf('\0') < 0;
    }

    private static boolean isShort(String text) {
        return text.length() <= LONGEST && text.indexOf('\0') < 0;
    }
}
