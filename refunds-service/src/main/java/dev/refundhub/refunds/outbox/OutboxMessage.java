package dev.refundhub.refunds.outbox;

import java.time.Instant;
import java.util.UUID;

/**
 * A message that must leave: stored in the transaction that caused it, gone only after Kafka has it. The database numbers the
 * rows; those of one key are written one transaction after the other, so the numbers are their order.
 *
 * @param id the event's, for ever
 * @param shard whose relay publishes it
 * @param payload as JSON
 * @param trace the traceparent of what caused it
 */
public record OutboxMessage(
        UUID id, int shard, String topic, String key, String type, String payload, String trace, Instant createdAt) {}
