package dev.refundhub.local.delivery;

import dev.refundhub.local.stack.CannotStart;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The sources of the gateway's configuration, and the secret that a partner would sign with there. */
public final class Sources {
    private static final Pattern SETTING = Pattern.compile("hub\\.source\\.(.+)\\.check\\.hmac\\.secrets");
    private static final Pattern FIRST_SECRET = Pattern.compile("\\$\\{(?<variable>\\w+):(?<otherwise>[^}]*)}.*");

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

    public String secret(String source) {
        String secrets = configuration.getProperty("hub.source." + source + ".check.hmac.secrets");
        if (secrets == null) {
            throw new CannotStart("There is no source " + source + " that is signed; there are: " + names());
        }
        Matcher first = FIRST_SECRET.matcher(secrets);
        if (!first.matches()) {
            return secrets;
        }
        String set = environment.getOrDefault(first.group("variable"), "");
        return set.isBlank() ? first.group("otherwise") : set;
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
