package dev.refundhub.connectors.violet;

import java.net.URI;
import java.time.Duration;

/** A contract with Violet. It prints as its name: what else it holds is secret. */
public record VioletAccount(
        String name,
        URI url,
        String appId,
        String appSecret,
        String username,
        String password,
        Duration deadline,
        int callsAtOnce) {

    @Override
    public String toString() {
        return name;
    }
}
