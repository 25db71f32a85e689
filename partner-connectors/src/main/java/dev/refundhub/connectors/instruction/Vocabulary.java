package dev.refundhub.connectors.instruction;

import java.util.function.Function;

/**
 * What may be ordered on a topic.
 *
 * @param objection why an order that can be read cannot be carried out; null where it can
 * @param bag whose payments exclude one another; null where nothing is paid
 */
public record Vocabulary<T>(
        String topic,
        String type,
        String kind,
        Class<T> message,
        Function<T, String> objection,
        Function<T, Long> bag) {}
