package dev.refundhub.gateway.source;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.vertx.http.ManagementInterface;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * {@code GET /q/sources} on the management port: every source with its checks, and why requests of the last hour were not trusted.
 * Never a secret, nor what was sent instead of one.
 */
@ApplicationScoped
class SourcesPage {

    private final Sources sources;
    private final Distrusted distrusted;
    private final ObjectMapper json;

    @Inject
    SourcesPage(Sources sources, Distrusted distrusted, ObjectMapper json) {
        this.sources = sources;
        this.distrusted = distrusted;
        this.json = json;
    }

    /** The answer; requests to sources that do not exist stand under {@code unknownSources}. */
    record Page(List<Shown> sources, List<Explained> unknownSources) {}

    /** A source; it has either a seller or an account. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Shown(
            String name,
            String partner,
            String seller,
            String account,
            Map<String, Map<String, Object>> checks,
            List<Explained> notTrusted) {}

    /** So many requests of one minute, and what each check said that did not hold. */
    record Explained(Instant minute, long requests, Map<String, Found> checks) {}

    /** What a check found, and what that means. */
    record Found(Finding found, String means) {}

    void open(@Observes ManagementInterface management) {
        management.router().get("/q/sources").handler(this::answer);
    }

    private void answer(RoutingContext routing) {
        try {
            routing.response().putHeader("Content-Type", "application/json").end(json.writeValueAsString(page()));
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private Page page() {
        Instant now = Instant.now();
        return new Page(
                sources.all().stream().map(source -> shown(source, now)).toList(), explained(Sources.UNKNOWN, now));
    }

    private Shown shown(Source source, Instant now) {
        Map<String, Map<String, Object>> checks = new TreeMap<>();
        source.checks().all().forEach(check -> checks.put(check.name(), new TreeMap<>(check.demands())));
        boolean hasAccount = source.partner().hasAccount();
        return new Shown(
                source.name(),
                source.partner().word(),
                hasAccount ? null : source.owner(),
                hasAccount ? source.owner() : null,
                checks,
                explained(source.name(), now));
    }

    private List<Explained> explained(String source, Instant now) {
        return distrusted.of(source, now).stream()
                .map(refused -> new Explained(refused.minute(), refused.requests(), found(refused.checks())))
                .toList();
    }

    private static Map<String, Found> found(Map<String, Finding> checks) {
        Map<String, Found> found = new TreeMap<>();
        checks.forEach((check, finding) -> found.put(check, new Found(finding, finding.meaning())));
        return found;
    }
}
