package dev.refundhub.refunds.web;

import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

/** The versions that a caller is willing to change. */
public final class IfMatch {

    private static final Pattern TAGS = Pattern.compile("(W/)?\"[^\"]*\"(\\s*,\\s*(W/)?\"[^\"]*\")*");

    private final List<String> tags;

    private IfMatch(List<String> tags) {
        this.tags = tags;
    }

    /**
     * Reads the header.
     *
     * @param header null where there is none: then any version will do
     * @throws Violations if it is no list of entity tags
     */
    public static IfMatch of(String header) {
        if (header == null || header.trim().equals("*")) {
            return new IfMatch(null);
        }
        if (!TAGS.matcher(header.trim()).matches()) {
            throw new Violations(List.of("If-Match: must be an entity tag, such as \"3\", or *"));
        }
        return new IfMatch(Arrays.stream(header.trim().split("\\s*,\\s*", -1)).toList());
    }

    /** Weak tags match nothing, as RFC 9110 has it. */
    public void check(int version) {
        if (tags != null && !tags.contains("\"" + version + "\"")) {
            throw new Outdated(version);
        }
    }

    /** The caller has seen another version: 412. */
    static final class Outdated extends RuntimeException {

        Outdated(int version) {
            super("It has changed: its version is " + version + " now.");
        }
    }
}
