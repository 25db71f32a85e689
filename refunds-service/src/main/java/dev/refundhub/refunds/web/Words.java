package dev.refundhub.refunds.web;

import java.util.List;

/** What people write, checked before it is kept. */
public final class Words {

    private Words() {}

    /** Adds what is wrong with a text that must be there. */
    public static void check(String text, String field, int longest, List<String> violations) {
        if (text == null || text.isBlank()) {
            violations.add(field + ": must be there and not be empty");
        } else if (text.length() > longest) {
            violations.add(field + ": must have at most " + longest + " characters");
        } else if (text.codePoints().anyMatch(Words::isUnprintable)) {
            violations.add(field + ": must hold no control characters and no halves of characters");
        }
    }

    private static boolean isUnprintable(int point) {
        boolean lineBreak = point == '\n' || point == '\r' || point == '\t';
        return (Character.isISOControl(point) && !lineBreak)
                || (point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE);
    }
}
