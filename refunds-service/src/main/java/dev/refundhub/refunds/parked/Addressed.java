package dev.refundhub.refunds.parked;

import dev.refundhub.refunds.order.OrderKey;

/** What a partner said, and the order that it is about. */
public record Addressed(OrderKey order, Told told) {}
