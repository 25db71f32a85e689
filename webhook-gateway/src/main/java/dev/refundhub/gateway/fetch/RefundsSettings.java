package dev.refundhub.gateway.fetch;

import io.smallrye.config.ConfigMapping;
import java.time.Duration;
import java.util.Optional;

/** The settings {@code hub.refunds.*}: where refunds-service is, and who the gateway is there. */
@ConfigMapping(prefix = "hub.refunds")
interface RefundsSettings {

    /** Its base address, without a path. */
    String url();

    /** How long a partner's question may take it. */
    Duration within();

    /** The OIDC provider that gives the gateway its tokens; the one that checks operators, unless it is another. */
    String issuer();

    /** The gateway's own client at the OIDC provider, whose tokens have the role GATEWAY. */
    String clientId();

    /** Its secret; without one, nothing can be shown to anybody. */
    Optional<String> clientSecret();
}
