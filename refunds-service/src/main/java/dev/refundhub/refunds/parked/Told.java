package dev.refundhub.refunds.parked;

/**
 * What a partner said, and the id of the event that told it.
 *
 * @param message a record of the messages
 */
public record Told(String eventId, Object message) {}
