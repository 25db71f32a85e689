package dev.refundhub.gateway.source;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;

/** What the settings of one source demand of a request, and in which headers its credentials stand. */
record Checks(List<Predicate<Arrived>> all, List<String> credentialHeaders) {

    private static final int SHORTEST_SECRET = 8;

    /**
     * The checks of a source.
     *
     * @param signings how many signatures each request costs, whatever its source checks: the time taken tells nothing
     * @throws IllegalStateException if a check lacks something, saying which and what
     */
    static Checks of(Partner partner, SourceSettings.Checks settings, int signings) {
        List<Predicate<Arrived>> all = new ArrayList<>();
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
            demand(name.matches("[A-Za-z0-9-]{1,64}"), "check.header has no proper name");
            all.add(SecretCheck.header(name, demanded("header", header.secrets())));
            headers.add(name);
        });
        demand(!all.isEmpty(), "no check");
        demand(
                settings.basic().isEmpty() || settings.bearer().isEmpty(),
                "check.basic and check.bearer cannot both pass, they want the same header");
        if (settings.hmac().isEmpty()) {
            all.add(asSlowAsSigned(signings));
        }
        return new Checks(List.copyOf(all), List.copyOf(headers));
    }

    /** Nobody passes. */
    static Checks nobody(int signings) {
        return new Checks(List.of(nobodysSignature(signings)), List.of());
    }

    static List<String> secrets(Optional<List<String>> settings) {
        return settings.orElse(List.of()).stream()
                .map(String::strip)
                .filter(secret -> !secret.isEmpty())
                .toList();
    }

    private static Predicate<Arrived> asSlowAsSigned(int signings) {
        HmacCheck nobodys = nobodysSignature(signings);
        return arrived -> !nobodys.test(arrived);
    }

    private static HmacCheck nobodysSignature(int signings) {
        return new HmacCheck(List.of("X-Nobody"), List.of(UUID.randomUUID().toString()), signings);
    }

    private static List<String> demanded(String check, Optional<List<String>> settings) {
        List<String> secrets = secrets(settings);
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
}
