package dev.refundhub.refunds.refund;

import java.util.List;

/** What a change causes, to be stored with it: its line of history, and what must be told of it. */
public record Change(HistoryEntry written, List<Object> told) {}
