package dev.refundhub.refunds.refund;

import java.util.Optional;

/** The contracts a seller has: without one, Violet's part is paid by hand and nothing is confirmed to Shipped Suite. */
public record Accounts(Optional<String> violet, Optional<String> shippedSuite) {}
