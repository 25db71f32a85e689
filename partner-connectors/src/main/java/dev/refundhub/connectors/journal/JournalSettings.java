package dev.refundhub.connectors.journal;

import io.smallrye.config.ConfigMapping;
import java.time.Duration;
import java.util.List;

/** How patient the journal is. */
@ConfigMapping(prefix = "hub.journal")
interface JournalSettings {

    /** How long a claim is good for; what is claimed longer was left behind by a process that died. */
    Duration lease();

    /** How late after the attempt's commit began the request may still leave us. */
    Duration sendWithin();

    /** How long the database may take for one step; after that it counts as away. */
    Duration databaseWithin();

    /** How often to look for due rows that nobody announced. */
    Duration poll();

    /** When an unclear payment is looked up, counted from the moment it became unclear; then a person must look. */
    List<Duration> lookUp();

    /** When an undecided payment is asked for, counted from the moment it was accepted. */
    List<Duration> askAgain();

    /** How often after that. */
    Duration askAgainEvery();

    /** Until when. */
    Duration askAgainFor();

    /** How often to look once more where the last look of a schedule failed. */
    Duration overtimeEvery();

    /** The first pause after something was certainly not sent; it doubles. */
    Duration backOff();

    /** The longest such pause. */
    Duration backOffMost();

    /** How long something that certainly was not sent is tried. */
    Duration tryFor();
}
