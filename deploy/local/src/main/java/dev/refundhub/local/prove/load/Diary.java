package dev.refundhub.local.prove.load;

import java.util.Collection;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;

/** What the load did, and what it was answered: all that it knows, and all that it is sure of. */
public final class Diary {
    /** What is known of something that was sent. */
    public enum Known {
        /** It was taken: it must be there, once. */
        ACKNOWLEDGED,
        /** It was refused: it must not be there. */
        REFUSED,
        /** Nobody answered: it may be there, once. */
        UNKNOWN
    }

    /**
     * A request of a partner.
     *
     * @param body its SHA-256
     * @param id what the gateway calls it; null where it was not acknowledged
     */
    public record Delivered(String source, String body, Known known, String id) {}

    /**
     * What must become one refund, once one of the deliveries with this body was taken.
     *
     * @param kind the source kind in the hub
     * @param ref the source ref in the hub
     */
    public record Expected(Sold order, String kind, String ref, String body) {}

    /**
     * A refund that was asked for through the API.
     *
     * @param reason stands in no other request
     * @param id null where it was not acknowledged
     */
    public record Asked(Sold order, String reason, Known known, Long id) {}

    /** A status that somebody was told a refund has, and that is final. */
    public record Ended(long refund, String status) {}

    /** Money that went back past the hub, and that it was told of. */
    public record Elsewhere(Sold order, String kind, String ref, long amount) {}

    private final Queue<Delivered> delivered = new ConcurrentLinkedQueue<>();
    private final Queue<Expected> expected = new ConcurrentLinkedQueue<>();
    private final Queue<Asked> asked = new ConcurrentLinkedQueue<>();
    private final Queue<Ended> ended = new ConcurrentLinkedQueue<>();
    private final Queue<Elsewhere> elsewhere = new ConcurrentLinkedQueue<>();
    private final Map<String, Sold> told = new ConcurrentHashMap<>();

    void note(Delivered delivery) {
        delivered.add(delivery);
    }

    void note(Expected refund) {
        expected.add(refund);
    }

    void note(Asked refund) {
        asked.add(refund);
    }

    void note(Ended refund) {
        ended.add(refund);
    }

    void note(Elsewhere refund) {
        elsewhere.add(refund);
    }

    /** Kafka has this order. */
    void told(Sold order) {
        told.put(order.orderId(), order);
    }

    public Collection<Delivered> delivered() {
        return delivered;
    }

    public Collection<Expected> expected() {
        return expected;
    }

    public Collection<Asked> asked() {
        return asked;
    }

    public Collection<Ended> ended() {
        return ended;
    }

    public Collection<Elsewhere> elsewhere() {
        return elsewhere;
    }

    /** Every order that Kafka has, by its id. */
    public Map<String, Sold> orders() {
        return told;
    }

    @Override
    public String toString() {
        return told.size() + " orders, " + delivered.size() + " deliveries, " + asked.size() + " API refunds, "
                + elsewhere.size() + " refunds elsewhere";
    }
}
