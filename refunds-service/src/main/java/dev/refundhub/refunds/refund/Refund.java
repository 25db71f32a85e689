package dev.refundhub.refunds.refund;

import static dev.refundhub.refunds.refund.RefundStatus.ISSUED;
import static dev.refundhub.refunds.refund.RefundStatus.PROCESSING;
import static dev.refundhub.refunds.refund.RefundStatus.REQUESTED;

import dev.refundhub.messages.PartnerReport;
import dev.refundhub.refunds.order.Bag;
import dev.refundhub.refunds.order.Money;
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
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** One wish or fact of giving money back, with its own life. It holds its locked order and moves money through it. */
@Entity
public class Refund {

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

    private int version;

    @OneToMany(mappedBy = "refund", cascade = CascadeType.PERSIST)
    @OrderBy("no")
    private List<Payout> payouts = new ArrayList<>();

    protected Refund() {}

    /** Money only, nothing has to come back. What it is, {@link #request} or {@link #book} says next. */
    public Refund(long id, Order order, Wish wish, Instant now) {
        this.id = id;
        this.order = order;
        this.wish = wish;
        this.refundOnly = true;
        this.status = REQUESTED;
        this.lines = List.of();
        this.holds = List.of();
        this.createdAt = now;
    }

    /** Reserves what was asked for, or waits for a person with the figures. */
    public List<Change> request(boolean withTax, By by) {
        evaluate(withTax, by);
        return List.of(become(REQUESTED, "REQUESTED", by, List.of()));
    }

    /** A fact: somebody else has given the money back already. It is booked, whatever was left. */
    public List<Change> book(List<Portion> moved, By by) {
        order.book(moved);
        currency = order.currency();
        lines = List.copyOf(moved);
        amount = Portion.total(lines);
        issued = amount;
        issuedAt = by.at();
        payouts.add(Payout.elsewhere(this, lines));
        if (order.money().excess() > 0) {
            hold(
                    Hold.EXCESS,
                    Money.major(order.money().excess(), currency) + " " + currency + " beyond what was paid",
                    by);
        }
        return List.of(become(ISSUED, "REFUNDED_ELSEWHERE", by, List.of()));
    }

    /** The merchant's feed has replaced a learned order: gives back what was reserved from it. */
    public void withdraw() {
        if (isReserved()) {
            order.release(lines);
        }
        lines = List.of();
        amount = 0;
    }

    /** The merchant's feed has replaced a learned order, and everything was given back: asks anew. */
    public List<Change> reconsider(boolean withTax, By by) {
        holds = holds.stream()
                .filter(h -> !h.code().reservesNothing() && h.code() != Hold.ORDER_UNCONFIRMED)
                .toList();
        evaluate(withTax, by);
        return List.of(become(status, "ORDER_CONFIRMED", by, List.of()));
    }

    private void evaluate(boolean withTax, By by) {
        Quote quote = order.quote(wish.asked(), withTax);
        currency = order.currency();
        lines = quote.portions();
        amount = Portion.total(lines);
        switch (quote.verdict()) {
            case COVERED -> order.reserve(lines);
            case UNKNOWN_LINE -> hold(Hold.UNKNOWN_LINE, quote.detail(), by);
            case UNITS_TAKEN -> hold(Hold.CLAIMED_TWICE, quote.detail(), by);
            case TOO_LITTLE_LEFT -> hold(Hold.OVER_ENTITLEMENT, quote.detail(), by);
        }
        if (order.isUnconfirmed()) {
            hold(Hold.ORDER_UNCONFIRMED, null, by);
        }
    }

    /** More than the policy approves by itself: a person decides. */
    public List<Change> exceedsPolicy(String detail, By by) {
        hold(Hold.LIMIT, detail, by);
        return List.of(become(status, "HELD", by, List.of()));
    }

    /** Grants it: payouts are due, by Violet where the lines were sold there, by hand where not. */
    public List<Change> approve(Accounts accounts, By by) {
        confirmedAt = by.at();
        createPayouts(accounts);
        List<Object> instructions = payouts.stream()
                .filter(Payout::isAtViolet)
                .<Object>map(p -> Instructions.pay(this, p))
                .toList();
        return List.of(become(PROCESSING, "APPROVED", by, instructions));
    }

    private void createPayouts(Accounts accounts) {
        Map<Optional<Bag>, List<Portion>> byBag = lines.stream()
                .collect(Collectors.groupingBy(
                        p -> accounts.violet().flatMap(a -> order.lineOf(p).bag()),
                        LinkedHashMap::new,
                        Collectors.toList()));
        byBag.forEach((bag, portions) -> {
            if (Portion.total(portions) == 0) {
                order.issue(portions);
            } else if (bag.isPresent()) {
                payouts.add(Payout.atViolet(this, accounts.violet().orElseThrow(), bag.get(), portions));
            } else {
                payouts.add(Payout.byHand(this, portions));
            }
        });
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
        return switch (payout.outcome()) {
            case COMPLETED -> moved(payout, accounts, cause, by);
            case PARTLY, DECLINED, NOT_SENT, ACCEPTED, UNCLEAR -> List.of(become(status, cause, by, List.of()));
        };
    }

    private List<Change> moved(Payout payout, Accounts accounts, String cause, By by) {
        order.issue(payout.lines());
        issued += payout.amount();
        if (issued < amount) {
            return List.of(become(status, cause, by, List.of()));
        }
        issuedAt = by.at();
        confirmation = Instructions.isConfirmed(this) ? Confirmation.owed() : null;
        Optional<Object> confirm = Instructions.confirm(this, accounts).map(c -> c);
        return List.of(become(ISSUED, cause, by, confirm.stream().toList()));
    }

    /** A hold that a payout needs stands since it was first needed; one that none needs any more falls. */
    private void holdWhatPayoutsNeed(By by) {
        Map<Hold, String> needed = new EnumMap<>(Hold.class);
        payouts.forEach(p -> p.needs().ifPresent(code -> needed.putIfAbsent(code, p.summary())));
        holds = holds.stream()
                .filter(h -> !h.code().isAboutPayouts() || needed.containsKey(h.code()))
                .toList();
        needed.forEach((code, summary) -> hold(code, by.why() == null ? summary : summary + "; " + by.why(), by));
    }

    /** What became of telling Shipped Suite: until it has it, that is owed. */
    public List<Change> hearOfConfirmation(PartnerReport report, By by) {
        if (confirmation == null || !confirmation.hear(report, by.at())) {
            return List.of();
        }
        return List.of(become(status, "CONFIRMATION_" + Outcome.of(report.outcome()), by, List.of()));
    }

    /** Every change passes here. */
    private Change become(RefundStatus next, String cause, By by, List<Object> instructions) {
        if (next != status && !status.next().contains(next)) {
            throw new CannotBecome(status, next);
        }
        RefundStatus from = version == 0 ? null : status;
        status = next;
        version++;
        updatedAt = by.at();
        List<Object> told = new ArrayList<>(instructions);
        told.add(Snapshot.of(this, cause, from));
        return new Change(new HistoryEntry(id, version, by, cause, from, status), told);
    }

    private void hold(Hold code, String detail, By by) {
        if (holds.stream().noneMatch(h -> h.code() == code)) {
            holds = new ArrayList<>(holds);
            holds.add(new Held(code, by.at(), detail));
        }
    }

    private boolean isReserved() {
        return holds.stream().noneMatch(h -> h.code().reservesNothing());
    }

    /** Whether nothing but an approval is missing. */
    public boolean isFreeToApprove() {
        return status == REQUESTED && holds.isEmpty();
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

    boolean refundOnly() {
        return refundOnly;
    }

    List<Portion> lines() {
        return lines;
    }

    public List<Held> holds() {
        return holds;
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

    Instant confirmedAt() {
        return confirmedAt;
    }

    Instant issuedAt() {
        return issuedAt;
    }

    int version() {
        return version;
    }
}
