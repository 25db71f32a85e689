package dev.refundhub.refunds.order;

/** One merchant's part of an order at Violet. */
public record Bag(long violetOrderId, long bagId) {}
