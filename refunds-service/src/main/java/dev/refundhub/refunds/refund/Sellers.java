package dev.refundhub.refunds.refund;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithParentName;
import java.util.Map;
import java.util.Optional;

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

    /** A seller who is not configured has none. */
    default Accounts accounts(String seller) {
        Contracts contracts = all().get(seller);
        return contracts == null
                ? new Accounts(Optional.empty(), Optional.empty())
                : new Accounts(contracts.violet(), contracts.shippedSuite());
    }
}
