package dev.refundhub.refunds.refund;

import static dev.refundhub.refunds.refund.RefundStatus.CANCELLED;
import static dev.refundhub.refunds.refund.RefundStatus.DENIED;
import static dev.refundhub.refunds.refund.RefundStatus.ISSUED;
import static dev.refundhub.refunds.refund.RefundStatus.PROCESSING;
import static dev.refundhub.refunds.refund.RefundStatus.REQUESTED;
import static dev.refundhub.refunds.refund.RefundStatus.WAITING;

import dev.refundhub.messages.PartnerReport;
import dev.refundhub.refunds.order.Bag;
import dev.refundhub.refunds.order.Money;
import dev.refundhub.refunds.order.MoreThanIsLeft;
import dev.refundhub.refunds.order.Order;
import dev.refundhub.refunds.order.Portion;
import dev.refundhub.refunds.order.Quote;
import jakarta.persistence.CascadeType;
import jakarta.persistence.Column;
import jakarta.persistence.Convert;
import jakarta.persistence.Embedded;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.FetchType;
import jakarta.persistence.Id;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.OneToMany;
import jakarta.persistence.OrderBy;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** One wish or fact of giving money back, with its own life. It holds its locked order and moves money through it. */
@Entity
public class Refund {

    /** Where no policy says otherwise. */
    public static final int PATIENCE_DAYS = 30;

    private static final String OVERDUE = "OVERDUE";

    /** Violet takes 32-bit amounts. */
    private static final long LARGEST_AT_VIOLET = Integer.MAX_VALUE;

    @Id
    private long id;

    @ManyToOne(fetch = FetchType.LAZY)
    @JoinColumn(name = "seller", referencedColumnName = "seller", updatable = false)
    @JoinColumn(name = "order_id", referencedColumnName = "order_id", updatable = false)
    private Order order;

    @Embedded
    private Wish wish;

    @Enumerated(EnumType.STRING)
    private RefundStatus status;

    private boolean refundOnly;

    private String currency;

    private long amount;

    private long issued;

    private long reversed;

    @Enumerated(EnumType.STRING)
    private Goods goods;

    private boolean takenBack;
    private String responseReason;
    private String trackingId;
    private String carrierName;

    @Convert(converter = Columns.Portions.class)
    private List<Portion> lines;

    @Convert(converter = Columns.Holds.class)
    private List<Held> holds;

    /** The same column, for queries. */
    @Column(name = "holds", insertable = false, updatable = false)
    @SuppressWarnings("UnusedVariable") // Hibernate reads it
    private String holdsText;

    @Embedded
    private Confirmation confirmation;

    private Instant createdAt;

    private Instant updatedAt;

    private Instant confirmedAt;

    private Instant issuedAt;
    private Instant dueAt;
    private int reminders;
    private int patienceDays;

    private int version;

    @OneToMany(mappedBy = "refund", cascade = CascadeType.PERSIST)
    @OrderBy("no")
    private List<Payout> payouts = new ArrayList<>();

    protected Refund() {}

    /** Money only, nothing has to come back. */
    public Refund(long id, Order order, Wish wish, Instant now) {
        this(id, order, wish, true, PATIENCE_DAYS, now);
    }

    /**
     * What it is, one of the methods below says next.
     *
     * @param refundOnly whether no goods have to come back
     * @param patienceDays how long nothing may happen to it before a person must look
     */
    public Refund(long id, Order order, Wish wish, boolean refundOnly, int patienceDays, Instant now) {
        this.id = id;
        this.order = order;
        this.wish = wish;
        this.refundOnly = refundOnly;
        this.goods = refundOnly ? null : Goods.EXPECTED;
        this.patienceDays = patienceDays;
        this.status = REQUESTED;
        this.currency = order.currency();
        this.lines = List.of();
        this.holds = List.of();
        this.createdAt = now;
    }

    /** Where the goods are when it begins; where none have to come back, that changes nothing. */
    public Refund with(Goods begun, String tracking) {
        if (goods != null) {
            goods = begun;
            trackingId = tracking;
        }
        return this;
    }

    /** To be paid as a gift card, by hand. */
    public Refund asGiftCard(By by) {
        hold(Hold.GIFT_CARD, null, by);
        return this;
    }

    // What is wished is checked.

    /** Reserves what was asked for, or waits for a person with the figures. */
    public List<Change> request(boolean withTax, By by) {
        evaluate(withTax, by);
        return List.of(become(REQUESTED, "REQUESTED", by, List.of()));
    }

    /**
     * Reserves what was asked for.
     *
     * @throws MoreThanIsLeft if that is not there
     */
    public List<Change> ask(boolean withTax, By by) {
        evaluate(withTax, by);
        mustBeCovered();
        return List.of(become(REQUESTED, "REQUESTED", by, List.of()));
    }

    private void mustBeCovered() {
        for (Held hold : holds) {
            switch (hold.code()) {
                case UNKNOWN_LINE -> throw new CannotBecome("The order has no such line: " + hold.detail());
                case UNKNOWN_CURRENCY -> throw new CannotBecome("The order has another currency: " + hold.detail());
                case OVER_ENTITLEMENT, CLAIMED_TWICE, AMOUNT_MISMATCH ->
                    throw new MoreThanIsLeft(hold.detail(), order.left());
                case LIMIT, ORDER_UNCONFIRMED, GIFT_CARD, DECLINED, NOT_SENT, PARTLY, REVIEW -> {}
                case REVERSED, CONTRADICTED, EXCESS, OVERDUE, UNKNOWN_WORD, TOO_LARGE -> {}
            }
        }
    }

    /** Whether only a partner told of its order so far. */
    public boolean awaitsItsOrder() {
        return isHeld(Hold.ORDER_UNCONFIRMED);
    }

    /** What a refund was before it gave back what it had reserved. */
    public record Withdrawn(Wish wish, List<Portion> lines, List<Held> holds) {}

    /** Gives back what it has reserved, to be asked for anew in the same transaction. */
    public Withdrawn withdraw() {
        Withdrawn before = new Withdrawn(wish, lines, holds);
        releaseAll();
        lines = List.of();
        amount = 0;
        return before;
    }

    /**
     * Asks again for what is not approved yet, where others may want less now, or it another amount: no change if it ends the same.
     *
     * @param told minor units; null for what the lines are worth
     */
    public List<Change> askAnew(Withdrawn before, Long told, boolean withTax, By by) {
        boolean sameWish = Objects.equals(told, wish.amount());
        lift(code -> code.reservesNothing() || (code == Hold.LIMIT && !sameWish));
        wish = wish.worth(told);
        evaluate(withTax, by);
        if (sameWish && lines.equals(before.lines()) && codes(holds).equals(codes(before.holds()))) {
            holds = before.holds();
            return List.of();
        }
        return List.of(become(status, "AMENDED", by, List.of()));
    }

    private static Set<Hold> codes(List<Held> held) {
        return held.stream().map(Held::code).collect(Collectors.toSet());
    }

    /**
     * The merchant's feed has replaced a learned order, and everything was given back: asks anew, and pays what was approved, never
     * more.
     */
    public List<Change> reconsider(Withdrawn before, boolean withTax, Accounts accounts, By by) {
        lift(code -> code.reservesNothing() || code == Hold.ORDER_UNCONFIRMED);
        evaluate(withTax, by);
        long approved = Portion.total(before.lines());
        if (status != REQUESTED && isReserved() && amount > approved) {
            lowerTo(approved);
        }
        return status == PROCESSING
                ? pay("ORDER_CONFIRMED", accounts, by)
                : List.of(become(status, "ORDER_CONFIRMED", by, List.of()));
    }

    private void evaluate(boolean withTax, By by) {
        Quote quote = wish.quote(order, withTax);
        currency = order.currency();
        lines = quote.portions();
        amount = Portion.total(lines);
        switch (quote.verdict()) {
            case COVERED -> order.reserve(lines);
            case UNKNOWN_LINE -> hold(Hold.UNKNOWN_LINE, quote.detail(), by);
            case UNITS_TAKEN -> hold(Hold.CLAIMED_TWICE, quote.detail(), by);
            case OTHER_AMOUNT -> hold(Hold.AMOUNT_MISMATCH, quote.detail(), by);
            case TOO_LITTLE_LEFT -> hold(Hold.OVER_ENTITLEMENT, quote.detail(), by);
        }
        if (order.isUnconfirmed()) {
            hold(Hold.ORDER_UNCONFIRMED, null, by);
        }
    }

    /** A person must look first, whatever else is the case. */
    public List<Change> heldFor(Hold code, String detail, By by) {
        hold(code, detail, by);
        return List.of(become(status, version == 0 ? "REQUESTED" : "HELD", by, List.of()));
    }

    // What a person or a policy decides.

    /** Whether nothing but an approval is missing. What nobody has worked out yet is worth nothing only so far. */
    public boolean isFreeToApprove() {
        return status == REQUESTED && holds.isEmpty() && !lines.isEmpty() && !order.isInExcess(lines);
    }

    /**
     * Grants it: payouts are due, unless goods must come back first.
     *
     * @param lower grants less than was asked for, in minor units; null for all
     * @throws MoreThanIsLeft if what it needs is not there
     */
    public List<Change> approve(Long lower, boolean withTax, boolean paysOnShipment, Accounts accounts, By by) {
        boolean unpaid = status == PROCESSING && payouts.isEmpty() && !order.isUnconfirmed();
        if (status != REQUESTED && !unpaid) {
            return accept(lower, by);
        }
        if (isHeld(Hold.UNKNOWN_CURRENCY)) {
            throw new CannotBecome("It was told in another currency than the order's: deny it, and ask for it anew.");
        }
        if (!isReserved() || lines.isEmpty()) {
            lift(Hold::reservesNothing);
            evaluate(withTax, by);
            mustBeCovered();
        }
        if (lower != null) {
            lowerTo(lower);
        }
        if (order.isInExcess(lines)) {
            throw new MoreThanIsLeft("More than was paid for this order is gone already.", 0L);
        }
        lift(Hold::fallsWhenApproved);
        confirmedAt = by.at();
        return goodsAreMissing(paysOnShipment)
                ? List.of(become(WAITING, "APPROVED", by, List.of()))
                : pay("APPROVED", accounts, by);
    }

    /** It was granted before: a contradiction that came up since is accepted, anything else is as it was. */
    private List<Change> accept(Long lower, By by) {
        if (status == DENIED || status == CANCELLED || (lower != null && lower != amount)) {
            throw new CannotBecome("It is " + status + ": there is nothing to approve.");
        }
        if (!lift(code -> code == Hold.CONTRADICTED)) {
            return List.of();
        }
        return List.of(become(status, "ACCEPTED", by, List.of()));
    }

    private void lowerTo(long lower) {
        if (lower > amount) {
            throw new MoreThanIsLeft("No more than was asked for can be approved.", amount);
        }
        if (wish.asked().isEmpty() && order.totalExcess() == 0) {
            order.release(lines);
            lines = order.quoteMoney(lower).portions();
            order.reserve(lines);
        } else {
            List<Portion> less = Portion.scaled(lines, lower);
            order.lower(lines, less);
            lines = less;
        }
        amount = lower;
    }

    private boolean goodsAreMissing(boolean paysOnShipment) {
        return !refundOnly && goods != Goods.RECEIVED && !(paysOnShipment && goods == Goods.SHIPPED);
    }

    /** Says no. */
    public List<Change> deny(String reason, By by) {
        if (status == DENIED) {
            return List.of();
        }
        must(Action.DENY);
        releaseAll();
        responseReason = reason;
        return List.of(become(DENIED, "DENIED", by, noneOfTheFailed(by)));
    }

    /** Takes the wish back. */
    public List<Change> cancel(By by) {
        if (status == CANCELLED) {
            return List.of();
        }
        must(Action.CANCEL);
        releaseAll();
        return List.of(become(CANCELLED, "CANCELLED", by, List.of()));
    }

    private void releaseAll() {
        if (isReserved()) {
            order.release(lines);
        }
    }

    // Goods.

    /** The goods are on their way back. */
    public List<Change> ship(String tracking, String carrier, boolean paysOnShipment, Accounts accounts, By by) {
        if (tracking.equals(trackingId) && carrier.equals(carrierName)) {
            return List.of();
        }
        must(Action.SHIP_INIT);
        trackingId = tracking;
        carrierName = carrier;
        goods = Goods.SHIPPED;
        return status == WAITING && paysOnShipment
                ? pay("SHIPPED", accounts, by)
                : List.of(become(status, "SHIPPED", by, List.of()));
    }

    /** The goods are back. */
    public List<Change> receive(Accounts accounts, By by) {
        if (goods == Goods.RECEIVED) {
            return List.of();
        }
        must(Action.RECEIVE);
        goods = Goods.RECEIVED;
        return status == WAITING
                ? pay("GOODS_RECEIVED", accounts, by)
                : List.of(become(status, "GOODS_RECEIVED", by, List.of()));
    }

    /**
     * What a partner says of goods that must come back, in every status; what waits for them goes on. What was received once stays
     * received.
     */
    public List<Change> hearOfGoods(Goods told, String tracking, boolean paysOnShipment, Accounts accounts, By by) {
        boolean tracked = tracking != null && !tracking.equals(trackingId);
        boolean moved = told != goods && goods != Goods.RECEIVED;
        if (goods == null || !(tracked || moved)) {
            return List.of();
        }
        trackingId = tracked ? tracking : trackingId;
        goods = moved ? told : goods;
        String cause = "GOODS_" + goods;
        return status == WAITING && !goodsAreMissing(paysOnShipment)
                ? pay(cause, accounts, by)
                : List.of(become(status, cause, by, List.of()));
    }

    // A partner changes its mind.

    /**
     * The partner asks for another amount now than what was approved: it follows until it is to be paid.
     *
     * @param told minor units; null for what the lines are worth
     */
    public List<Change> amend(Long told, boolean withTax, By by) {
        if (Objects.equals(told, wish.amount()) || status == DENIED || status == CANCELLED) {
            return List.of();
        }
        if (isToBePaid()) {
            return contradict("told " + amountOf(told) + " after it was to be paid", by);
        }
        if (!isReserved()) {
            wish = wish.worth(told);
            return List.of(become(status, "AMENDED", by, List.of()));
        }
        if (order.isInExcess(lines) || order.areUnitsInExcess(lines)) {
            return amendInExcess(told, by);
        }
        order.release(lines);
        Quote quote = wish.worth(told).quote(order, withTax);
        if (quote.verdict() != Quote.Verdict.COVERED) {
            order.reserve(lines);
            return contradict("told " + amountOf(told) + ": " + quote.detail(), by);
        }
        wish = wish.worth(told);
        lines = quote.portions();
        amount = Portion.total(lines);
        order.reserve(lines);
        return List.of(become(status, "AMENDED", by, List.of()));
    }

    /** Nothing can be reserved meanwhile, but less can be kept. */
    private List<Change> amendInExcess(Long told, By by) {
        if (told == null || told >= amount) {
            return contradict("told " + amountOf(told) + " while more than was paid is gone", by);
        }
        List<Portion> less = Portion.scaled(lines, told);
        order.lower(lines, less);
        lines = less;
        amount = told;
        wish = wish.worth(told);
        return List.of(become(status, "AMENDED", by, List.of()));
    }

    private String amountOf(Long told) {
        return told == null ? "no amount" : Money.major(told, currency) + " " + currency;
    }

    /** The partner wants it no more: what is to be paid or is paid already, a person must look at. */
    public List<Change> takeBack(String why, By by) {
        return switch (status) {
            case REQUESTED, WAITING -> {
                takenBack = true;
                yield cancel(new By(by.who(), why, by.at()));
            }
            case PROCESSING, ISSUED -> contradict(why, by);
            case DENIED, CANCELLED -> List.of();
        };
    }

    /** The goods will not come: it is denied, unless it is to be paid or is paid already. */
    public List<Change> missing(By by) {
        return switch (status) {
            case REQUESTED, WAITING -> deny("The goods have not come.", by);
            case PROCESSING, ISSUED -> contradict("the goods have not come", by);
            case DENIED, CANCELLED -> List.of();
        };
    }

    /** News that does not fit: a person must look, nothing is undone. */
    public List<Change> contradict(String detail, By by) {
        if (isHeld(Hold.CONTRADICTED)) {
            return List.of();
        }
        hold(Hold.CONTRADICTED, detail, by);
        return List.of(become(status, "CONTRADICTED", by, List.of()));
    }

    /** The partner says a word about it that nobody here knows: a person must look before anything is paid. */
    public List<Change> doubt(String word, By by) {
        if (status.isFinal() || isHeld(Hold.UNKNOWN_WORD)) {
            return List.of();
        }
        hold(Hold.UNKNOWN_WORD, word, by);
        return List.of(become(status, "HELD", by, List.of()));
    }

    /** The partner says words that are known now. */
    public List<Change> understood(By by) {
        return lift(code -> code == Hold.UNKNOWN_WORD)
                ? List.of(become(status, "UNDERSTOOD", by, List.of()))
                : List.of();
    }

    // Paying.

    /** What is due, by Violet where the lines were sold there, by hand where not; nothing while more than was paid is gone. */
    private List<Change> pay(String cause, Accounts accounts, By by) {
        if (!isReserved() || order.isUnconfirmed()) {
            return List.of(become(PROCESSING, cause, by, List.of()));
        }
        if (order.isInExcess(lines)) {
            holdExcess(by);
            return List.of(become(PROCESSING, cause, by, List.of()));
        }
        return List.of(become(PROCESSING, cause, by, firstPayouts(accounts, by)));
    }

    /** What somebody else gives is theirs to give, and a gift card is made by hand: nothing is sent. */
    private List<Object> firstPayouts(Accounts accounts, By by) {
        if (!wish.elsewhere() && !isHeld(Hold.GIFT_CARD)) {
            return createPayouts(lines, accounts, by);
        }
        payouts.add(wish.elsewhere() ? Payout.elsewhere(this, lines) : Payout.byHand(this, lines));
        return List.of();
    }

    private List<Object> createPayouts(List<Portion> portions, Accounts accounts, By by) {
        Map<Optional<Bag>, List<Portion>> byBag = portions.stream()
                .collect(Collectors.groupingBy(
                        p -> accounts.violet().flatMap(a -> order.lineOf(p).bag()),
                        LinkedHashMap::new,
                        Collectors.toList()));
        takeAlong(byBag);
        List<Object> instructions = new ArrayList<>();
        byBag.forEach((bag, part) -> {
            boolean fits = Portion.total(part) <= LARGEST_AT_VIOLET;
            if (bag.isPresent() && fits && Portion.total(part) > 0) {
                Payout payout = Payout.atViolet(this, accounts.violet().orElseThrow(), bag.get(), part);
                payouts.add(payout);
                instructions.add(Instructions.pay(this, payout));
            } else {
                payouts.add(Payout.byHand(this, part));
            }
            if (!fits) {
                hold(Hold.TOO_LARGE, "more than Violet takes in one payment: pay by hand", by);
            }
        });
        return instructions;
    }

    /** What costs nothing waits for nobody: it goes along with what costs something. */
    private static void takeAlong(Map<Optional<Bag>, List<Portion>> byBag) {
        byBag.values().stream()
                .filter(part -> Portion.total(part) > 0)
                .findFirst()
                .ifPresent(paid -> byBag.values().removeIf(part -> Portion.total(part) == 0 && paid.addAll(part)));
    }

    /** What a partner says of a payout. Partners repeat themselves and speak out of turn; only news changes anything. */
    public List<Change> hear(PartnerReport report, Accounts accounts, By by) {
        Payout payout = payout(report.instructionId()).orElseThrow();
        if (payout.knows(report) || payout.isCompleted()) {
            return List.of();
        }
        payout.hear(report);
        holdWhatPayoutsNeed(by);
        String cause = "PAYOUT_" + payout.outcome();
        return payout.isCompleted() && status == PROCESSING && !payout.isReplaced()
                ? moved(payout, accounts, cause, by)
                : List.of(become(status, cause, by, List.of()));
    }

    /** Whether the report says that money moved which this refund does not count any more: that is a fact of its own. */
    public boolean isLate(PartnerReport report) {
        Payout payout = payout(report.instructionId()).orElseThrow();
        boolean ours = status == PROCESSING || (status == ISSUED && payout.isOpen());
        return report.movedMinor() > 0
                && Outcome.of(report.outcome()) == Outcome.COMPLETED
                && !payout.isCompleted()
                && (payout.isReplaced() || !ours);
    }

    private List<Change> moved(Payout payout, Accounts accounts, String cause, By by) {
        order.issue(payout.lines());
        issued += payout.amount();
        return payouts.stream().allMatch(p -> p.isCompleted() || p.isReplaced())
                ? issue(cause, List.of(), accounts, by)
                : List.of(become(status, cause, by, List.of()));
    }

    private List<Change> issue(String cause, List<Object> instructions, Accounts accounts, By by) {
        issuedAt = by.at();
        confirmation = Instructions.isConfirmed(this) ? Confirmation.owed() : null;
        List<Object> all = new ArrayList<>(instructions);
        Instructions.confirm(this, accounts).ifPresent(all::add);
        return List.of(become(ISSUED, cause, by, all));
    }

    /** What became of telling Shipped Suite: until it has it, that is owed. */
    public List<Change> hearOfConfirmation(PartnerReport report, By by) {
        if (confirmation == null || !confirmation.hear(report, by.at())) {
            return List.of();
        }
        return List.of(become(status, "CONFIRMATION_" + Outcome.of(report.outcome()), by, List.of()));
    }

    /** Tries again what certainly moved nothing, or pays again what has come back. */
    public List<Change> retry(Accounts accounts, By by) {
        return retry(payout -> true, List.of(), accounts, by);
    }

    /** The same for one payment, where the partner's list holds refunds that we know of now. */
    public List<Change> retry(String reference, Collection<String> known, Accounts accounts, By by) {
        return retry(payout -> payout.reference().equals(reference), known, accounts, by);
    }

    private List<Change> retry(Predicate<Payout> which, Collection<String> known, Accounts accounts, By by) {
        if (!allows(Action.RETRY) && payouts.stream().anyMatch(Payout::isAwaited)) {
            return List.of();
        }
        must(Action.RETRY);
        if (status == PROCESSING && order.isInExcess(lines)) {
            throw new MoreThanIsLeft("More than was paid for this order is gone already.", 0L);
        }
        List<Object> instructions = new ArrayList<>();
        if (isFreeAgain()) {
            instructions.addAll(createPayouts(lines, accounts, by));
            boolean byHand = payouts.stream().anyMatch(Payout::isPendingByHand);
            lift(code -> code == Hold.REVERSED && !byHand);
        }
        for (Payout payout : List.copyOf(payouts)) {
            if (which.test(payout) && payout.cameToNothing() && !payout.isReplaced()) {
                instructions.addAll(noneOf(payout, by));
                Payout next = payout.again(known);
                payouts.add(next);
                instructions.add(Instructions.pay(this, next));
            }
        }
        holdWhatPayoutsNeed(by);
        return List.of(become(status, "RETRIED", by, instructions));
    }

    /**
     * Somebody has paid by hand what was not paid yet.
     *
     * @param paid what was really paid, in minor units; null for all that was due. The rest is released.
     */
    public List<Change> markIssued(String reference, Long paid, Accounts accounts, By by) {
        if (status == ISSUED && payouts.stream().anyMatch(p -> reference.equals(p.partnerRefundId()))) {
            return List.of();
        }
        must(Action.MARK_ISSUED);
        if (status == ISSUED) {
            return paidAgain(reference, paid, by);
        }
        long due = amount - issued;
        if (paid != null && paid > due) {
            throw new MoreThanIsLeft("No more than is due can have been paid.", due);
        }
        List<Portion> paidNow = Portion.scaled(unpaid(), paid == null ? due : paid);
        Payout done =
                wish.elsewhere() || isBegunElsewhere() ? Payout.elsewhere(this, paidNow) : Payout.byHand(this, paidNow);
        return settle(done, reference, "MARKED_ISSUED", accounts, by);
    }

    /** What had come back has been paid again by hand, all that was not yet: it was issued all the time. */
    private List<Change> paidAgain(String reference, Long paid, By by) {
        List<Payout> byHand = payouts.stream().filter(Payout::isPendingByHand).toList();
        List<Payout> failed = payouts.stream().filter(Payout::isLeftToPay).toList();
        long due = Stream.concat(byHand.stream(), failed.stream())
                .mapToLong(p -> Portion.total(p.unmoved()))
                .sum();
        if (paid != null && paid != due) {
            throw new CannotBecome("What has come back is paid again as a whole: " + Money.major(due, currency) + " "
                    + currency + " are due.");
        }
        byHand.forEach(p -> p.done(p.lines(), reference));
        List<Object> instructions = noneOfTheFailed(by);
        for (Payout each : failed) {
            each.replace();
            Payout done = Payout.byHand(this, each.unmoved());
            done.done(each.unmoved(), reference);
            payouts.add(done);
        }
        holdWhatPayoutsNeed(by);
        lift(code -> code == Hold.REVERSED);
        return List.of(become(ISSUED, "MARKED_ISSUED", by, instructions));
    }

    private List<Portion> unpaid() {
        Set<String> paid = payouts.stream()
                .filter(Payout::isCompleted)
                .filter(p -> !p.isReplaced())
                .flatMap(p -> p.lines().stream())
                .map(Portion::lineId)
                .collect(Collectors.toSet());
        return lines.stream().filter(p -> !paid.contains(p.lineId())).toList();
    }

    /** What was unpaid is issued with what was really paid, and the rest of it released. */
    private boolean isBegunElsewhere() {
        return payouts.stream().anyMatch(p -> p.isPendingByHand() && p.channel() == Payout.Channel.EXTERNAL);
    }

    private List<Change> settle(Payout done, String reference, String cause, Accounts accounts, By by) {
        List<Portion> paid = done.lines();
        order.lower(unpaid(), paid);
        order.issue(paid);
        Map<String, Portion> byLine = paid.stream().collect(Collectors.toMap(Portion::lineId, p -> p));
        lines = lines.stream().map(p -> byLine.getOrDefault(p.lineId(), p)).toList();
        amount = Portion.total(lines);
        issued += Portion.total(paid);
        List<Object> instructions = noneOfTheFailed(by);
        payouts.stream().filter(p -> !p.isCompleted()).forEach(Payout::replace);
        done.done(paid, reference);
        payouts.add(done);
        return issue(cause, instructions, accounts, by);
    }

    // What has happened is booked.

    /** Somebody else has given the money back already. It is booked, whatever was left. */
    public List<Change> book(List<Portion> moved, By by) {
        return book(moved, null, "REFUNDED_ELSEWHERE", by);
    }

    /** The same, by the reference of whoever did it. */
    public List<Change> book(List<Portion> moved, String reference, String cause, By by) {
        return book(moved, reference, cause, List.of(), by);
    }

    private List<Change> book(List<Portion> moved, String reference, String cause, List<Object> instructions, By by) {
        order.book(moved);
        lines = List.copyOf(moved);
        amount = Portion.total(lines);
        issued = amount;
        issuedAt = by.at();
        Payout payout = Payout.elsewhere(this, lines);
        payout.done(lines, reference);
        payouts.add(payout);
        if (order.isInExcess(lines)) {
            holdExcess(by);
        }
        return List.of(become(ISSUED, cause, by, instructions));
    }

    /** Somebody else has begun to pay it: nothing is sent, and it is theirs to say how it ends. */
    public List<Change> paidElsewhere(By by) {
        evaluate(true, by);
        if (!isReserved() || order.isUnconfirmed()) {
            return List.of(become(REQUESTED, "REQUESTED", by, List.of()));
        }
        payouts.add(Payout.elsewhere(this, lines));
        confirmedAt = by.at();
        return List.of(become(PROCESSING, "PAID_ELSEWHERE", by, List.of()));
    }

    /** Somebody else has paid what was only wished or begun here. */
    public List<Change> happened(long moved, String reference, Accounts accounts, By by) {
        if (isReserved() && moved <= amount - issued) {
            Payout done = Payout.elsewhere(this, Portion.scaled(unpaid(), moved));
            return settle(done, reference, "REFUNDED_ELSEWHERE", accounts, by);
        }
        releaseAll();
        List<Object> instructions = noneOfTheFailed(by);
        payouts.forEach(Payout::replace);
        List<Portion> told = lines.isEmpty() ? order.spread(moved) : Portion.scaled(lines, moved);
        return book(told, reference, "REFUNDED_ELSEWHERE", instructions, by);
    }

    /** What somebody else paid has come back, or never arrived: a person decides whether to pay again. Told again, it is no news. */
    public List<Change> reverse(By by) {
        boolean wasPaidAgain = payouts.stream().anyMatch(p -> p.channel() != Payout.Channel.EXTERNAL);
        if (isHeld(Hold.REVERSED) || reversed > 0 || wasPaidAgain) {
            return List.of();
        }
        hold(Hold.REVERSED, by.why(), by);
        return List.of(become(status, "REVERSED", by, List.of()));
    }

    /** What has come back stays back: it is not issued any more, and free again. What was paid again meanwhile is not. */
    public List<Change> release(By by) {
        if (reversed > 0) {
            return List.of();
        }
        must(Action.RELEASE);
        List<Portion> back = isHeld(Hold.REVERSED) ? lines : cameToNothing();
        order.unbook(back);
        reversed = Portion.total(back);
        issued -= reversed;
        List<Object> instructions = noneOfTheFailed(by);
        payouts.stream().filter(Payout::cameToNothing).forEach(Payout::replace);
        holdWhatPayoutsNeed(by);
        lift(code -> code == Hold.REVERSED);
        return List.of(become(status, "RELEASED", by, instructions));
    }

    /** What was to be paid again, and certainly was not. */
    private List<Portion> cameToNothing() {
        return payouts.stream()
                .filter(p -> p.cameToNothing() && !p.isReplaced())
                .flatMap(p -> p.lines().stream())
                .toList();
    }

    /** More than was paid is gone, or no more: what is still open waits meanwhile. */
    public List<Change> settleExcess(Accounts accounts, By by) {
        boolean excess = order.isInExcess(lines);
        if (!excess && lift(code -> code == Hold.EXCESS)) {
            return status == PROCESSING && payouts.isEmpty()
                    ? pay("EXCESS_SETTLED", accounts, by)
                    : List.of(become(status, "EXCESS_SETTLED", by, List.of()));
        }
        boolean waits =
                !status.isFinal() && issued == 0 && payouts.stream().noneMatch(Payout::isOpen) && !isHeld(Hold.EXCESS);
        if (!excess || !waits) {
            return List.of();
        }
        holdExcess(by);
        return List.of(become(status, "HELD", by, List.of()));
    }

    private void holdExcess(By by) {
        long beyond = order.money().excess();
        hold(Hold.EXCESS, Money.major(beyond, currency) + " " + currency + " beyond what was paid for the order", by);
    }

    /**
     * A person has found out what became of a payment: the journal is told, and its report says how the refund goes on.
     *
     * @param moved minor units; null for all of it
     * @throws CannotBecome if nobody has to find out anything
     * @throws MoreThanIsLeft if that is more than was to be paid
     */
    public List<Change> resolve(String reference, boolean happened, Long moved, String partnerRefundId, By by) {
        Payout payout = payout(reference)
                .filter(Payout::isInReview)
                .orElseThrow(() -> new CannotBecome("Nobody has to find out what became of it."));
        long total = !happened ? 0 : moved == null ? payout.amount() : moved;
        if (total > payout.amount()) {
            throw new MoreThanIsLeft("No more than was to be paid can have moved.", payout.amount());
        }
        payout.expectAnAnswer();
        return List.of(become(
                status,
                happened ? "RESOLVED_HAPPENED" : "RESOLVED_DID_NOT_HAPPEN",
                by,
                List.of(Instructions.resolve(this, payout, happened, total, partnerRefundId, by.who()))));
    }

    /**
     * What came to nothing is not to be paid any more, or by another payment. Its journal knows that already, unless it was restored
     * from a backup: then it would carry out again what it was ordered, if it did not hear this after it.
     */
    private List<Object> noneOfTheFailed(By by) {
        return payouts.stream().flatMap(p -> noneOf(p, by).stream()).toList();
    }

    private List<Object> noneOf(Payout failed, By by) {
        return failed.isAtViolet() && failed.cameToNothing() && !failed.isReplaced()
                ? List.of(Instructions.resolve(this, failed, false, 0, null, by.who()))
                : List.of();
    }

    // Nothing is owed and unowned.

    /** Its time has come: what nobody has answered is said again, and what nobody has done is for a person. */
    public List<Change> remind(Accounts accounts, By by) {
        if (dueAt == null || by.at().isBefore(dueAt)) {
            return List.of();
        }
        List<Object> again = new ArrayList<>();
        payouts.stream().filter(Payout::isAwaited).forEach(p -> again.add(Instructions.pay(this, p)));
        if (isConfirmationOwed()) {
            Instructions.confirm(this, accounts).ifPresent(again::add);
        }
        if (again.isEmpty() && !isConfirmationOwed()) {
            hold(Hold.OVERDUE, "nothing has happened since " + updatedAt, by);
            return List.of(become(status, OVERDUE, by, List.of()));
        }
        reminders++;
        dueAt = nextTime(by.at());
        return List.of(Change.again(again));
    }

    private Instant nextTime(Instant now) {
        if (payouts.stream().anyMatch(Payout::isAwaited)) {
            return now.plus(Reminder.payout(reminders));
        }
        if (isConfirmationOwed()) {
            return now.plus(Reminder.CONFIRMATION);
        }
        boolean nobodysTurn = status.isFinal() || !holds.isEmpty();
        return nobodysTurn ? null : now.plus(Duration.ofDays(patienceDays));
    }

    private boolean isConfirmationOwed() {
        return confirmation != null && confirmation.state() == Confirmation.State.OWED;
    }

    // What all of it has in common.

    /** Whether this may be done to it now. */
    boolean allows(Action action) {
        boolean open = payouts.stream().anyMatch(Payout::isOpen);
        boolean byHand = payouts.stream().anyMatch(Payout::isPendingByHand);
        boolean cameToNothing = payouts.stream().anyMatch(p -> p.cameToNothing() && !p.isReplaced());
        boolean isLeftToPay = byHand || payouts.stream().anyMatch(Payout::isLeftToPay);
        boolean moved = issued > 0 || payouts.stream().anyMatch(p -> p.moved() > 0);
        return switch (action) {
            case APPROVE ->
                (status == REQUESTED && !isHeld(Hold.UNKNOWN_CURRENCY))
                        || (status == PROCESSING && payouts.isEmpty() && !order.isUnconfirmed())
                        || isHeld(Hold.CONTRADICTED);
            case DENY -> status == REQUESTED || status == WAITING || (status == PROCESSING && !open && !moved);
            case CANCEL -> status == REQUESTED || status == WAITING;
            case SHIP_INIT -> status == WAITING && !refundOnly && goods != Goods.RECEIVED;
            case RECEIVE -> !refundOnly && goods != Goods.RECEIVED && !status.isFinal();
            case MARK_ISSUED ->
                payouts.stream().noneMatch(p -> p.isOpen() && !p.endedPartly())
                        && ((status == PROCESSING && isReserved()) || (status == ISSUED && isLeftToPay));
            case RETRY -> isFreeAgain() || (isToBePaid() && cameToNothing);
            case RELEASE -> isFreeAgain() || (status == ISSUED && cameToNothing && !open && !byHand);
        };
    }

    /** It has come back, and nothing is on its way to pay it again. */
    private boolean isFreeAgain() {
        return isHeld(Hold.REVERSED) && payouts.stream().noneMatch(p -> p.isOpen() || p.isPendingByHand());
    }

    private void must(Action action) {
        if (!allows(action)) {
            throw new CannotBecome("It is " + status + (refundOnly ? ", with no goods to come back" : "") + ": "
                    + action + " is not possible now.");
        }
    }

    /** Every change passes here. */
    private Change become(RefundStatus next, String cause, By by, List<Object> instructions) {
        if (next != status && !status.next().contains(next)) {
            throw new CannotBecome(status, next);
        }
        RefundStatus from = version == 0 ? null : status;
        if (!cause.equals(OVERDUE)) {
            lift(code -> code == Hold.OVERDUE);
        }
        if (next != status) {
            lift(code -> (next.isFinal() && !(next == ISSUED && code.outlivesIssue())));
        }
        status = next;
        version++;
        updatedAt = by.at();
        reminders = 0;
        dueAt = nextTime(by.at());
        List<Object> told = new ArrayList<>(instructions);
        told.add(Snapshot.of(this, cause, from));
        return new Change(new HistoryEntry(id, version, by, cause, from, status), told);
    }

    /**
     * A hold that a payout needs stands since it was first needed; one that none needs any more falls. That nothing was paid is as it
     * should be where nothing shall.
     */
    private void holdWhatPayoutsNeed(By by) {
        Map<Hold, String> needed = new EnumMap<>(Hold.class);
        payouts.stream().filter(p -> !(status == DENIED && p.cameToNothing())).forEach(p -> p.needs()
                .ifPresent(code -> needed.putIfAbsent(code, p.summary())));
        lift(code -> code.isAboutPayouts() && !needed.containsKey(code));
        needed.forEach((code, summary) -> hold(code, by.why() == null ? summary : summary + "; " + by.why(), by));
    }

    void hold(Hold code, String detail, By by) {
        if (!isHeld(code)) {
            holds = Stream.concat(holds.stream(), Stream.of(new Held(code, by.at(), detail)))
                    .toList();
        }
    }

    /** Whether one has fallen. */
    private boolean lift(Predicate<Hold> which) {
        int before = holds.size();
        holds = holds.stream().filter(h -> !which.test(h.code())).toList();
        return holds.size() < before;
    }

    boolean isHeld(Hold code) {
        return holds.stream().anyMatch(h -> h.code() == code);
    }

    /** Whether the order keeps the money for it. */
    private boolean isReserved() {
        return !status.isFinal() && holds.stream().noneMatch(h -> h.code().reservesNothing());
    }

    int nextNo(Payout.Channel channel, Long bagId) {
        return 1
                + (int) payouts.stream()
                        .filter(p -> p.channel() == channel && Objects.equals(p.bagId(), bagId))
                        .count();
    }

    /** Whether a refund that Violet lists is a payment of this one. */
    boolean paid(PartnerReport.BagRefund listed) {
        return listed != null
                && payouts.stream()
                        .anyMatch(p -> (listed.partnerRefundId() != null
                                        && listed.partnerRefundId().equals(p.partnerRefundId()))
                                || (listed.reason() != null && listed.reason().startsWith(p.reference())));
    }

    /** Whether it counts a payment that its payer knows by this reference; where there is none, any. */
    boolean hasPayout(String theirReference) {
        return payouts.stream().anyMatch(p -> theirReference == null || theirReference.equals(p.partnerRefundId()));
    }

    public Optional<Payout> payout(String reference) {
        return payouts.stream().filter(p -> p.reference().equals(reference)).findFirst();
    }

    String reference(String channel, Long bagId, int no) {
        return Reference.of(order.key().seller(), wish.sourceKind(), wish.sourceRef(), channel, bagId, no);
    }

    /** The id of the instruction that confirms it. */
    public String confirmationReference() {
        return reference("CONFIRMATION", null, 1);
    }

    public long id() {
        return id;
    }

    public Order order() {
        return order;
    }

    public Wish wish() {
        return wish;
    }

    public RefundStatus status() {
        return status;
    }

    public String currency() {
        return currency;
    }

    public long amount() {
        return amount;
    }

    long issued() {
        return issued;
    }

    /** What was issued and has come back. */
    long reversed() {
        return reversed;
    }

    /** Null where none have to come back. */
    Goods goods() {
        return goods;
    }

    /** Why it was denied; null where nobody said. */
    String responseReason() {
        return responseReason;
    }

    /** Null before the goods are on their way. */
    String trackingId() {
        return trackingId;
    }

    /** Null before the goods are on their way. */
    String carrierName() {
        return carrierName;
    }

    boolean refundOnly() {
        return refundOnly;
    }

    List<Portion> lines() {
        return lines;
    }

    public List<Held> holds() {
        return holds;
    }

    /** Whether one of these references is what it was asked for by. */
    boolean isAskedBy(String seller, String sourceKind, Collection<String> sourceRefs) {
        return order.key().seller().equals(seller)
                && wish.sourceKind().equals(sourceKind)
                && sourceRefs.contains(wish.sourceRef());
    }

    List<Payout> payouts() {
        return payouts;
    }

    /** Null where nobody wants to be told. */
    Confirmation confirmation() {
        return confirmation;
    }

    Instant createdAt() {
        return createdAt;
    }

    Instant updatedAt() {
        return updatedAt;
    }

    /** Whether it was cancelled by whoever asked for it, not by its shopper or seller. */
    public boolean isTakenBack() {
        return takenBack;
    }

    /** Whether it is paid, or to be paid at once. */
    public boolean isToBePaid() {
        return status == PROCESSING || status == ISSUED;
    }

    Instant confirmedAt() {
        return confirmedAt;
    }

    Instant issuedAt() {
        return issuedAt;
    }

    /** When it is looked at again; null where that is a person's turn, or nobody's. */
    Instant dueAt() {
        return dueAt;
    }

    int version() {
        return version;
    }
}
