package dev.refundhub.gateway.source;

import io.quarkus.runtime.Startup;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Predicate;

/** All configured sources; before anything else begins, one that nobody could be trusted by stops the start. */
@Startup(1)
@ApplicationScoped
public class Sources {

    private static final int SHORTEST_SECRET = 8;

    /** Costs what a real source costs and trusts nobody, so that nobody can find out which sources there are. */
    private final Source unknown;

    private final Map<String, Source> byName = new TreeMap<>();

    @Inject
    Sources(SourceSettings settings) {
        int signings = settings.byName().values().stream()
                .mapToInt(source -> secrets(source.check()).size())
                .reduce(1, Math::max);
        settings.byName().forEach((name, source) -> byName.put(name, configured(name, source, signings)));
        List<String> nobodys = List.of(UUID.randomUUID().toString());
        unknown = new Source(
                "unknown",
                Partner.SHIPPED_SUITE,
                "unknown",
                List.of(new HmacCheck(Partner.SHIPPED_SUITE.hmacHeaders(), nobodys, signings)));
    }

    /** The source of this name, or one that trusts nobody. */
    public Source named(String name) {
        return byName.getOrDefault(name, unknown);
    }

    public Set<String> names() {
        return byName.keySet();
    }

    private static Source configured(String name, SourceSettings.OfSource settings, int signings) {
        demand(name, isName(name), "the name must match [a-z0-9-]{1,40}");
        String word = settings.partner().orElse("");
        demand(name, Partner.named(word).isPresent(), "unknown partner '" + word + "'");
        String seller = settings.seller().orElse("");
        demand(name, isName(seller), "the seller must match [a-z0-9-]{1,40}");
        Partner partner = Partner.named(word).orElseThrow();
        List<Predicate<Arrived>> checks = checks(name, partner, settings.check(), signings);
        demand(name, !checks.isEmpty(), "no check");
        return new Source(name, partner, seller, checks);
    }

    private static List<Predicate<Arrived>> checks(
            String name, Partner partner, SourceSettings.Checks settings, int signings) {
        if (settings.hmac().isEmpty()) {
            return List.of();
        }
        List<String> secrets = secrets(settings);
        demand(name, !secrets.isEmpty(), "check.hmac has no secret");
        demand(
                name,
                secrets.stream().allMatch(secret -> secret.length() >= SHORTEST_SECRET),
                "check.hmac has a secret of less than " + SHORTEST_SECRET + " characters");
        return List.of(new HmacCheck(partner.hmacHeaders(), secrets, signings));
    }

    private static List<String> secrets(SourceSettings.Checks settings) {
        return settings.hmac().flatMap(SourceSettings.Hmac::secrets).orElse(List.of()).stream()
                .map(String::strip)
                .filter(secret -> !secret.isEmpty())
                .toList();
    }

    private static boolean isName(String word) {
        return word.matches("[a-z0-9-]{1,40}");
    }

    private static void demand(String source, boolean holds, String otherwise) {
        if (!holds) {
            throw new IllegalStateException("hub.source." + source + ": " + otherwise);
        }
    }
}
