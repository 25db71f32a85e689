package dev.refundhub.refunds.refund;

import java.time.Instant;

/**
 * Who changes a refund, and when.
 *
 * @param who subject and role, or partner and delivery id, or the part of the hub
 * @param why in a person's or a partner's words; may be null
 */
public record By(String who, String why, Instant at) {}
