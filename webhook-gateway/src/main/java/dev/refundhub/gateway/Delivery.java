package dev.refundhub.gateway;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.UUID;

/**
 * One HTTP request of a partner that was trusted.
 *
 * @param id a UUIDv7 of the moment it was received
 * @param receivedAt in milliseconds
 * @param headers name to value, without credentials
 * @param body the raw bytes
 */
public record Delivery(UUID id, String source, Instant receivedAt, JsonObject headers, Buffer body) {}
