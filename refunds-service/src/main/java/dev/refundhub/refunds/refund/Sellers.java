package dev.refundhub.refunds.refund;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithParentName;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Which contracts each seller has: {@code hub.seller.<id>.violet} and {@code .shipped-suite} name accounts, {@code .refundid.shop} the
 * seller's own id at Refundid.
 */
@ConfigMapping(prefix = "hub.seller")
public interface Sellers {

    @WithParentName
    Map<String, Contracts> all();

    /** A seller's accounts, by name. */
    interface Contracts {
        Optional<String> violet();

        Optional<String> shippedSuite();

        Optional<Refundid> refundid();
    }

    /** What Refundid knows a seller by. */
    interface Refundid {
        String shop();
    }

    /** Empty where the seller has no contract with Refundid. */
    default Optional<String> refundidShop(String seller) {
        return Optional.ofNullable(all().get(seller))
                .flatMap(Contracts::refundid)
                .map(Refundid::shop);
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
