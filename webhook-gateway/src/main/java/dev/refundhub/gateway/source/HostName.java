package dev.refundhub.gateway.source;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Set;
import org.jboss.logging.Logger;

/** A name whose addresses are looked up now and then, not while a request waits. */
final class HostName {

    private static final Logger LOG = Logger.getLogger(HostName.class);

    private final String name;
    private volatile Set<InetAddress> addresses = Set.of();

    HostName(String name) {
        this.name = name;
    }

    /** Asks the resolver, which may take long. Where it knows nothing, what it said before still counts. */
    void resolve() {
        try {
            addresses = Set.copyOf(Arrays.asList(InetAddress.getAllByName(name)));
        } catch (UnknownHostException unknown) {
            LOG.warnf("the addresses of %s are not known at the moment, those known before count: %s", name, addresses);
        }
    }

    boolean isResolved() {
        return !addresses.isEmpty();
    }

    boolean has(InetAddress address) {
        return addresses.contains(address);
    }
}
