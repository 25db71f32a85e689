package dev.refundhub.gateway.source;

import dev.refundhub.gateway.Delivery;
import dev.refundhub.gateway.Reading;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * One configured webhook address: whose it is, and what makes a request trusted.
 *
 * @param checks all must pass
 */
public record Source(String name, Partner partner, String seller, List<Predicate<Arrived>> checks) {

    private static final List<String> CREDENTIALS = List.of("authorization", "proxy-authorization", "cookie");

    /** Every check is asked, whatever the others say, so that the time taken tells nothing. */
    public boolean trusts(Arrived arrived) {
        return checks.stream().map(check -> check.test(arrived)).reduce(true, Boolean::logicalAnd);
    }

    /** What a trusted delivery of this source means. */
    public Reading read(Delivery delivery) {
        return partner.read(delivery, seller);
    }

    /** What of the headers may be kept: no credentials; of a repeated one all values. */
    public JsonObject headersToKeep(Arrived arrived) {
        Set<String> credentials = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        Stream.of(CREDENTIALS, partner.hmacHeaders()).forEach(credentials::addAll);
        JsonObject kept = new JsonObject();
        for (Map.Entry<String, String> header : arrived.headers()) {
            if (!credentials.contains(header.getKey())) {
                String name = header.getKey().toLowerCase(Locale.ROOT);
                String values = String.join(", ", arrived.headers().getAll(header.getKey()));
                kept.put(name, values.replaceAll("\\p{Cntrl}", ""));
            }
        }
        return kept;
    }
}
