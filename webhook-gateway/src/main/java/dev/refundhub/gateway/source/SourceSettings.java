package dev.refundhub.gateway.source;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
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
        /** {@code optoro}, {@code refundid}, {@code shipped-suite} or {@code violet}. */
        Optional<String> partner();

        /** {@code [a-z0-9-]{1,40}}: whose refunds these are, never taken from a body. */
        Optional<String> seller();

        /** {@code [a-z0-9-]{1,40}}, instead of a seller: the contract with a partner that does not know our sellers. */
        Optional<String> account();

        Checks check();
    }

    /** What must all hold before a request is trusted; at least one. */
    interface Checks {
        Optional<Hmac> hmac();

        Optional<Basic> basic();

        Optional<Bearer> bearer();

        Optional<Header> header();

        Optional<Certificate> certificate();

        Optional<Address> address();
    }

    /** A signature over the raw bytes, in the partner's header. */
    interface Hmac {
        /** Several while a secret is being changed; white space around them and empty ones are dropped. */
        Optional<List<String>> secrets();
    }

    /** HTTP Basic. */
    interface Basic {
        Optional<String> user();

        /** Passwords, as for {@link Hmac#secrets()}. */
        Optional<List<String>> secrets();
    }

    /** {@code Authorization: Bearer}, a token that the merchant gave the partner. */
    interface Bearer {
        /** Tokens, as for {@link Hmac#secrets()}. */
        Optional<List<String>> secrets();
    }

    /** An API key in a header. */
    interface Header {
        /** The header that was agreed with the partner. */
        Optional<String> name();

        /** Keys, as for {@link Hmac#secrets()}. */
        Optional<List<String>> secrets();
    }

    /** The sender's TLS certificate, verified by a proxy of {@code hub.trusted-proxies} that drops this header where it was sent. */
    interface Certificate {
        /** The common name that the certificate's subject must have. */
        Optional<String> name();

        /** Where the proxy puts the subject as a distinguished name. */
        @WithDefault("ssl-client-subject-dn")
        String header();
    }

    /** Where the request comes from; through {@code hub.trusted-proxies}, where they heard it from. */
    interface Address {
        /** Single addresses, ranges ({@code 203.0.113.0/24}) and names whose addresses count ({@code dns:rapi.refundid.com}). */
        Optional<List<String>> allowed();
    }
}
