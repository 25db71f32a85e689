package dev.refundhub.gateway.source;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;

/** What the settings of one source demand of a request, and in which headers its credentials stand. */
final class Checks {

    private static final int SHORTEST_SECRET = 8;
    private static final String HEADER_NAME = "[A-Za-z0-9-]{1,64}";

    private final List<Check> all;
    private final List<String> credentialHeaders;
    /** A source that signs nothing costs what one costs that does: the time taken tells nothing. */
    private final Optional<HmacCheck> padding;

    private Checks(List<Check> all, List<String> credentialHeaders, Optional<HmacCheck> padding) {
        this.all = List.copyOf(all);
        this.credentialHeaders = List.copyOf(credentialHeaders);
        this.padding = padding;
    }

    /**
     * The checks of a source.
     *
     * @param signings how many signatures each request costs, whatever its source checks
     * @param proxies whose forwarded headers are believed
     * @throws IllegalStateException if a check lacks something, saying which and what
     */
    static Checks of(Partner partner, SourceSettings.Checks settings, int signings, Proxies proxies) {
        List<Check> all = new ArrayList<>();
        List<String> headers = new ArrayList<>(partner.hmacHeaders());
        settings.hmac().ifPresent(hmac -> {
            demand(!partner.hmacHeaders().isEmpty(), "check.hmac is not for a partner that signs nothing");
            all.add(new HmacCheck(partner.hmacHeaders(), demanded("hmac", hmac.secrets()), signings));
        });
        settings.basic().ifPresent(basic -> {
            String user = basic.user().orElse("");
            demand(!user.isEmpty() && !user.contains(":"), "check.basic has no user, or one with a colon");
            all.add(SecretCheck.basic(user, demanded("basic", basic.secrets())));
        });
        settings.bearer().ifPresent(bearer -> all.add(SecretCheck.bearer(demanded("bearer", bearer.secrets()))));
        settings.header().ifPresent(header -> {
            String name = header.name().orElse("");
            demand(name.matches(HEADER_NAME), "check.header has no proper name");
            all.add(SecretCheck.header(name, demanded("header", header.secrets())));
            headers.add(name);
        });
        settings.certificate().ifPresent(certificate -> all.add(certificate(certificate, proxies)));
        settings.address().ifPresent(address -> all.add(address(address, proxies)));
        demand(!all.isEmpty(), "no check");
        demand(
                settings.basic().isEmpty() || settings.bearer().isEmpty(),
                "check.basic and check.bearer cannot both pass, they want the same header");
        return new Checks(
                all, headers, settings.hmac().isPresent() ? Optional.empty() : Optional.of(nobodysSignature(signings)));
    }

    /** Nobody passes. */
    static Checks nobody(int signings) {
        return new Checks(List.of(new NoSuchSource()), List.of(), Optional.of(nobodysSignature(signings)));
    }

    /** Every check is asked, whatever the others say, so that the time taken tells nothing. */
    Judgement judge(Arrived arrived) {
        Map<String, Finding> failed = new TreeMap<>();
        for (Check check : all) {
            Finding found = check.judge(arrived);
            if (found != Finding.HOLDS) {
                failed.put(check.name(), found);
            }
        }
        padding.ifPresent(signature -> signature.judge(arrived));
        return new Judgement(failed);
    }

    List<Check> all() {
        return all;
    }

    boolean isCredential(String header) {
        return credentialHeaders.stream().anyMatch(header::equalsIgnoreCase);
    }

    /** The names whose addresses somebody has to look up. */
    List<HostName> hostNames() {
        return all.stream()
                .filter(AddressCheck.class::isInstance)
                .flatMap(check -> ((AddressCheck) check).names().stream())
                .toList();
    }

    /** The values of a setting, without white space around them and without empty ones. */
    static List<String> values(Optional<List<String>> setting) {
        return setting.orElse(List.of()).stream()
                .map(String::strip)
                .filter(value -> !value.isEmpty())
                .toList();
    }

    private static Check certificate(SourceSettings.Certificate certificate, Proxies proxies) {
        String name = certificate.name().orElse("").strip();
        demand(!name.isEmpty(), "check.certificate has no name");
        demand(certificate.header().matches(HEADER_NAME), "check.certificate has no proper header");
        demand(!proxies.areNone(), "check.certificate believes only hub.trusted-proxies, and there are none");
        return new CertificateCheck(certificate.header(), name, proxies);
    }

    private static Check address(SourceSettings.Address address, Proxies proxies) {
        List<String> allowed = values(address.allowed());
        demand(!allowed.isEmpty(), "check.address allows nothing");
        try {
            return new AddressCheck(allowed, proxies);
        } catch (IllegalStateException unreadable) {
            throw new IllegalStateException("check.address: " + unreadable.getMessage(), unreadable);
        }
    }

    private static HmacCheck nobodysSignature(int signings) {
        return new HmacCheck(List.of("X-Nobody"), List.of(UUID.randomUUID().toString()), signings);
    }

    private static List<String> demanded(String check, Optional<List<String>> settings) {
        List<String> secrets = values(settings);
        demand(!secrets.isEmpty(), "check." + check + " has no secret");
        demand(
                secrets.stream().allMatch(secret -> secret.length() >= SHORTEST_SECRET),
                "check." + check + " has a secret of less than " + SHORTEST_SECRET + " characters");
        return secrets;
    }

    private static void demand(boolean holds, String otherwise) {
        if (!holds) {
            throw new IllegalStateException(otherwise);
        }
    }

    /** What a request to a source that does not exist fails by. */
    private static final class NoSuchSource implements Check {

        @Override
        public String name() {
            return "source";
        }

        @Override
        public Map<String, Object> demands() {
            return Map.of();
        }

        @Override
        public Finding judge(Arrived arrived) {
            return Finding.NO_SUCH_SOURCE;
        }
    }
}
