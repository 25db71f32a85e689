package dev.refundhub.refunds.order;

import jakarta.persistence.AttributeOverride;
import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;
import jakarta.persistence.Embedded;
import jakarta.persistence.EmbeddedId;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.FetchType;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.ManyToOne;
import java.util.Optional;

/** An item of an order, or its shipping. Every cent of a refund lies on one. */
@Entity
public class OrderLine {

    /** Names a line for ever. */
    @Embeddable
    record Key(String seller, @Column(name = "order_id") String orderId, String lineId) {}

    /** What was bought with it. */
    enum Kind {
        ITEM,
        SHIPPING
    }

    @EmbeddedId
    private Key key;

    @ManyToOne(fetch = FetchType.LAZY)
    @JoinColumn(name = "seller", referencedColumnName = "seller", insertable = false, updatable = false)
    @JoinColumn(name = "order_id", referencedColumnName = "order_id", insertable = false, updatable = false)
    @SuppressWarnings("UnusedVariable") // Hibernate reads it
    private Order order;

    private int position;

    @Enumerated(EnumType.STRING)
    private Kind kind;

    private String sku;

    private long tax;

    private Long violetOrderId;

    private Long violetBagId;

    private Long violetOrderSkuId;

    @Embedded
    private Entitlement money;

    @Embedded
    @AttributeOverride(name = "paid", column = @Column(name = "units", updatable = false))
    @AttributeOverride(name = "reserved", column = @Column(name = "units_reserved", updatable = false))
    @AttributeOverride(name = "issued", column = @Column(name = "units_issued", updatable = false))
    @AttributeOverride(name = "excess", column = @Column(name = "units_excess", updatable = false))
    private Entitlement units;

    @Column(updatable = false)
    private long unitsMoney;

    protected OrderLine() {}

    OrderLine(Order order, String lineId) {
        this.order = order;
        this.key = new Key(order.key().seller(), order.key().orderId(), lineId);
        this.money = new Entitlement(0);
        this.units = new Entitlement(0);
    }

    void take(ToldLine told) {
        position = told.position();
        kind = told.kind();
        sku = told.sku();
        tax = told.tax();
        violetOrderId = told.violetOrderId();
        violetBagId = told.violetBagId();
        violetOrderSkuId = told.violetOrderSkuId();
        money.pay(told.paid());
        units.pay(told.units());
    }

    /** It is in the order no more: it keeps what it has, with nothing paid. */
    void vanish() {
        tax = 0;
        money.pay(0);
        units.pay(0);
    }

    /** What so many more units are worth, whether or not they are free. */
    Portion priceOf(long wanted, boolean withTax) {
        int quantity = (int) Math.min(wanted, Integer.MAX_VALUE);
        long worth = withTax ? money.paid() : money.paid() - tax;
        long taken = units.taken();
        if (taken + quantity > units.paid()) {
            long all = Math.max(units.paid(), 1);
            return new Portion(lineId(), quantity, Shares.upTo(Math.min(quantity, all), all, worth));
        }
        boolean last = taken + quantity == units.paid();
        long before = last ? unitsMoney : Shares.upTo(taken, units.paid(), worth);
        long amount = Shares.upTo(taken + quantity, units.paid(), worth) - before;
        return new Portion(lineId(), quantity, Math.max(amount, 0));
    }

    /**
     * What of this line somebody asks for.
     *
     * @param most what it may be at most where no amount is asked for; null for any
     */
    Portion portionOf(Asked asked, Long most, boolean withTax) {
        if (asked.amount() != null) {
            return new Portion(lineId(), asked.quantity(), asked.amount());
        }
        if (asked.quantity() == 0) {
            return new Portion(lineId(), 0, money.left());
        }
        Portion worth = priceOf(asked.quantity(), withTax);
        return most == null ? worth : new Portion(lineId(), asked.quantity(), Math.min(worth.amount(), most));
    }

    void reserve(Portion portion) {
        money.reserve(portion.amount());
        units.reserve(portion.quantity());
        unitsMoney += portion.quantity() > 0 ? portion.amount() : 0;
    }

    void release(Portion portion) {
        money.release(portion.amount());
        units.release(portion.quantity());
        unitsMoney -= portion.quantity() > 0 ? portion.amount() : 0;
    }

    void lower(Portion from, Portion to) {
        long less = from.amount() - to.amount();
        money.release(less);
        unitsMoney -= from.quantity() > 0 ? less : 0;
    }

    void unbook(Portion portion) {
        money.unbook(portion.amount());
        units.unbook(portion.quantity());
        unitsMoney -= portion.quantity() > 0 ? portion.amount() : 0;
    }

    void issue(Portion portion) {
        money.issue(portion.amount());
        units.issue(portion.quantity());
    }

    void book(Portion portion) {
        money.book(portion.amount());
        units.book(portion.quantity());
        unitsMoney += portion.quantity() > 0 ? portion.amount() : 0;
    }

    public String lineId() {
        return key.lineId();
    }

    /** The bag it was sold in; empty where it was not sold through Violet. */
    public Optional<Bag> bag() {
        return violetBagId == null ? Optional.empty() : Optional.of(new Bag(violetOrderId, violetBagId));
    }

    /** Its id inside the bag; empty for shipping. */
    public Optional<Long> orderSkuId() {
        return Optional.ofNullable(violetOrderSkuId);
    }

    /** What units took so far. */
    long unitsMoney() {
        return unitsMoney;
    }

    /** Whether its money or units are not any more what was read. */
    boolean hasMoved() {
        return money.hasMoved() || units.hasMoved();
    }

    OrderKey orderKey() {
        return new OrderKey(key.seller(), key.orderId());
    }

    public Entitlement money() {
        return money;
    }

    public Entitlement units() {
        return units;
    }

    /** Whether it was bought in units; shipping was not. */
    public boolean isItem() {
        return kind == Kind.ITEM;
    }

    int position() {
        return position;
    }

    /** Null where nobody said. */
    public String sku() {
        return sku;
    }
}
