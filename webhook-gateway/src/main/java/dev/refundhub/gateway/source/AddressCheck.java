package dev.refundhub.gateway.source;

import java.net.InetAddress;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** The sender's address is one of those that were agreed, told as ranges or as names ({@code dns:rapi.refundid.com}). */
final class AddressCheck implements Check {

    private static final String NAMED = "dns:";

    private final Proxies proxies;
    private final List<String> allowed;
    private final Networks networks;
    private final List<HostName> names;

    /**
     * Trusts these.
     *
     * @throws IllegalStateException if one is neither a range nor a name
     */
    AddressCheck(List<String> allowed, Proxies proxies) {
        Predicate<String> isNamed = one -> one.startsWith(NAMED);
        this.proxies = proxies;
        this.allowed = allowed;
        this.networks = Networks.of(allowed.stream().filter(isNamed.negate()).toList());
        this.names = allowed.stream()
                .filter(isNamed)
                .map(one -> new HostName(hostName(one)))
                .toList();
    }

    private static String hostName(String allowed) {
        String name = allowed.substring(NAMED.length());
        if (!name.matches("[A-Za-z0-9-]{1,63}(\\.[A-Za-z0-9-]{1,63}){0,9}")) {
            throw new IllegalStateException("'" + allowed + "' is no name");
        }
        return name;
    }

    List<HostName> names() {
        return names;
    }

    @Override
    public String name() {
        return "address";
    }

    @Override
    public Map<String, Object> demands() {
        return Map.of("allowed", allowed);
    }

    @Override
    public Finding judge(Arrived arrived) {
        Optional<InetAddress> sender = proxies.sender(arrived);
        if (sender.isEmpty()) {
            return Finding.MISSING;
        }
        if (networks.contain(sender.get()) || names.stream().anyMatch(name -> name.has(sender.get()))) {
            return Finding.HOLDS;
        }
        return names.stream().allMatch(HostName::isResolved) ? Finding.WRONG : Finding.UNDECIDED;
    }
}
