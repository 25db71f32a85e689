package dev.refundhub.refunds.parked;

/**
 * What a partner said, and the id of the event that told it.
 *
 * @param message a record of the messages
 * @param trace the traceparent of the event; null where there is none, or where it has been parked
 */
public record Told(String eventId, Object message, String trace) {}
