package dev.refundhub.refunds.order;

import dev.refundhub.messages.MerchantOrder;
import dev.refundhub.refunds.order.Quote.Verdict;
import jakarta.persistence.CascadeType;
import jakarta.persistence.Embedded;
import jakarta.persistence.EmbeddedId;
import jakarta.persistence.Entity;
import jakarta.persistence.OneToMany;
import jakarta.persistence.OrderBy;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/** What was bought and paid, and how much of it is promised or gone. Whoever changes it has locked it. */
@Entity
@Table(name = "customer_order")
public class Order {

    /** What became of an order that was told. */
    public enum Taken {
        NEWS,
        OLDER,
        SAME,
        CONTRADICTS
    }

    private static final long LEARNED = 0;

    @EmbeddedId
    private OrderKey key;

    private String number;

    private long version;

    private String digest;

    private Instant placedAt;

    private String currency;

    private String customerSubject;

    @Embedded
    private Entitlement money;

    @OneToMany(mappedBy = "order", cascade = CascadeType.PERSIST)
    @OrderBy("position")
    private List<OrderLine> lines = new ArrayList<>();

    protected Order() {}

    /** An order nobody knew, from the merchant's feed or learned from a partner (version 0). */
    public Order(MerchantOrder told, String digest) {
        this.key = new OrderKey(told.seller(), told.orderId());
        this.money = new Entitlement(0);
        replaceBy(told, digest);
    }

    /** Takes the merchant's newest word; a currency that the merchant once told never changes. */
    public Taken take(MerchantOrder told, String toldDigest) {
        if (told.version() < version) {
            return Taken.OLDER;
        }
        boolean same = digest.equals(toldDigest);
        if (told.version() == version && same) {
            return Taken.SAME;
        }
        boolean otherCurrency = !isUnconfirmed() && !told.currency().equals(currency);
        if (told.version() == version || otherCurrency) {
            return Taken.CONTRADICTS;
        }
        replaceBy(told, toldDigest);
        return Taken.NEWS;
    }

    private void replaceBy(MerchantOrder told, String toldDigest) {
        version = told.version();
        digest = toldDigest;
        currency = told.currency();
        number = told.number();
        placedAt = told.placedAt();
        customerSubject = told.customer() == null ? null : told.customer().subject();
        money.pay(told.paidMinor());
        List<ToldLine> toldLines = ToldLine.of(told);
        for (OrderLine line : lines) {
            if (toldLines.stream().noneMatch(t -> t.lineId().equals(line.lineId()))) {
                line.vanish();
            }
        }
        for (ToldLine toldLine : toldLines) {
            line(toldLine.lineId()).orElseGet(() -> add(toldLine.lineId())).take(toldLine);
        }
    }

    private OrderLine add(String lineId) {
        OrderLine line = new OrderLine(this, lineId);
        lines.add(line);
        return line;
    }

    /** What these units are worth now. A line named twice counts once with both quantities. */
    public Quote quote(List<Asked> asked, boolean withTax) {
        return judge(asked, line -> null, withTax);
    }

    /** The same, but a line of which less is left than its units are worth gives what is left, and lines may be money only. */
    public Quote quoteWhatIsLeft(List<Asked> asked, boolean withTax) {
        return judge(asked, line -> line.money().left(), withTax);
    }

    private Quote judge(List<Asked> asked, Function<OrderLine, Long> most, boolean withTax) {
        Map<String, Asked> byLine = new LinkedHashMap<>();
        asked.forEach(a -> byLine.merge(a.lineId(), a, Order::both));
        List<Portion> portions = new ArrayList<>();
        for (Asked each : byLine.values()) {
            Optional<OrderLine> line = line(each.lineId()).filter(l -> l.isItem() || each.quantity() == 0);
            if (line.isEmpty()) {
                return new Quote(Verdict.UNKNOWN_LINE, List.of(), "asked for " + told(byLine.values()));
            }
            portions.add(line.get().portionOf(each, most.apply(line.get()), withTax));
        }
        return judge(portions);
    }

    private static Asked both(Asked one, Asked other) {
        long together = Math.min((long) one.quantity() + other.quantity(), Integer.MAX_VALUE);
        return new Asked(one.lineId(), (int) together, one.amount());
    }

    private static List<String> told(Collection<Asked> asked) {
        return asked.stream().map(a -> a.quantity() + " of " + a.lineId()).toList();
    }

    /** What somebody says these units were given back for: no more than they are worth. */
    public Quote quoteAs(List<Asked> asked, long amount) {
        Quote quote = quote(asked, true);
        if (quote.verdict() == Verdict.UNKNOWN_LINE) {
            return quote;
        }
        long worth = Portion.total(quote.portions());
        List<Portion> portions = Portion.scaled(quote.portions(), amount);
        if (amount > worth) {
            return new Quote(Verdict.OTHER_AMOUNT, portions, wantedAndLeft(amount, worth));
        }
        return judge(portions);
    }

    /** Whether an amount of money is left, and where it lies. What is all that is left takes all the units that are left. */
    public Quote quoteMoney(long amount) {
        long left = left();
        if (amount > left || amount <= 0) {
            return new Quote(Verdict.TOO_LITTLE_LEFT, spread(Math.max(amount, 0)), wantedAndLeft(amount, left));
        }
        return new Quote(Verdict.COVERED, amount == left ? withUnits(spread(amount)) : spread(amount), null);
    }

    private List<Portion> withUnits(List<Portion> portions) {
        Map<String, Long> amounts = portions.stream().collect(Collectors.toMap(Portion::lineId, Portion::amount));
        return lines.stream()
                .map(line ->
                        new Portion(line.lineId(), (int) line.units().left(), amounts.getOrDefault(line.lineId(), 0L)))
                .filter(p -> p.quantity() > 0 || p.amount() > 0)
                .toList();
    }

    private String wantedAndLeft(long wanted, long left) {
        return "%s %s wanted, %s left".formatted(currency, Money.major(wanted, currency), Money.major(left, currency));
    }

    private Quote judge(List<Portion> portions) {
        for (Portion portion : portions) {
            Entitlement units = lineOf(portion).units();
            if (portion.quantity() > units.left()) {
                boolean neverBought = portion.quantity() > units.paid();
                String detail = "line %s: %d units wanted, %d bought, %d left"
                        .formatted(portion.lineId(), portion.quantity(), units.paid(), units.left());
                return new Quote(neverBought ? Verdict.TOO_LITTLE_LEFT : Verdict.UNITS_TAKEN, portions, detail);
            }
        }
        long wanted = Portion.total(portions);
        long left = Math.min(left(), portions.stream().mapToLong(this::leftFor).sum());
        if (wanted > left || wanted == 0) {
            return new Quote(Verdict.TOO_LITTLE_LEFT, portions, wantedAndLeft(wanted, left));
        }
        return new Quote(Verdict.COVERED, portions, null);
    }

    private long leftFor(Portion portion) {
        return Math.min(portion.amount(), lineOf(portion).money().left());
    }

    /**
     * Where money without units lies: on what is left of the items in proportion, then of shipping; what goes beyond, on the
     * items in proportion to what was paid for them, or on all lines alike where nothing was.
     */
    public List<Portion> spread(long amount) {
        return spread(amount, line -> true);
    }

    /** The same within a bag at Violet, where the order has lines in it. */
    public List<Portion> spread(long amount, Bag bag) {
        Predicate<OrderLine> isInBag = line -> line.bag().filter(bag::equals).isPresent();
        return spread(amount, lines.stream().anyMatch(isInBag) ? isInBag : line -> true);
    }

    private List<Portion> spread(long amount, Predicate<OrderLine> among) {
        Predicate<OrderLine> items = among.and(OrderLine::isItem);
        Predicate<OrderLine> others = among.and(line -> !line.isItem());
        long[] onItems = Shares.spread(
                amount, weights(line -> items.test(line) ? line.money().left() : 0));
        long rest = amount - LongStream.of(onItems).sum();
        long[] onShipping = Shares.spread(
                rest, weights(line -> others.test(line) ? line.money().left() : 0));
        long[] paid = weights(line -> items.test(line) ? line.money().paid() : 0);
        long[] beyond = Shares.inProportion(
                rest - LongStream.of(onShipping).sum(),
                LongStream.of(paid).sum() > 0 ? paid : weights(line -> among.test(line) ? 1 : 0));
        return IntStream.range(0, lines.size())
                .mapToObj(i -> new Portion(lines.get(i).lineId(), 0, onItems[i] + onShipping[i] + beyond[i]))
                .filter(portion -> portion.amount() > 0)
                .toList();
    }

    private long[] weights(ToLongFunction<OrderLine> weight) {
        return lines.stream().mapToLong(weight).toArray();
    }

    /**
     * Promises these portions.
     *
     * @throws MoreThanIsLeft where they are not covered
     */
    public void reserve(List<Portion> portions) {
        money.reserve(Portion.total(portions));
        portions.forEach(p -> lineOf(p).reserve(p));
    }

    /** Takes a promise back. */
    public void release(List<Portion> portions) {
        money.release(Portion.total(portions));
        portions.forEach(p -> lineOf(p).release(p));
    }

    /** Promises less for the same: each portion to the new one of its line, with the same units. */
    public void lower(List<Portion> from, List<Portion> to) {
        money.release(Portion.total(from) - Portion.total(to));
        for (int i = 0; i < from.size(); i++) {
            lineOf(from.get(i)).lower(from.get(i), to.get(i));
        }
    }

    /** What was gone has come back. */
    public void unbook(List<Portion> portions) {
        money.unbook(Portion.total(portions));
        portions.forEach(p -> lineOf(p).unbook(p));
    }

    /** What was promised is gone. */
    public void issue(List<Portion> portions) {
        money.issue(Portion.total(portions));
        portions.forEach(p -> lineOf(p).issue(p));
    }

    /** What somebody else moved is gone, whatever was left. */
    public void book(List<Portion> portions) {
        money.book(Portion.total(portions));
        portions.forEach(p -> lineOf(p).book(p));
    }

    public Optional<OrderLine> line(String lineId) {
        return lines.stream().filter(l -> l.lineId().equals(lineId)).findFirst();
    }

    public OrderLine lineOf(Portion portion) {
        return line(portion.lineId()).orElseThrow();
    }

    public List<OrderLine> lines() {
        return List.copyOf(lines);
    }

    public OrderKey key() {
        return key;
    }

    public long version() {
        return version;
    }

    /** Whether only a partner told of it so far: nothing is paid before the merchant's feed confirms it. */
    public boolean isUnconfirmed() {
        return version == LEARNED;
    }

    public String currency() {
        return currency;
    }

    /** The {@code sub} of the shopper who owns it; null where nobody said. */
    public String customerSubject() {
        return customerSubject;
    }

    public Entitlement money() {
        return money;
    }

    /** What can still be refunded: no more than is left of the order, and none that lies on no line. */
    public long left() {
        return Math.min(
                money.left(), lines.stream().mapToLong(l -> l.money().left()).sum());
    }

    /** What is beyond what was paid, of the order and of each line, together. */
    public long totalExcess() {
        return money.excess()
                + lines.stream().mapToLong(l -> l.money().excess()).sum();
    }

    /** Whether more than was paid is gone, of the order or of one of these lines. */
    public boolean isInExcess(List<Portion> portions) {
        return money.excess() > 0
                || portions.stream()
                        .map(p -> line(p.lineId()))
                        .flatMap(Optional::stream)
                        .anyMatch(l -> l.money().excess() > 0);
    }

    /** Whether more units than were bought are taken of one of these lines. */
    public boolean areUnitsInExcess(List<Portion> portions) {
        return portions.stream()
                .map(p -> line(p.lineId()))
                .flatMap(Optional::stream)
                .anyMatch(l -> l.units().excess() > 0);
    }

    /** What the shopper knows it by; null where nobody said. */
    public String number() {
        return number;
    }

    /** Null where nobody said. */
    public Instant placedAt() {
        return placedAt;
    }
}
