package dev.refundhub.refunds.rma;

import dev.refundhub.messages.MerchantOrder;
import dev.refundhub.messages.PartnerReturn;
import dev.refundhub.messages.PartnerReturn.Item;
import dev.refundhub.refunds.order.Order;
import dev.refundhub.refunds.policy.Policy;
import dev.refundhub.refunds.refund.Accounts;
import dev.refundhub.refunds.refund.Books;
import dev.refundhub.refunds.refund.OpenBooks;
import dev.refundhub.refunds.refund.Refund;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.LongStream;

/** An order of three units of a at 10.00 and one of b at 25.00, and everything that a return has said about it. */
final class Returned {

    private static final Instant NOW = Instant.parse("2026-03-31T23:00:00Z");
    private static final Accounts BY_HAND = new Accounts(Optional.empty(), Optional.empty());
    private static final Comparator<PartnerReturn> NEWER =
            Comparator.comparing(PartnerReturn::updatedAt).thenComparing(PartnerReturn::bodySha256);

    private final boolean approvesAll;
    private final Order order = new Order(
            new MerchantOrder(
                    "acme",
                    "o",
                    "O-1",
                    1,
                    null,
                    "USD",
                    5500,
                    0,
                    null,
                    List.of(
                            new MerchantOrder.Line("a", null, 3, 1000, 0, 0, null, null),
                            new MerchantOrder.Line("b", null, 1, 2500, 0, 0, null, null)),
                    List.of(),
                    List.of(),
                    null),
            "d");
    private final Map<String, Refund> refunds = new LinkedHashMap<>();
    private PartnerReturn newest;

    Returned(boolean approvesAll) {
        this.approvesAll = approvesAll;
    }

    static PartnerReturn snapshot(String status, int minute, Item... items) {
        return snapshot(status, minute, false, items);
    }

    static PartnerReturn snapshot(String status, int minute, boolean complete, Item... items) {
        return new PartnerReturn(
                "acme",
                "acme-optoro",
                "OPTORO",
                "d",
                NOW,
                "R",
                status,
                NOW.plusSeconds(60L * minute),
                "sha" + minute,
                "mail-back",
                false,
                complete,
                List.of(items));
    }

    static Item item(String line, String kind, String goods, long amount) {
        return new Item("o", "O-1", line, kind, goods, amount, "Too small", null);
    }

    /** As an order takes it: nothing that is not newer. */
    List<Part.Late> take(PartnerReturn told) {
        if (newest != null && NEWER.compare(told, newest) <= 0) {
            return List.of();
        }
        newest = told;
        Books books = OpenBooks.of(order, NOW);
        Part part = new Part(books, order, told, Policy.NONE, BY_HAND);
        part.take(List.copyOf(refunds.values()));
        part.request(LongStream.rangeClosed(1, part.news())
                .map(i -> refunds.size() + i)
                .boxed()
                .toList());
        OpenBooks.created(books).forEach(r -> refunds.put(r.wish().sourceRef(), r));
        if (approvesAll) {
            part.wishes().forEach(r -> OpenBooks.approve(books, r, false, BY_HAND));
        }
        return part.late();
    }

    Refund refund(String ref) {
        return refunds.get("R/o/" + ref);
    }

    List<Refund> refunds() {
        return new ArrayList<>(refunds.values());
    }

    Order order() {
        return order;
    }
}
