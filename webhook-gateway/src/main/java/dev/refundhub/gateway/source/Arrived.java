package dev.refundhub.gateway.source;

import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;

/**
 * A request that nobody has trusted yet.
 *
 * @param peer the address at the other end of the connection, as digits
 * @param headers as they came
 * @param body the bytes as they came
 */
public record Arrived(String peer, MultiMap headers, Buffer body) {}
