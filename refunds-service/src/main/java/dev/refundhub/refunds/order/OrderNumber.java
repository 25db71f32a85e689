package dev.refundhub.refunds.order;

/** What a shopper knows an order by. It need not be one order's alone. */
public record OrderNumber(String seller, String number) {}
