package dev.refundhub.gateway.source;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The proxies before the gateway whose forwarded headers are believed ({@code hub.trusted-proxies}); none unless they are named. */
final class Proxies {

    private final Networks trusted;

    private Proxies(Networks trusted) {
        this.trusted = trusted;
    }

    /**
     * Reads the setting.
     *
     * @throws IllegalStateException if one is no range of addresses
     */
    static Proxies of(List<String> ranges) {
        try {
            return new Proxies(Networks.of(ranges));
        } catch (IllegalStateException unreadable) {
            throw new IllegalStateException("hub.trusted-proxies: " + unreadable.getMessage(), unreadable);
        }
    }

    boolean areNone() {
        return trusted.isEmpty();
    }

    /** Whether the request was handed over by one of them. */
    boolean handedOver(Arrived arrived) {
        return Networks.address(arrived.peer()).filter(trusted::contain).isPresent();
    }

    /**
     * Who sent the request: the peer, or, as far as trusted proxies say it, whom they heard it from ({@code X-Forwarded-For}, read
     * from its end). Empty where that is not an address.
     */
    Optional<InetAddress> sender(Arrived arrived) {
        List<String> path = new ArrayList<>();
        arrived.headers().getAll("X-Forwarded-For").stream()
                .flatMap(header -> Stream.of(header.split(",", -1)))
                .map(String::strip)
                .forEach(path::add);
        Optional<InetAddress> sender = Networks.address(arrived.peer());
        while (!path.isEmpty() && sender.filter(trusted::contain).isPresent()) {
            sender = Networks.address(path.remove(path.size() - 1));
        }
        return sender;
    }
}
