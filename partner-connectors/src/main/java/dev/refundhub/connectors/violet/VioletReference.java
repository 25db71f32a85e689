package dev.refundhub.connectors.violet;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Our reference in Violet's {@code reason}: it stands first, our words after it. Violet has no idempotency key; this is ours. */
final class VioletReference {

    private static final int LONGEST_REASON = 255;
    private static final String FORM = "hub-[0-9a-z]{16}";
    private static final Pattern FIRST = Pattern.compile("(" + FORM + ")(?: .*)?", Pattern.DOTALL);

    private VioletReference() {}

    static boolean isOne(String instructionId) {
        return instructionId.matches(FORM);
    }

    /** The reference in a reason; null where there is none. */
    static String in(String reason) {
        Matcher first = FIRST.matcher(reason == null ? "" : reason);
        return first.matches() ? first.group(1) : null;
    }

    static String reason(String reference, String text) {
        String reason = (reference + " " + text).strip();
        if (reason.length() <= LONGEST_REASON) {
            return reason;
        }
        boolean cutsACharacter = Character.isHighSurrogate(reason.charAt(LONGEST_REASON - 1));
        return reason.substring(0, cutsACharacter ? LONGEST_REASON - 1 : LONGEST_REASON);
    }
}
