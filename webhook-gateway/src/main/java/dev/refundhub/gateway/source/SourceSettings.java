package dev.refundhub.gateway.source;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithParentName;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The settings {@code hub.source.<name>.*}: one webhook address each. */
@ConfigMapping(prefix = "hub.source")
interface SourceSettings {

    @WithParentName
    Map<String, OfSource> byName();

    /** One source; what is optional here is asked for by {@link Sources}, which can name it. */
    interface OfSource {
        /** {@code shipped-suite}. */
        Optional<String> partner();

        /** {@code [a-z0-9-]{1,40}}: whose refunds these are, never taken from a body. */
        Optional<String> seller();

        Checks check();
    }

    /** What must all hold before a request is trusted; at least one. */
    interface Checks {
        Optional<Hmac> hmac();
    }

    /** A signature over the raw bytes, in the partner's header. */
    interface Hmac {
        /** Several while a secret is being changed; white space around them and empty ones are dropped. */
        Optional<List<String>> secrets();
    }
}
