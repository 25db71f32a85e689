package dev.refundhub.refunds.claim;

import dev.refundhub.messages.InstantRefund;
import dev.refundhub.messages.PartnerClaim;
import io.smallrye.mutiny.Uni;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What makes a partner's case the same case, for ever. */
record CaseKey(String seller, String partner, String ref) {

    static CaseKey of(PartnerClaim claim) {
        return new CaseKey(claim.seller(), claim.partner(), claim.caseRef());
    }

    static CaseKey of(InstantRefund told) {
        return new CaseKey(told.seller(), told.partner(), told.caseRef());
    }

    /** What is known of one partner's cases at one seller. */
    interface Lookup<T> {
        Uni<List<T>> of(String seller, String partner, Set<String> refs);
    }

    /**
     * What is known of each of these, asked for by one lookup per partner and seller.
     *
     * @param ref the case that something found is of
     */
    static <T> Uni<Map<CaseKey, T>> find(Collection<CaseKey> keys, Lookup<T> lookup, Function<T, String> ref) {
        Map<CaseKey, Set<String>> byPartner = keys.stream()
                .collect(Collectors.groupingBy(
                        key -> key.withRef(""), Collectors.mapping(CaseKey::ref, Collectors.toSet())));
        Uni<Map<CaseKey, T>> all = Uni.createFrom().item(HashMap::new);
        for (Map.Entry<CaseKey, Set<String>> each : byPartner.entrySet()) {
            CaseKey any = each.getKey();
            all = all.call(known -> lookup.of(any.seller(), any.partner(), each.getValue())
                    .invoke(found -> found.forEach(one -> known.put(any.withRef(ref.apply(one)), one))));
        }
        return all;
    }

    private CaseKey withRef(String other) {
        return new CaseKey(seller, partner, other);
    }
}
