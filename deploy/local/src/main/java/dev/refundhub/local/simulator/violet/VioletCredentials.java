package dev.refundhub.local.simulator.violet;

/** The one app and the one user that a simulated Violet knows. */
public record VioletCredentials(int appId, String appSecret, String username, String password) {

    /** What the local stack uses when nothing else is set; nothing here is a secret. */
    public static final VioletCredentials LOCAL =
            new VioletCredentials(10900, "dev-violet-secret", "hub@example.org", "dev-violet-password");
}
