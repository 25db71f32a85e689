package dev.refundhub.gateway.source;

import io.netty.handler.ipfilter.IpFilterRuleType;
import io.netty.handler.ipfilter.IpSubnetFilterRule;
import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Optional;

/** Ranges of addresses, each as CIDR has it or a single address. */
final class Networks {

    private final List<IpSubnetFilterRule> rules;

    private Networks(List<IpSubnetFilterRule> rules) {
        this.rules = rules;
    }

    /**
     * Reads them.
     *
     * @throws IllegalStateException if one is no range of addresses, naming it
     */
    static Networks of(List<String> ranges) {
        return new Networks(ranges.stream().map(Networks::rule).toList());
    }

    boolean contain(InetAddress address) {
        InetSocketAddress any = new InetSocketAddress(address, 0);
        return rules.stream().anyMatch(rule -> rule.matches(any));
    }

    boolean isEmpty() {
        return rules.isEmpty();
    }

    /** What these digits mean, without asking anybody: an IPv4 address that is written as IPv6 is IPv4. */
    static Optional<InetAddress> address(String digits) {
        byte[] bytes = NetUtil.createByteArrayFromIpAddressString(digits);
        try {
            return bytes == null ? Optional.empty() : Optional.of(InetAddress.getByAddress(bytes));
        } catch (UnknownHostException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static IpSubnetFilterRule rule(String range) {
        String[] parts = range.split("/", 2);
        Optional<InetAddress> address = address(parts[0]);
        try {
            int longest = 8 * address.orElseThrow().getAddress().length;
            int prefix = parts.length == 1 ? longest : Integer.parseInt(parts[1]);
            return new IpSubnetFilterRule(address.get(), prefix, IpFilterRuleType.ACCEPT);
        } catch (RuntimeException unreadable) {
            throw new IllegalStateException("'" + range + "' is no range of addresses", unreadable);
        }
    }
}
