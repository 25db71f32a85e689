package dev.refundhub.connectors.violet;

import dev.refundhub.connectors.exchange.Limits;
import java.net.URI;

/** A contract with Violet. It prints as its name: what else it holds is secret. */
public record VioletAccount(
        String name, URI url, String appId, String appSecret, String username, String password, Limits limits) {

    @Override
    public String toString() {
        return name;
    }
}
