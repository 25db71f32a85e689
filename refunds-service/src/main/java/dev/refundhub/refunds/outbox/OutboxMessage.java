package dev.refundhub.refunds.outbox;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;

/**
 * A message that must leave: stored in the transaction that caused it, gone only after Kafka has it. The database numbers the
 * rows; those of one key are written one transaction after the other, so the numbers are their order.
 */
@Entity
@Table(name = "outbox")
@SuppressWarnings("UnusedVariable") // Hibernate reads the columns
public class OutboxMessage {

    @Id
    private UUID id;

    private int shard;

    private String topic;

    private String key;

    private String type;

    private byte[] payload;

    private String trace;

    private Instant createdAt;

    protected OutboxMessage() {}

    OutboxMessage(int shard, String topic, String key, String type, byte[] payload, String trace, Instant createdAt) {
        this.id = UUID.randomUUID();
        this.shard = shard;
        this.topic = topic;
        this.key = key;
        this.type = type;
        this.payload = payload.clone();
        this.trace = trace;
        this.createdAt = createdAt;
    }

    int shard() {
        return shard;
    }
}
