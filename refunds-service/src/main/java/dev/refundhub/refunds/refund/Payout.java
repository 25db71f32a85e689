package dev.refundhub.refunds.refund;

import dev.refundhub.messages.PartnerReport;
import dev.refundhub.messages.RefundChanged;
import dev.refundhub.refunds.order.Bag;
import dev.refundhub.refunds.order.Money;
import dev.refundhub.refunds.order.Portion;
import jakarta.persistence.Column;
import jakarta.persistence.Convert;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.FetchType;
import jakarta.persistence.Id;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.ManyToOne;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** One movement of money for a refund: by Violet, by somebody else, or by hand. */
@Entity
public class Payout {

    /** Who moves the money. */
    enum Channel {
        VIOLET,
        EXTERNAL,
        MANUAL
    }

    @Id
    private String reference;

    @ManyToOne(fetch = FetchType.LAZY)
    @JoinColumn(name = "refund_id")
    private Refund refund;

    private int no;

    @Enumerated(EnumType.STRING)
    private Channel channel;

    private String account;

    private Long violetOrderId;

    private Long bagId;

    private long amount;

    @Convert(converter = Columns.Portions.class)
    private List<Portion> lines;

    @Enumerated(EnumType.STRING)
    private Outcome outcome;

    private long moved;

    private int revision;

    @Column(name = "final")
    private boolean ended;

    private String partnerRefundId;

    private boolean replaced;

    @Convert(converter = Columns.Words.class)
    private List<String> known;

    private String partnerSays;

    private String detail;

    @Convert(converter = Columns.Tries.class)
    private List<PartnerReport.Evidence> evidence;

    @Convert(converter = Columns.Listed.class)
    private List<PartnerReport.BagRefund> found;

    protected Payout() {}

    private Payout(Refund refund, int no, Channel channel, String account, Bag bag, List<Portion> lines) {
        this.refund = refund;
        this.no = no;
        this.channel = channel;
        this.account = account;
        this.violetOrderId = bag == null ? null : bag.violetOrderId();
        this.bagId = bag == null ? null : bag.bagId();
        this.amount = Portion.total(lines);
        this.lines = List.copyOf(lines);
        this.known = List.of();
        this.evidence = List.of();
        this.found = List.of();
        this.reference = refund.reference(channel.name(), bagId, no);
    }

    static Payout atViolet(Refund refund, String account, Bag bag, List<Portion> lines) {
        return new Payout(refund, refund.nextNo(Channel.VIOLET, bag.bagId()), Channel.VIOLET, account, bag, lines);
    }

    /** Somebody else moves it. */
    static Payout elsewhere(Refund refund, List<Portion> lines) {
        return new Payout(refund, refund.nextNo(Channel.EXTERNAL, null), Channel.EXTERNAL, null, null, lines);
    }

    static Payout byHand(Refund refund, List<Portion> lines) {
        return new Payout(refund, refund.nextNo(Channel.MANUAL, null), Channel.MANUAL, null, null, lines);
    }

    /** The next try of the same, where this one certainly moved nothing. */
    Payout again(Collection<String> alsoKnown) {
        replaced = true;
        Payout next = new Payout(refund, refund.nextNo(channel, bagId), channel, account, bag(), lines);
        next.known =
                Stream.concat(known.stream(), alsoKnown.stream()).distinct().toList();
        return next;
    }

    /** Somebody has moved it, and says so: what really moved, by their own reference, which may be null. */
    void done(List<Portion> reallyMoved, String theirReference) {
        lines = List.copyOf(reallyMoved);
        amount = Portion.total(lines);
        outcome = Outcome.COMPLETED;
        moved = amount;
        ended = true;
        partnerRefundId = theirReference;
    }

    /** Something else has taken its place: what it says from now on is not about this refund's money any more. */
    void replace() {
        replaced = true;
    }

    /** A partner's totals so far. What moved must be all of it to be completed: anything else is unclear. */
    void hear(PartnerReport report) {
        Outcome told = Outcome.of(report.outcome());
        boolean contradicts = told == Outcome.COMPLETED
                && (report.movedMinor() != amount || !refund.currency().equals(report.currency()));
        outcome = contradicts ? Outcome.UNCLEAR : told;
        moved = Math.max(0, report.movedMinor());
        revision = report.revision();
        ended = report.isFinal();
        partnerRefundId = report.partnerRefundId();
        partnerSays = report.partnerSays();
        detail = report.detail();
        evidence = report.evidence() == null ? List.of() : List.copyOf(report.evidence());
        found = report.found() == null ? List.of() : List.copyOf(report.found());
    }

    /** A journal restored from a backup counts anew: the end of it, and that it was paid, is news whatever its number. */
    boolean knows(PartnerReport report) {
        boolean end = report.isFinal() && (!ended || Outcome.of(report.outcome()) == Outcome.COMPLETED);
        return report.revision() <= revision && !end;
    }

    /** A person's word is on its way to the journal: whatever it answers is news, even where it was restored and counts anew. */
    void expectAnAnswer() {
        revision = 0;
    }

    /** Whether all of it is gone. Anything else can still turn out otherwise. */
    boolean isCompleted() {
        return outcome == Outcome.COMPLETED;
    }

    /** On its way: it may have moved money, or still can. */
    boolean isOpen() {
        return channel == Channel.VIOLET
                && outcome != Outcome.COMPLETED
                && outcome != Outcome.DECLINED
                && outcome != Outcome.NOT_SENT;
    }

    /** The journal has not said its last word. */
    boolean isAwaited() {
        return isOpen() && !ended;
    }

    /** The journal has stopped without knowing, or with a part: a person finds out what happened. */
    boolean isInReview() {
        return isOpen() && ended && !replaced;
    }

    /** The journal has stopped, and some of it moved: the rest does not come by itself. */
    boolean endedPartly() {
        return outcome == Outcome.PARTLY && ended;
    }

    /** What moved of it and was stated by a person with the rest, in minor units: news of all of it is news of the remainder. */
    long countedByHand() {
        return endedPartly() && replaced ? moved : 0;
    }

    /** Certainly nothing moved and nothing will. */
    boolean cameToNothing() {
        return outcome == Outcome.DECLINED || outcome == Outcome.NOT_SENT;
    }

    /** It ended with nothing, or a part: the rest does not come by itself. */
    boolean isLeftToPay() {
        return !replaced && (cameToNothing() || endedPartly());
    }

    /** What of it certainly has not moved. */
    List<Portion> unmoved() {
        return endedPartly() ? Portion.scaled(lines, Math.max(amount - moved, 0)) : lines;
    }

    /** Somebody has to pay it by hand and to say so. */
    boolean isPendingByHand() {
        return channel != Channel.VIOLET && !isCompleted() && !replaced;
    }

    boolean isReplaced() {
        return replaced;
    }

    List<String> known() {
        return known;
    }

    /** Why a person must look at it; empty while it goes its way. */
    Optional<Hold> needs() {
        if (outcome == null || replaced) {
            return Optional.empty();
        }
        return switch (outcome) {
            case COMPLETED -> Optional.empty();
            case PARTLY -> Optional.of(Hold.PARTLY);
            case DECLINED -> Optional.of(Hold.DECLINED);
            case NOT_SENT -> Optional.of(Hold.NOT_SENT);
            case ACCEPTED, UNCLEAR -> ended ? Optional.of(Hold.REVIEW) : Optional.empty();
        };
    }

    /** For a person: what was told, and how much of it moved. */
    String summary() {
        String currency = refund.currency();
        return "%s: %s, %s of %s %s moved"
                .formatted(reference, outcome, Money.major(moved, currency), Money.major(amount, currency), currency);
    }

    boolean isAtViolet() {
        return channel == Channel.VIOLET;
    }

    RefundChanged.Payout told() {
        return new RefundChanged.Payout(no, channel.name(), bagId, outcome == null ? null : outcome.name(), moved);
    }

    String reference() {
        return reference;
    }

    int no() {
        return no;
    }

    Channel channel() {
        return channel;
    }

    String account() {
        return account;
    }

    long violetOrderId() {
        return violetOrderId;
    }

    Long bagId() {
        return bagId;
    }

    /** At Violet. */
    Bag bag() {
        return new Bag(violetOrderId, bagId);
    }

    long amount() {
        return amount;
    }

    List<Portion> lines() {
        return lines;
    }

    /** Null until something was reported. */
    Outcome outcome() {
        return outcome;
    }

    long moved() {
        return moved;
    }

    /** Null while there is none. */
    String partnerSays() {
        return partnerSays;
    }

    /** Why, in the connectors' words; may be null. */
    String detail() {
        return detail;
    }

    List<PartnerReport.Evidence> evidence() {
        return evidence;
    }

    /** What else the bag holds that may be it. */
    List<PartnerReport.BagRefund> found() {
        return found;
    }

    Refund refund() {
        return refund;
    }

    String partnerRefundId() {
        return partnerRefundId;
    }
}
