package dev.refundhub.refunds.order;

/** Units of a line that somebody wants refunded, as they named it: the line may not exist. */
public record Asked(String lineId, int quantity) {}
