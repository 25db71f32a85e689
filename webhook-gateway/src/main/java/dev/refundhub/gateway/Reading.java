package dev.refundhub.gateway;

/** What a delivery means: something to tell, nothing, or a reason why it cannot be told. */
public sealed interface Reading {

    /**
     * News for {@code partner-events}.
     *
     * @param key {@code seller/source/case}
     * @param type the CloudEvents type of the message
     */
    record Told(String key, String type, Record message) implements Reading {}

    /** Understood, and of no interest to anybody here: it is kept, and nothing is told. */
    record NothingToTell() implements Reading {}

    /** Authentic but not understood: it is kept whole, nothing is told, a person looks at it. */
    record Quarantined(Reason reason) implements Reading {}

    /** Why a delivery was not understood; the names are published. */
    enum Reason {
        NOT_JSON,
        UNREADABLE,
        UNKNOWN_TOPIC,
        UNKNOWN_STATUS,
        CONTRADICTORY,
        NO_REQUEST_ID,
        NO_STATUS,
        NO_TIME,
        NO_ORDER_ID,
        NO_ITEMS,
        NO_LINE_ID,
        BAD_QUANTITY,
        BAD_AMOUNT,
        TOO_LARGE
    }
}
