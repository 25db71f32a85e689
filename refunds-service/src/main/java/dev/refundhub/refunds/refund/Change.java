package dev.refundhub.refunds.refund;

import java.util.List;

/**
 * What a change causes, to be stored with it.
 *
 * @param written its line of history; null where only something is said again
 * @param told what must be told of it
 */
public record Change(HistoryEntry written, List<Object> told) {

    /** Nothing has changed: what was said before is said again. */
    static Change again(List<Object> told) {
        return new Change(null, told);
    }
}
