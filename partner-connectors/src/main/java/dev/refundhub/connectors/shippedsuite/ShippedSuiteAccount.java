package dev.refundhub.connectors.shippedsuite;

import java.net.URI;
import java.time.Duration;

/** A contract with Shipped Suite. It prints as its name: what else it holds is secret. */
public record ShippedSuiteAccount(String name, URI url, String secretKey, Duration deadline, int callsAtOnce) {

    @Override
    public String toString() {
        return name;
    }
}
