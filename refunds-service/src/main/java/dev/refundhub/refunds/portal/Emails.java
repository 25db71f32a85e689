package dev.refundhub.refunds.portal;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.Locale;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** E-mail addresses are kept as digests only: enough to compare one with another. */
@ApplicationScoped
class Emails {

    private final Secrets secrets;

    Emails(@ConfigProperty(name = "hub.email.key") String key) {
        this.secrets = new Secrets(key, "hub.email.key");
    }

    /** The same for the same address of one seller, however it is written in upper and lower case; null for null. */
    String digest(String seller, String email) {
        return email == null || email.isBlank()
                ? null
                : secrets.digest(
                        "email", seller, email.strip().toLowerCase(Locale.ROOT).replaceAll("\\R", " "));
    }
}
