package dev.refundhub.refunds.refund;

import dev.refundhub.refunds.Trace;
import dev.refundhub.refunds.order.Order;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Books without a database, for rules alone; and what tests elsewhere want to know of a refund. */
public final class OpenBooks {

    private OpenBooks() {}

    public static Books of(Order order, Instant now) {
        return new Books(null, new HashMap<>(Map.of(order.key(), order)), now, Trace.begun());
    }

    public static List<Refund> created(Books books) {
        return List.copyOf(books.newRefunds());
    }

    public static Set<String> holds(Refund refund) {
        return refund.holds().stream().map(held -> held.code().name()).collect(Collectors.toSet());
    }

    public static Goods goods(Refund refund) {
        return refund.goods();
    }

    public static String trackingId(Refund refund) {
        return refund.trackingId();
    }

    public static Set<String> channels(Refund refund) {
        return refund.payouts().stream().map(p -> p.channel().name()).collect(Collectors.toSet());
    }

    /** What a policy would do that approves everything. */
    public static void approve(Books books, Refund refund, boolean paysOnShipment, Accounts accounts) {
        if (refund.isFreeToApprove()) {
            books.keep(
                    refund, refund.approve(null, true, paysOnShipment, accounts, new By("policy", null, books.now())));
        }
    }
}
