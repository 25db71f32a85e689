package dev.refundhub.refunds.rma;

import dev.refundhub.messages.PartnerReturn;
import dev.refundhub.messages.PartnerReturn.Item;
import dev.refundhub.refunds.order.OrderKey;
import dev.refundhub.refunds.refund.Goods;
import dev.refundhub.refunds.refund.Refund;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Gives every unit of a return its source ref. The partner tells no number of units and no id for one: those of one line are
 * numbered, the most advanced first, apart for money and for what is given instead. A number that was taken back is not used again.
 */
final class Entries {

    private static final Set<String> GIVEN_INSTEAD = Set.of("EXCHANGE", "CREDIT");

    /** And money before what is given instead, whose worth depends on what is left. */
    private static final Comparator<Item> MOST_ADVANCED_FIRST = Comparator.comparing(Entries::isGivenInstead)
            .thenComparing(Entries::distance)
            .thenComparing(Item::amountMinor, Comparator.nullsLast(Comparator.reverseOrder()))
            .thenComparing(Item::trackingId, Comparator.nullsLast(Comparator.naturalOrder()));

    private Entries() {}

    /** What all source refs of a return's part begin with. */
    static String prefix(PartnerReturn told, OrderKey order) {
        return escaped(told.caseRef()) + "/" + escaped(order.orderId()) + "/";
    }

    /**
     * Source ref to unit. A unit of which the shopper is to have nothing has none.
     *
     * @param known the refunds so far, by source ref: of equally advanced units, one that is paid keeps its amount
     */
    static Map<String, Item> byRef(PartnerReturn told, OrderKey order, Map<String, Refund> known) {
        Map<String, List<Item>> groups = told.items().stream()
                .filter(item -> isGivenInstead(item) || !Objects.equals(item.amountMinor(), 0L))
                .sorted(MOST_ADVANCED_FIRST)
                .collect(Collectors.groupingBy(
                        item -> prefix(told, order) + escaped(item.lineId()) + (isGivenInstead(item) ? "/x" : "/"),
                        LinkedHashMap::new,
                        Collectors.toCollection(ArrayList::new)));
        Map<String, Item> byRef = new LinkedHashMap<>();
        groups.forEach((group, items) -> {
            for (int no = 1; !items.isEmpty(); no++) {
                Refund before = known.get(group + no);
                if (before == null || !before.isTakenBack()) {
                    Item next = next(items, before);
                    items.remove(next);
                    byRef.put(group + no, next);
                }
            }
        });
        return byRef;
    }

    private static Item next(List<Item> sorted, Refund before) {
        Item first = sorted.get(0);
        return before == null || !before.isToBePaid()
                ? first
                : sorted.stream()
                        .filter(item -> distance(item) == distance(first))
                        .filter(item ->
                                Objects.equals(item.amountMinor(), before.wish().amount()))
                        .findFirst()
                        .orElse(first);
    }

    /** Whether the shopper has something else for it, not money. */
    static boolean isGivenInstead(Item item) {
        return GIVEN_INSTEAD.contains(item.kind());
    }

    private static int distance(Item item) {
        return switch (Goods.valueOf(item.goods())) {
            case RECEIVED -> 0;
            case SHIPPED -> 1;
            case EXPECTED -> 2;
            case MISSING -> 3;
        };
    }

    /** So that a slash in one of them never looks like the next. */
    private static String escaped(String part) {
        return part.replace("%", "%25").replace("/", "%2F");
    }
}
