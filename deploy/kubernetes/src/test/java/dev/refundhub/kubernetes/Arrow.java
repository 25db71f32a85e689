package dev.refundhub.kubernetes;

import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.api.model.networking.v1.IPBlock;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPeer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** One may call another at a port. */
record Arrow(String from, String to, String port) implements Comparable<Arrow> {
    private static final Pattern CELL = Pattern.compile("\\s*\\|\\s*");

    /** The first table of {@code arrows.md}. */
    static Set<Arrow> all() {
        Set<Arrow> arrows = new TreeSet<>();
        for (List<String> row : rows(4)) {
            if (!arrows.add(new Arrow(row.get(0), row.get(1), row.get(2)))) {
                throw new AssertionError(row + " is there twice");
            }
        }
        return arrows;
    }

    /** The second table: names, by who that is in a policy. */
    static Map<String, String> names() {
        Map<String, String> names = new TreeMap<>();
        for (List<String> row : rows(2)) {
            names.put(row.get(1).replace("`", ""), row.get(0));
        }
        return names;
    }

    /** The rows of the table with so many columns, without its head. */
    private static List<List<String>> rows(int columns) {
        return Kustomize.text(Kustomize.HERE.resolve("arrows.md"))
                .lines()
                .filter(line -> line.startsWith("| "))
                .map(line -> CELL.splitAsStream(line.substring(1).strip()).toList())
                .filter(row -> row.size() == columns)
                .skip(1)
                .toList();
    }

    /** The peers of one rule, in the words of {@code arrows.md}. */
    static String name(List<NetworkPolicyPeer> peers) {
        if (peers.size() == 1
                && peers.get(0).getNamespaceSelector() == null
                && peers.get(0).getPodSelector() != null) {
            return labels(peers.get(0).getPodSelector()).replaceFirst("^app\\.kubernetes\\.io/name=", "");
        }
        String who = peers.stream().map(Arrow::who).collect(Collectors.joining(", "));
        String name = names().get(who);
        if (name == null) {
            throw new AssertionError("arrows.md does not say who that is: " + who);
        }
        return name;
    }

    private static String who(NetworkPolicyPeer peer) {
        List<String> words = new ArrayList<>();
        if (peer.getNamespaceSelector() != null) {
            words.add("namespace " + labels(peer.getNamespaceSelector()));
        }
        if (peer.getPodSelector() != null) {
            words.add("pods " + labels(peer.getPodSelector()));
        }
        if (peer.getIpBlock() != null) {
            words.add(addresses(peer.getIpBlock()));
        }
        return String.join(", ", words);
    }

    private static String addresses(IPBlock block) {
        return "addresses " + block.getCidr() + " except " + String.join(" ", block.getExcept());
    }

    private static String labels(LabelSelector selector) {
        if (!selector.getMatchExpressions().isEmpty()
                || selector.getMatchLabels().isEmpty()) {
            throw new AssertionError("only labels are understood here: " + selector);
        }
        return selector.getMatchLabels().entrySet().stream()
                .map(label -> label.getKey() + "=" + label.getValue())
                .sorted()
                .collect(Collectors.joining(","));
    }

    @Override
    public int compareTo(Arrow other) {
        return toString().compareTo(other.toString());
    }

    @Override
    public String toString() {
        return from + " -> " + to + ":" + port;
    }
}
