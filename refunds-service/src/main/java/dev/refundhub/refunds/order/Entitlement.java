package dev.refundhub.refunds.order;

import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;

/**
 * How much of what was paid is promised, gone, and gone beyond it: of an order or a line, in minor units or in units.
 * Always: {@code paid + excess = left + reserved + issued}. Once it is stored, {@link Orders} writes what moves, not Hibernate.
 */
@Embeddable
public class Entitlement {

    @Column(updatable = false)
    private long paid;

    @Column(updatable = false)
    private long reserved;

    @Column(updatable = false)
    private long issued;

    @Column(updatable = false)
    private long excess;

    private transient boolean moved;

    protected Entitlement() {}

    Entitlement(long paid) {
        this.paid = paid;
    }

    public long paid() {
        return paid;
    }

    public long reserved() {
        return reserved;
    }

    public long issued() {
        return issued;
    }

    public long excess() {
        return excess;
    }

    public long left() {
        return Math.max(paid - taken(), 0);
    }

    public long taken() {
        return reserved + issued;
    }

    /** Whether it is not any more what was read. */
    boolean hasMoved() {
        return moved;
    }

    void pay(long newPaid) {
        moved |= paid != newPaid;
        paid = newPaid;
        settle();
    }

    void reserve(long amount) {
        if (amount > left()) {
            throw new MoreThanIsLeft(amount, left());
        }
        move(amount, 0);
    }

    void release(long amount) {
        move(-amount, 0);
        settle();
    }

    void issue(long amount) {
        move(-amount, amount);
    }

    /** A fact: it is booked whatever is left. */
    void book(long amount) {
        move(0, amount);
        settle();
    }

    /** What was gone has come back. */
    void unbook(long amount) {
        move(0, -amount);
        settle();
    }

    private void move(long moreReserved, long moreIssued) {
        moved |= moreReserved != 0 || moreIssued != 0;
        reserved += moreReserved;
        issued += moreIssued;
    }

    private void settle() {
        excess = Math.max(taken() - paid, 0);
    }
}
