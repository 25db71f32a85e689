package dev.refundhub.gateway.source;

import java.util.Map;

/**
 * What the checks of a source say of a request.
 *
 * @param failed by the name of the check, what it found; those that hold are left out
 */
public record Judgement(Map<String, Finding> failed) {

    /** All checks hold. */
    public boolean isTrusted() {
        return failed.isEmpty();
    }

    /** No check is against it, but one cannot say yet: the sender should come again. */
    public boolean isUndecided() {
        return !isTrusted() && failed.values().stream().allMatch(Finding.UNDECIDED::equals);
    }
}
