package dev.refundhub.local.delivery;

import dev.refundhub.local.http.Http;
import dev.refundhub.local.http.Reply;
import dev.refundhub.local.stack.CannotStart;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The sources of the gateway's configuration, and the secret that a partner would prove itself with there. */
public final class Sources {
    private static final Pattern SETTING = Pattern.compile("hub\\.source\\.(.+)\\.partner");
    private static final Pattern FIRST_SECRET = Pattern.compile("\\$\\{(?<variable>\\w+):(?<otherwise>[^}]*)}.*");

    private static final List<String> CHECKS = List.of("hmac", "basic", "bearer");

    private final Properties configuration = new Properties();
    private final Map<String, String> environment;

    public Sources(Path configuration, Map<String, String> environment) {
        this.environment = environment;
        try (Reader reader = Files.newBufferedReader(configuration)) {
            this.configuration.load(reader);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Delivers as the partner of that source does.
     *
     * @param webhooks the gateway's address of all sources
     * @param topic what happened, for a partner that says so in a header
     */
    public Reply deliver(String webhooks, String source, byte[] body, String topic) {
        return deliver(webhooks, source, body, topic, secret(source));
    }

    /** The same with any secret. */
    public Reply deliver(String webhooks, String source, byte[] body, String topic, String secret) {
        Sender sender = Sender.named(setting(source, "partner"));
        Map<String, String> headers = new HashMap<>(Map.of("Content-Type", "application/json"));
        headers.putAll(sender.headers(body, setting(source, "check.basic.user"), secret, topic));
        return Http.send("POST", webhooks + "/" + source + sender.door(), headers, body);
    }

    public String secret(String source) {
        String secrets = CHECKS.stream()
                .map(check -> setting(source, "check." + check + ".secrets"))
                .filter(setting -> !setting.isEmpty())
                .findFirst()
                .orElseThrow(() -> new CannotStart("There is no source " + source + "; there are: " + names()));
        Matcher first = FIRST_SECRET.matcher(secrets);
        if (!first.matches()) {
            return secrets;
        }
        String set = environment.getOrDefault(first.group("variable"), "");
        return set.isBlank() ? first.group("otherwise") : set;
    }

    private String setting(String source, String name) {
        return configuration.getProperty("hub.source." + source + "." + name, "");
    }

    private String names() {
        return configuration.stringPropertyNames().stream()
                .map(SETTING::matcher)
                .filter(Matcher::matches)
                .map(setting -> setting.group(1))
                .sorted()
                .toList()
                .toString();
    }
}
