package dev.refundhub.gateway.source;

import io.quarkus.runtime.Startup;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** All configured sources; before anything else begins, one that nobody could be trusted by stops the start. */
@Startup(1)
@ApplicationScoped
public class Sources {

    /** How a source that does not exist is called. */
    static final String UNKNOWN = "unknown";

    /** Costs what a real source costs and trusts nobody, so that nobody can find out which sources there are. */
    private final Source unknown;

    private final Map<String, Source> byName = new TreeMap<>();

    @Inject
    Sources(SourceSettings settings, @ConfigProperty(name = "hub.trusted-proxies") Optional<List<String>> trusted) {
        Proxies proxies = Proxies.of(Checks.values(trusted));
        int signings = settings.byName().values().stream()
                .flatMap(source -> source.check().hmac().stream())
                .mapToInt(hmac -> Checks.values(hmac.secrets()).size())
                .reduce(1, Math::max);
        settings.byName().forEach((name, source) -> byName.put(name, configured(name, source, signings, proxies)));
        unknown = new Source(UNKNOWN, Partner.SHIPPED_SUITE, UNKNOWN, Checks.nobody(signings));
        resolveNames();
    }

    /** Senders may move to other addresses of their names. */
    @Scheduled(every = "1m", delayed = "1m", concurrentExecution = ConcurrentExecution.SKIP)
    final void resolveNames() {
        byName.values().stream()
                .flatMap(source -> source.checks().hostNames().stream())
                .forEach(HostName::resolve);
    }

    /** The source of this name, or one that trusts nobody. */
    public Source named(String name) {
        return byName.getOrDefault(name, unknown);
    }

    /** The same, if its partner delivers to this door of it. */
    public Source named(String name, String door) {
        Source source = named(name);
        return source.partner().doors().contains(door) ? source : unknown;
    }

    /** The same, if its partner asks to be shown something under this word. */
    public Source asking(String name, String word) {
        Source source = named(name);
        return source.partner().questions().contains(word) ? source : unknown;
    }

    /** Every word under which some partner asks to be shown something. */
    public Set<String> questions() {
        return Stream.of(Partner.values())
                .flatMap(partner -> partner.questions().stream())
                .collect(Collectors.toSet());
    }

    /** Every word that some partner puts behind a source's address. */
    public Set<String> doors() {
        return Stream.of(Partner.values())
                .flatMap(partner -> partner.doors().stream())
                .collect(Collectors.toSet());
    }

    Collection<Source> all() {
        return byName.values();
    }

    public Set<String> names() {
        return byName.keySet();
    }

    private static Source configured(String name, SourceSettings.OfSource settings, int signings, Proxies proxies) {
        demand(
                name,
                isName(name) && !name.equals(UNKNOWN),
                "the name must match [a-z0-9-]{1,40}, and not be " + UNKNOWN);
        String word = settings.partner().orElse("");
        demand(name, Partner.named(word).isPresent(), "unknown partner '" + word + "'");
        Partner partner = Partner.named(word).orElseThrow();
        return new Source(
                name, partner, owner(name, partner, settings), checks(name, partner, settings, signings, proxies));
    }

    private static String owner(String name, Partner partner, SourceSettings.OfSource settings) {
        String one = partner.hasAccount() ? "account" : "seller";
        String other = partner.hasAccount() ? "seller" : "account";
        String owner = (partner.hasAccount() ? settings.account() : settings.seller()).orElse("");
        boolean alone = (partner.hasAccount() ? settings.seller() : settings.account()).isEmpty();
        demand(name, isName(owner), "the " + one + " must match [a-z0-9-]{1,40}");
        demand(name, alone, "it has no " + other + ", but the " + one);
        return owner;
    }

    private static Checks checks(
            String name, Partner partner, SourceSettings.OfSource settings, int signings, Proxies proxies) {
        try {
            return Checks.of(partner, settings.check(), signings, proxies);
        } catch (IllegalStateException lacking) {
            throw new IllegalStateException("hub.source." + name + ": " + lacking.getMessage(), lacking);
        }
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
