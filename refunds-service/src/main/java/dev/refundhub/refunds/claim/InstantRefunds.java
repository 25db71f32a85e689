package dev.refundhub.refunds.claim;

import dev.refundhub.messages.InstantRefund;
import dev.refundhub.refunds.order.Asked;
import dev.refundhub.refunds.order.Order;
import dev.refundhub.refunds.order.OrderKey;
import dev.refundhub.refunds.order.Portion;
import dev.refundhub.refunds.order.Quote;
import dev.refundhub.refunds.parked.Told;
import dev.refundhub.refunds.refund.Books;
import dev.refundhub.refunds.refund.By;
import dev.refundhub.refunds.refund.Facts;
import dev.refundhub.refunds.refund.Hold;
import dev.refundhub.refunds.refund.Refund;
import dev.refundhub.refunds.refund.Refunds;
import dev.refundhub.refunds.refund.Sellers;
import dev.refundhub.refunds.refund.Wish;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Books what a partner pays to shoppers at once, in whatever order and however often it tells. */
@ApplicationScoped
class InstantRefunds {

    private static final int DAYS_TO_PAY = 7;

    private final Refunds refunds;
    private final Facts facts;
    private final Sellers sellers;

    InstantRefunds(Refunds refunds, Facts facts, Sellers sellers) {
        this.refunds = refunds;
        this.facts = facts;
        this.sellers = sellers;
    }

    /** How far the partner is. */
    enum Stage {
        REFUNDING,
        REFUNDED,
        FAILED
    }

    /** In one transaction that has locked the orders of all of them, and all of them are known. */
    Uni<Void> take(Books books, List<Told> told) {
        if (told.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        Set<CaseKey> keys = told.stream().map(each -> CaseKey.of(refund(each))).collect(Collectors.toSet());
        return CaseKey.find(
                        keys,
                        (seller, partner, refs) -> refunds.bySourceRefs(books, seller, partner, refs),
                        refund -> refund.wish().sourceRef())
                .chain(known -> refunds.newIds(books.session(), keys.size() - known.size())
                        .chain(ids -> take(books, told, known, ids.iterator())))
                .invoke(() -> books.because(null));
    }

    private Uni<Void> take(Books books, List<Told> told, Map<CaseKey, Refund> known, Iterator<Long> ids) {
        Uni<Void> done = Uni.createFrom().voidItem();
        for (Told each : told) {
            done = done.invoke(() -> books.because(each.trace())).chain(() -> take(books, refund(each), known, ids));
        }
        return done;
    }

    private static InstantRefund refund(Told told) {
        return (InstantRefund) told.message();
    }

    private Uni<Void> take(Books books, InstantRefund told, Map<CaseKey, Refund> known, Iterator<Long> ids) {
        By by = new By(told.partner() + ", delivery " + told.deliveryId(), told.reason(), books.now());
        Refund refund = known.get(CaseKey.of(told));
        Order order = books.order(orderKey(told)).orElseThrow();
        if (refund != null) {
            return refund.order() == order
                    ? hear(books, refund, told, by)
                    : facts.ofAnotherOrder(
                            books, order, wish(told), told.stage() + " of a case that another order has", by);
        }
        known.put(CaseKey.of(told), begin(books, ids.next(), order, told, by));
        return Uni.createFrom().voidItem();
    }

    private Refund begin(Books books, long id, Order order, InstantRefund told, By by) {
        Refund refund = new Refund(id, order, wish(told), true, DAYS_TO_PAY, books.now());
        books.add(refund);
        boolean foreign = told.currency() != null && !told.currency().equals(order.currency());
        boolean saysHowMuch =
                told.amountMinor() != null || !portions(order, told).isEmpty();
        if (Stage.valueOf(told.stage()) == Stage.FAILED) {
            books.keep(refund, refund.deny(null, by));
        } else if (foreign) {
            books.keep(refund, refund.heldFor(Hold.UNKNOWN_CURRENCY, said(told), by));
        } else if (!saysHowMuch) {
            books.keep(refund, refund.heldFor(Hold.AMOUNT_MISMATCH, said(told), by));
        } else if (Stage.valueOf(told.stage()) == Stage.REFUNDING) {
            books.keep(refund, refund.paidElsewhere(by));
        } else {
            books.keep(refund, refund.book(portions(order, told), told.caseRef(), "REFUNDED_ELSEWHERE", by));
        }
        return refund;
    }

    private Uni<Void> hear(Books books, Refund refund, InstantRefund told, By by) {
        switch (Stage.valueOf(told.stage())) {
            case REFUNDING -> {}
            case REFUNDED -> {
                return refunded(books, refund, told, by);
            }
            case FAILED -> {
                switch (refund.status()) {
                    case REQUESTED, WAITING, PROCESSING -> books.keep(refund, refund.deny(null, by));
                    case ISSUED -> books.keep(refund, refund.reverse(by));
                    case DENIED, CANCELLED -> {}
                }
            }
        }
        return Uni.createFrom().voidItem();
    }

    private Uni<Void> refunded(Books books, Refund refund, InstantRefund told, By by) {
        boolean foreign = told.currency() != null && !told.currency().equals(refund.currency());
        long moved = told.amountMinor() != null ? told.amountMinor() : Portion.total(portions(refund.order(), told));
        if (foreign || moved <= 0) {
            return notUnderstood(books, refund, told, by);
        }
        return switch (refund.status()) {
            case REQUESTED, WAITING, PROCESSING -> {
                books.keep(refund, refund.happened(moved, told.caseRef(), sellers.accounts(told.seller()), by));
                yield Uni.createFrom().voidItem();
            }
            case ISSUED -> Uni.createFrom().voidItem();
            case DENIED, CANCELLED ->
                facts.late(books, refund, portions(refund.order(), told), moved, told.caseRef(), by);
        };
    }

    /** That something was paid is a fact; how much, a person must find out. */
    private Uni<Void> notUnderstood(Books books, Refund refund, InstantRefund told, By by) {
        switch (refund.status()) {
            case REQUESTED, WAITING, PROCESSING, ISSUED -> {
                books.keep(refund, refund.contradict(said(told), by));
                return Uni.createFrom().voidItem();
            }
            case DENIED, CANCELLED -> {
                return facts.lateNews(books, refund, said(told), by);
            }
        }
        return Uni.createFrom().voidItem();
    }

    /** The units that the partner names, for what it says it paid; money without units where it names none that we know. */
    private static List<Portion> portions(Order order, InstantRefund told) {
        Quote quote = order.quote(asked(told), true);
        if (quote.portions().isEmpty()) {
            return told.amountMinor() == null ? List.of() : order.spread(told.amountMinor());
        }
        return told.amountMinor() == null ? quote.portions() : Portion.scaled(quote.portions(), told.amountMinor());
    }

    private static Wish wish(InstantRefund told) {
        return new Wish(
                told.partner(),
                told.caseRef(),
                told.source(),
                told.source(),
                told.reason(),
                asked(told),
                told.amountMinor(),
                true);
    }

    private static List<Asked> asked(InstantRefund told) {
        return told.items().stream()
                .map(i -> new Asked(i.lineId(), i.quantity()))
                .toList();
    }

    private static String said(InstantRefund told) {
        return "told " + told.amountMinor() + " " + told.currency() + " (minor units) for "
                + told.items().size() + " lines";
    }

    private static OrderKey orderKey(InstantRefund told) {
        return new OrderKey(told.seller(), told.order().id());
    }
}
