package dev.refundhub.connectors.look;

import io.smallrye.config.ConfigMapping;
import java.time.Duration;

/** How patient a look is. */
@ConfigMapping(prefix = "hub.look")
interface LookSettings {

    /** For how long hints of one bag are gathered before they make one look. */
    Duration gather();

    /** How many bags of one account are looked into at once. */
    int atOnce();

    /** How often to look for due rows that nobody announced. */
    Duration poll();

    /** How long a claim is good for. */
    Duration lease();

    /** The first pause after looking in vain; it doubles. */
    Duration backOff();

    /** The longest such pause. */
    Duration backOffMost();

    /** How long it is tried; then nobody is told anything. */
    Duration tryFor();
}
