package dev.refundhub.refunds.rma;

import dev.refundhub.messages.PartnerReturn;
import dev.refundhub.messages.PartnerReturn.Item;
import dev.refundhub.refunds.order.Asked;
import dev.refundhub.refunds.order.Order;
import dev.refundhub.refunds.policy.Policy;
import dev.refundhub.refunds.policy.SourcePolicy;
import dev.refundhub.refunds.refund.Accounts;
import dev.refundhub.refunds.refund.Books;
import dev.refundhub.refunds.refund.By;
import dev.refundhub.refunds.refund.Change;
import dev.refundhub.refunds.refund.Goods;
import dev.refundhub.refunds.refund.Hold;
import dev.refundhub.refunds.refund.Refund;
import dev.refundhub.refunds.refund.RefundStatus;
import dev.refundhub.refunds.refund.Wish;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** What a newer snapshot of a return means for the refunds of one of its orders. */
final class Part {

    private static final String CANCELED = "CANCELED";
    private static final String REFUNDED = "REFUNDED";
    private static final String UNKNOWN = "UNKNOWN";
    private static final String NO_GOODS_COME_BACK = "customer-keep";
    private static final String LATE = "/late";
    private static final String PAID_TOO_MUCH = "more was paid for this return than it asks for now";

    private final Books books;
    private final Order order;
    private final PartnerReturn told;
    private final Policy policy;
    private final SourcePolicy source;
    private final Accounts accounts;
    private final By by;
    private final Map<Refund, Refund.Withdrawn> withdrawn = new LinkedHashMap<>();
    private Map<String, Refund> known = Map.of();
    private Map<String, Item> wanted = Map.of();
    private final List<Refund> wishes = new ArrayList<>();
    private final List<Late> late = new ArrayList<>();

    /** Then nothing more is paid for it without a person: the sum of all of it was never asked for at once. */
    private boolean hasPaidTooMuch;

    Part(Books books, Order order, PartnerReturn told, Policy policy, Accounts accounts) {
        this.books = books;
        this.order = order;
        this.told = told;
        this.policy = policy;
        this.source = policy.of(told.source());
        this.accounts = accounts;
        this.by = new By(told.partner() + ", delivery " + told.deliveryId(), null, books.now());
    }

    /** News about a refund that is over. */
    record Late(Refund refund, String detail) {}

    By by() {
        return by;
    }

    /** How many refunds are new. */
    int news() {
        return (int)
                wanted.keySet().stream().filter(ref -> !known.containsKey(ref)).count();
    }

    /** What wishes for money: a policy may approve it. */
    List<Refund> wishes() {
        return wishes;
    }

    /** What is known and over, and should not be. */
    List<Late> late() {
        return late;
    }

    /** Gives back what is wanted no more, then what is wanted less. */
    void take(List<Refund> ofThisReturn) {
        known = ofThisReturn.stream()
                .filter(refund -> !refund.wish().sourceRef().endsWith(LATE))
                .collect(Collectors.toMap(refund -> refund.wish().sourceRef(), refund -> refund));
        wanted = CANCELED.equals(told.status()) ? Map.of() : Entries.byRef(told, order.key(), known);
        known.forEach((ref, refund) -> {
            if (!wanted.containsKey(ref)) {
                keep(refund, refund.takeBack("the return has it no more", by));
            }
        });
        hasPaidTooMuch = known.entrySet().stream()
                .filter(each -> each.getValue().isToBePaid())
                .anyMatch(each -> isLess(wanted.get(each.getKey()), each.getValue()));
        withdraw();
        wanted.entrySet().stream()
                .filter(each -> known.containsKey(each.getKey()))
                .sorted(Comparator.comparingLong(each -> more(known.get(each.getKey()), each.getValue())))
                .forEach(each -> amend(known.get(each.getKey()), each.getValue()));
    }

    /** What is not approved yet gives back what it has: so that what was told first has nothing before what was told last. */
    private void withdraw() {
        if (order.totalExcess() > 0) {
            return;
        }
        wanted.forEach((ref, item) -> {
            Refund refund = known.get(ref);
            if (refund != null && refund.status() == RefundStatus.REQUESTED && !isNotUnderstood(item)) {
                withdrawn.put(refund, refund.withdraw());
            }
        });
    }

    private static boolean isLess(Item item, Refund paid) {
        return item == null || (item.amountMinor() != null && item.amountMinor() < paid.amount());
    }

    private static long more(Refund refund, Item item) {
        return item.amountMinor() == null ? 0 : item.amountMinor() - refund.amount();
    }

    /** What is approved already wants another amount. */
    private void amend(Refund refund, Item item) {
        if (refund.wish().elsewhere() || isNotUnderstood(item) || withdrawn.containsKey(refund)) {
            return;
        }
        if (hasPaidTooMuch && !refund.isToBePaid() && more(refund, item) > 0) {
            keep(refund, refund.contradict(PAID_TOO_MUCH, by));
        } else {
            keep(refund, refund.amend(item.amountMinor(), source.includeTax(), by));
        }
    }

    private void update(Refund refund, Item item) {
        if (isNotUnderstood(item)) {
            keep(refund, refund.doubt(word(item), by));
            return;
        }
        keep(refund, refund.understood(by));
        if (withdrawn.containsKey(refund)) {
            keep(refund, refund.askAnew(withdrawn.get(refund), amount(item), source.includeTax(), by));
        }
        if (!refund.wish().elsewhere()) {
            wishes.add(refund);
        }
        boolean isOver = refund.status() == RefundStatus.DENIED || refund.status() == RefundStatus.CANCELLED;
        List<Change> goods = refund.hearOfGoods(goods(item), item.trackingId(), paysOnShipment(), accounts, by);
        keep(refund, goods);
        if (isOver && !goods.isEmpty() && goods(item) == Goods.RECEIVED) {
            late.add(new Late(refund, "the goods have come, and refund " + refund.id() + " is " + refund.status()));
        }
        settle(refund, item);
    }

    /** What is given instead of money is worth what its units are. */
    private static Long amount(Item item) {
        return Entries.isGivenInstead(item) ? null : item.amountMinor();
    }

    /** What the return says of how it ends. */
    private void settle(Refund refund, Item item) {
        if (goods(item) == Goods.MISSING && Boolean.TRUE.equals(told.receivingComplete())) {
            keep(refund, refund.missing(by));
        }
        boolean isOpen = refund.status() == RefundStatus.REQUESTED
                || refund.status() == RefundStatus.WAITING
                || refund.status() == RefundStatus.PROCESSING;
        if (refund.wish().elsewhere() && REFUNDED.equals(told.status()) && isOpen && refund.amount() > 0) {
            keep(refund, refund.happened(refund.amount(), told.caseRef(), accounts, by));
        }
    }

    /** Asks for every unit, one after the other: again for what is known, anew for what is not. */
    void request(List<Long> ids) {
        List<Long> unused = new ArrayList<>(ids);
        wanted.forEach((ref, item) -> {
            if (known.containsKey(ref)) {
                update(known.get(ref), item);
            } else {
                request(unused.remove(0), ref, item);
            }
        });
    }

    private void request(long id, String ref, Item item) {
        boolean elsewhere = Entries.isGivenInstead(item);
        Wish wish = new Wish(
                told.partner(),
                ref,
                told.source(),
                told.source(),
                item.reason(),
                List.of(new Asked(item.lineId(), 1)),
                amount(item),
                elsewhere);
        Refund refund = new Refund(
                        id,
                        order,
                        wish,
                        NO_GOODS_COME_BACK.equals(told.returnMethod()),
                        policy.overdueAfterDays(),
                        books.now())
                .with(goods(item), item.trackingId());
        books.add(refund);
        if (isNotUnderstood(item)) {
            keep(refund, refund.heldFor(Hold.UNKNOWN_WORD, word(item), by));
            return;
        }
        if (told.giftOnly() && !elsewhere) {
            refund.asGiftCard(by);
        }
        keep(refund, refund.request(source.includeTax(), by));
        if (!elsewhere && hasPaidTooMuch) {
            keep(refund, refund.contradict(PAID_TOO_MUCH, by));
        }
        if (!elsewhere) {
            wishes.add(refund);
        }
        settle(refund, item);
    }

    private boolean isNotUnderstood(Item item) {
        return UNKNOWN.equals(item.kind()) || !RmaGuard.knows(told.status());
    }

    private String word(Item item) {
        return UNKNOWN.equals(item.kind()) ? "a kind of return that nobody here knows" : "status " + told.status();
    }

    private static Goods goods(Item item) {
        return Goods.valueOf(item.goods());
    }

    private boolean paysOnShipment() {
        return source.payOn() == SourcePolicy.PayOn.SHIPPED;
    }

    private void keep(Refund refund, List<Change> changes) {
        books.keep(refund, changes);
    }
}
