package dev.refundhub.refunds.order;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.refundhub.messages.MerchantOrder;
import dev.refundhub.refunds.Samples;
import dev.refundhub.refunds.order.Quote.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class OrderTest {

    private static final MerchantOrder.Violet VIOLET = new MerchantOrder.Violet(61001, 62001, 700101);

    @Test
    void theSeedsClaimIsWorth21077() {
        Quote quote = order(1, 1).quote(List.of(new Asked(Samples.LINE, 1)), true);

        assertEquals(new Quote(Verdict.COVERED, List.of(new Portion(Samples.LINE, 1, 21077)), null), quote);
    }

    @Test
    void aPolicyCanLeaveTheTaxOut() {
        Quote quote = order(1, 1).quote(List.of(new Asked(Samples.LINE, 1)), false);

        assertEquals(21077 - 1652, Portion.total(quote.portions()));
    }

    @Test
    void theUnitsOfALineAreWorthTheLineWithoutACentMoreOrLess() {
        Order order = order(1, 3);
        List<Long> amounts = new ArrayList<>();

        for (int unit = 0; unit < 3; unit++) {
            List<Portion> one =
                    order.quote(List.of(new Asked(Samples.LINE, 1)), true).portions();
            order.reserve(one);
            amounts.add(Portion.total(one));
        }

        assertEquals(3 * 27500 - 8075 + 1652, amounts.stream().mapToLong(a -> a).sum());
        assertEquals(0, order.left());
    }

    @Test
    void theLastUnitIsWorthWhatIsLeftWhicheverUnitsCameBackBefore() {
        Order order = order(1, 3);
        List<List<Portion>> taken = new ArrayList<>();
        for (int unit = 0; unit < 3; unit++) {
            List<Portion> one =
                    order.quote(List.of(new Asked(Samples.LINE, 1)), true).portions();
            order.reserve(one);
            taken.add(one);
        }

        order.release(taken.get(0));
        Quote again = order.quote(List.of(new Asked(Samples.LINE, 1)), true);

        assertEquals(Verdict.COVERED, again.verdict());
        assertEquals(Portion.total(taken.get(0)), Portion.total(again.portions()));
    }

    @Test
    void unitsThatAreTakenAreNotCovered() {
        Order order = order(1, 1);
        order.reserve(order.quote(List.of(new Asked(Samples.LINE, 1)), true).portions());

        Quote second = order.quote(List.of(new Asked(Samples.LINE, 1)), true);

        assertEquals(Verdict.UNITS_TAKEN, second.verdict());
        assertEquals("line 34188136: 1 units wanted, 1 bought, 0 left", second.detail());
    }

    @Test
    void aLineNamedTwiceCountsWithBothQuantities() {
        Asked one = new Asked(Samples.LINE, 1);

        assertEquals(
                Verdict.TOO_LITTLE_LEFT,
                order(1, 1).quote(List.of(one, one), true).verdict());
    }

    @Test
    void moreUnitsThanAnyNumberHoldsAreMoreThanWereBought() {
        Asked many = new Asked(Samples.LINE, Integer.MAX_VALUE);

        assertEquals(
                Verdict.TOO_LITTLE_LEFT,
                order(1, 1).quote(List.of(many, many), true).verdict());
    }

    @Test
    void anUnknownLineSaysNothingAboutItsWorth() {
        Quote quote = order(1, 1).quote(List.of(new Asked("x", 1)), true);

        assertEquals(Verdict.UNKNOWN_LINE, quote.verdict());
        assertEquals(List.of(), quote.portions());
    }

    @Test
    void shippingIsNoItem() {
        assertEquals(
                Verdict.UNKNOWN_LINE,
                order(1, 1).quote(List.of(new Asked("shipping", 1)), true).verdict());
    }

    @Test
    void moneyTakenWithoutUnitsLeavesTooLittleAndBothFiguresAreSaid() {
        Order order = order(1, 1);
        order.reserve(List.of(new Portion(Samples.LINE, 0, 1000)));

        Quote quote = order.quote(List.of(new Asked(Samples.LINE, 1)), true);

        assertEquals(Verdict.TOO_LITTLE_LEFT, quote.verdict());
        assertEquals("USD 210.77 wanted, 200.77 left", quote.detail());
    }

    @Test
    void aWishBeyondWhatIsLeftIsRefused() {
        Order order = order(1, 1);

        MoreThanIsLeft refusal =
                assertThrows(MoreThanIsLeft.class, () -> order.reserve(List.of(new Portion(Samples.LINE, 0, 21078))));

        assertEquals(21077, refusal.left());
    }

    @Test
    void aFactBeyondPaidIsBookedAsExcess() {
        Order order = order(1, 1);

        order.book(List.of(new Portion(Samples.LINE, 1, 25000)));

        assertEquals(25000 - 21077, order.money().excess());
        assertEquals(0, order.left());
    }

    @Test
    void moneyWithoutUnitsLiesOnTheItemsThenOnShippingThenBeyond() {
        Order order = new Order(withShipping(), "digest");

        assertEquals(List.of(new Portion("a", 0, 100), new Portion("b", 0, 200)), order.spread(300));
        assertEquals(
                List.of(new Portion("a", 0, 1000), new Portion("b", 0, 2000), new Portion("ship", 0, 400)),
                order.spread(3400));
        assertEquals(
                List.of(new Portion("a", 0, 1100), new Portion("b", 0, 2200), new Portion("ship", 0, 500)),
                order.spread(3800));
    }

    @Test
    void spreadingMakesAndLosesNoCentWhateverIsLeft() {
        Random random = new Random(11);
        for (int i = 0; i < 2_000; i++) {
            Order order = new Order(withShipping(), "digest");
            order.book(order.spread(random.nextInt(4000)));
            long amount = random.nextInt(5000);

            assertEquals(amount, Portion.total(order.spread(amount)));
        }
    }

    private static MerchantOrder withShipping() {
        return new MerchantOrder(
                "acme",
                "o",
                null,
                1,
                null,
                "USD",
                3500,
                0,
                null,
                List.of(
                        new MerchantOrder.Line("a", null, 1, 1000, 0, 0, null, null),
                        new MerchantOrder.Line("b", null, 1, 2000, 0, 0, null, null)),
                List.of(new MerchantOrder.Shipping("ship", 500, 0, null)),
                List.of(),
                null);
    }

    @Test
    void aLineThatVanishesKeepsWhatItHasWithNothingPaid() {
        Order order = order(1, 1);
        order.reserve(order.quote(List.of(new Asked(Samples.LINE, 1)), true).portions());
        MerchantOrder told = Samples.order("acme", "1", 2);
        MerchantOrder without = new MerchantOrder(
                told.seller(),
                told.orderId(),
                told.number(),
                2,
                told.placedAt(),
                told.currency(),
                0,
                0,
                told.customer(),
                List.of(),
                List.of(),
                List.of(),
                null);

        order.take(without, "other");

        OrderLine line = order.line(Samples.LINE).orElseThrow();
        assertEquals(21077, line.money().reserved());
        assertEquals(21077, line.money().excess());
        assertEquals(1, line.units().excess());
    }

    @Test
    void anOlderVersionIsNoNewsAndAnEqualOneMustBeTheSame() {
        Order order = order(2, 1);

        assertEquals(Order.Taken.OLDER, order.take(Samples.order("acme", "1", 1), "x"));
        assertEquals(Order.Taken.SAME, order.take(Samples.order("acme", "1", 2), "digest"));
        assertEquals(Order.Taken.CONTRADICTS, order.take(Samples.order("acme", "1", 2), "x"));
        assertEquals(Order.Taken.NEWS, order.take(Samples.order("acme", "1", 3), "x"));
    }

    @Test
    void whateverIsDoneNothingIsLostAndNothingIsMade() {
        Random random = new Random(7);
        for (int round = 0; round < 200; round++) {
            Order order = order(1, 1 + random.nextInt(5));
            List<List<Portion>> reserved = new ArrayList<>();
            for (int step = 0; step < 40; step++) {
                act(random, order, reserved);
                assertConserved(order.money());
                order.lines().forEach(line -> {
                    assertConserved(line.money());
                    assertConserved(line.units());
                });
            }
        }
    }

    private static void act(Random random, Order order, List<List<Portion>> reserved) {
        switch (random.nextInt(4)) {
            case 0 -> {
                Quote quote = order.quote(List.of(new Asked(Samples.LINE, 1 + random.nextInt(2))), true);
                if (quote.verdict() == Verdict.COVERED && order.money().excess() == 0) {
                    order.reserve(quote.portions());
                    reserved.add(quote.portions());
                }
            }
            case 1 -> {
                if (!reserved.isEmpty()) {
                    order.release(reserved.remove(random.nextInt(reserved.size())));
                }
            }
            case 2 -> {
                if (!reserved.isEmpty()) {
                    order.issue(reserved.remove(random.nextInt(reserved.size())));
                }
            }
            default -> order.book(List.of(new Portion(Samples.LINE, 0, random.nextInt(3000))));
        }
    }

    private static void assertConserved(Entitlement e) {
        assertEquals(Math.max(e.reserved() + e.issued() - e.paid(), 0), e.excess());
        assertEquals(e.paid() + e.excess(), e.left() + e.reserved() + e.issued());
        assertTrue(e.reserved() >= 0 && e.issued() >= 0);
    }

    private static Order order(long version, int quantity) {
        return new Order(Samples.order("acme", "1", version, quantity, VIOLET), "digest");
    }
}
