package dev.refundhub.connectors;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import io.smallrye.config.WithParentName;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** The contracts with partners, by name: {@code hub.account.<name>.*}. Which values one needs, its partner says. */
@ConfigMapping(prefix = "hub.account")
interface AccountSettings {

    @WithParentName
    Map<String, Account> byName();

    /** One contract. */
    interface Account {

        /** {@code violet} or {@code shipped-suite}. */
        Optional<String> partner();

        Optional<URI> url();

        /** For a whole exchange, connecting included. */
        @WithDefault("10s")
        Duration deadline();

        @WithDefault("8")
        int callsAtOnce();

        /** No partner says what it bears: this is meant to be less. */
        @WithDefault("50")
        int callsPerSecond();

        /** So many calls in a row without an answer, or with a 5xx, and the partner is left alone for a while. */
        @WithDefault("10")
        int breakAfter();

        /** For so long; then one call finds out. */
        @WithDefault("10s")
        Duration breakFor();

        Optional<String> appId();

        Optional<String> appSecret();

        Optional<String> username();

        Optional<String> password();

        Optional<String> secretKey();
    }
}
