package dev.refundhub.refunds.refund;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithParentName;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Which contracts each seller has: {@code hub.seller.<id>.violet} and {@code .shipped-suite} name accounts. */
@ConfigMapping(prefix = "hub.seller")
public interface Sellers {

    @WithParentName
    Map<String, Contracts> all();

    /** A seller's accounts, by name. */
    interface Contracts {
        Optional<String> violet();

        Optional<String> shippedSuite();
    }

    /** Those who sell through this account at Violet. */
    default Set<String> atViolet(String account) {
        return all().entrySet().stream()
                .filter(each -> each.getValue().violet().filter(account::equals).isPresent())
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
    }

    /** A seller who is not configured has none. */
    default Accounts accounts(String seller) {
        Contracts contracts = all().get(seller);
        return contracts == null
                ? new Accounts(Optional.empty(), Optional.empty())
                : new Accounts(contracts.violet(), contracts.shippedSuite());
    }
}
