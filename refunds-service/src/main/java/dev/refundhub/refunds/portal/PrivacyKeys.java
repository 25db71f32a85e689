package dev.refundhub.refunds.portal;

import static java.nio.charset.StandardCharsets.US_ASCII;

import jakarta.enterprise.context.ApplicationScoped;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Keys that let a portal ask for one order or return: the portal hands back the one it was given (Refundid's {@code key}, its
 * page on redirects).
 */
@ApplicationScoped
class PrivacyKeys {

    private static final Duration VALID = Duration.ofDays(7);
    private static final Pattern FORM = Pattern.compile("([0-9]{1,12})\\.([A-Za-z0-9_-]{43})");

    private final Secrets secrets;

    PrivacyKeys(@ConfigProperty(name = "hub.link.key") String key) {
        this.secrets = new Secrets(key, "hub.link.key");
    }

    /** What a key opens. */
    enum Of {
        ORDER,
        RETURN
    }

    /** Valid for seven days. */
    String issue(Of of, String seller, String id, Instant now) {
        long expiry = now.plus(VALID).getEpochSecond();
        return expiry + "." + digest(of, seller, id, expiry);
    }

    /** Whether it was issued for this, and is still valid. */
    boolean opens(String key, Of of, String seller, String id, Instant now) {
        Matcher form = FORM.matcher(key);
        if (!form.matches()) {
            return false;
        }
        long expiry = Long.parseLong(form.group(1));
        byte[] right = digest(of, seller, id, expiry).getBytes(US_ASCII);
        return MessageDigest.isEqual(right, form.group(2).getBytes(US_ASCII)) && now.getEpochSecond() < expiry;
    }

    private String digest(Of of, String seller, String id, long expiry) {
        return secrets.digest(of.name(), seller, id, String.valueOf(expiry));
    }
}
