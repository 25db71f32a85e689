package dev.refundhub.connectors.shippedsuite;

import dev.refundhub.connectors.exchange.Limits;
import java.net.URI;

/** A contract with Shipped Suite. It prints as its name: what else it holds is secret. */
public record ShippedSuiteAccount(String name, URI url, String secretKey, Limits limits) {

    @Override
    public String toString() {
        return name;
    }
}
