package dev.refundhub.gateway.source;

import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;

/** A request that nobody has trusted yet: its headers, and its body as the bytes that came. */
public record Arrived(MultiMap headers, Buffer body) {}
