package dev.refundhub.refunds.refund;

import java.time.Instant;

/**
 * A hold that stands.
 *
 * @param detail what a person needs to decide; may be null
 */
public record Held(Hold code, Instant since, String detail) {}
