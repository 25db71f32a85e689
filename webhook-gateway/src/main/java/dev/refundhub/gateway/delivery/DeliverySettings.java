package dev.refundhub.gateway.delivery;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import java.time.Duration;

/** The settings {@code hub.delivery.*}. */
@ConfigMapping(prefix = "hub.delivery")
interface DeliverySettings {

    /** A larger body is answered 413. */
    MemorySize bodyLimit();

    /** A body that takes longer to arrive is answered 408. */
    Duration receiveWithin();

    /** What PostgreSQL has not committed by then is answered 503. */
    Duration commitWithin();

    /** How long a delivery may be NEW before any replica takes it up. */
    Duration takeUpAfter();

    /** How often to look for such deliveries. */
    Duration takeUpEvery();

    /** For how many days after today there shall be partitions. */
    int daysAhead();

    /** For how many days before today deliveries are kept; then they are gone, with what is personal in them. */
    int daysKept();
}
