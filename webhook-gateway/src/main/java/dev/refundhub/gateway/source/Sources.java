package dev.refundhub.gateway.source;

import io.quarkus.runtime.Startup;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.ArrayList;
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

    /** Costs what a real source costs and trusts nobody, so that nobody can find out which sources there are. */
    private static final Source UNKNOWN = new Source(
            "unknown",
            Partner.SHIPPED_SUITE,
            "unknown",
            List.of(new HmacCheck(
                    Partner.SHIPPED_SUITE.hmacHeaders(),
                    List.of(UUID.randomUUID().toString()))));

    private final Map<String, Source> byName = new TreeMap<>();

    @Inject
    Sources(SourceSettings settings) {
        settings.byName().forEach((name, source) -> byName.put(name, configured(name, source)));
    }

    /** The source of this name, or one that trusts nobody. */
    public Source named(String name) {
        return byName.getOrDefault(name, UNKNOWN);
    }

    public Set<String> names() {
        return byName.keySet();
    }

    private static Source configured(String name, SourceSettings.OfSource settings) {
        demand(name, isName(name), "the name must match [a-z0-9-]{1,40}");
        String word = settings.partner().orElse("");
        demand(name, Partner.named(word).isPresent(), "unknown partner '" + word + "'");
        String seller = settings.seller().orElse("");
        demand(name, isName(seller), "the seller must match [a-z0-9-]{1,40}");
        Partner partner = Partner.named(word).orElseThrow();
        List<Predicate<Arrived>> checks = checks(name, partner, settings.check());
        demand(name, !checks.isEmpty(), "no check");
        return new Source(name, partner, seller, checks);
    }

    private static List<Predicate<Arrived>> checks(String name, Partner partner, SourceSettings.Checks settings) {
        List<Predicate<Arrived>> checks = new ArrayList<>();
        settings.hmac().ifPresent(hmac -> {
            List<String> secrets = hmac.secrets().orElse(List.of()).stream()
                    .filter(secret -> !secret.isEmpty())
                    .toList();
            demand(name, !secrets.isEmpty(), "check.hmac has no secret");
            checks.add(new HmacCheck(partner.hmacHeaders(), secrets));
        });
        return List.copyOf(checks);
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
