package dev.refundhub.refunds.order;

import jakarta.persistence.Embeddable;

/**
 * How much of what was paid is promised, gone, and gone beyond it: of an order or a line, in minor units or in units.
 * Always: {@code paid + excess = left + reserved + issued}.
 */
@Embeddable
public class Entitlement {

    private long paid;

    private long reserved;

    private long issued;

    private long excess;

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

    void pay(long newPaid) {
        paid = newPaid;
        settle();
    }

    void reserve(long amount) {
        if (amount > left()) {
            throw new MoreThanIsLeft(amount, left());
        }
        reserved += amount;
    }

    void release(long amount) {
        reserved -= amount;
        settle();
    }

    void issue(long amount) {
        reserved -= amount;
        issued += amount;
    }

    /** A fact: it is booked whatever is left. */
    void book(long amount) {
        issued += amount;
        settle();
    }

    /** What was gone has come back. */
    void unbook(long amount) {
        issued -= amount;
        settle();
    }

    private void settle() {
        excess = Math.max(taken() - paid, 0);
    }
}
