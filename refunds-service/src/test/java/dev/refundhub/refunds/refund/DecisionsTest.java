package dev.refundhub.refunds.refund;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.refundhub.messages.MerchantOrder;
import dev.refundhub.messages.PartnerReport;
import dev.refundhub.messages.PaymentResolution;
import dev.refundhub.messages.VioletPayment;
import dev.refundhub.refunds.Samples;
import dev.refundhub.refunds.order.Asked;
import dev.refundhub.refunds.order.Bag;
import dev.refundhub.refunds.order.MoreThanIsLeft;
import dev.refundhub.refunds.order.Order;
import dev.refundhub.refunds.order.Portion;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What people may decide when payments fail, come back or were made by others: never more than was paid, never a dead end. */
class DecisionsTest {

    private static final Instant NOW = Instant.parse("2026-03-31T23:00:00Z");
    private static final By BY = new By("test", "why", NOW);
    private static final Accounts ACCOUNTS = new Accounts(Optional.of("violet"), Optional.of("shipped"));

    private final Order order = new Order(Samples.order("acme", "20776138", 1), "digest");
    private int refunds;

    @Test
    void whatWasDeniedAfterItsPaymentWasDeclinedIsNeverTriedAgain() {
        Refund denied = approved(money(21077L));
        hear(denied, "DECLINED", 0);
        denied.deny("no", BY);
        approved(money(21077L));

        assertFalse(denied.allows(Action.RETRY));
        assertThrows(CannotBecome.class, () -> denied.retry(ACCOUNTS, BY));
        assertEquals(1, denied.payouts().size());
    }

    @Test
    void whateverFollowsAPaymentThatCameToNothingItsJournalIsToldThatThisOneIsOver() {
        Refund denied = declined();
        Refund byHand = declined();
        Refund elsewhere = declined();
        Refund again = declined();

        assertEquals(List.of(reference(denied, 0)), over(denied.deny("no", BY)));
        assertEquals(List.of(reference(byHand, 0)), over(byHand.markIssued("bank-1", null, ACCOUNTS, BY)));
        assertEquals(List.of(reference(elsewhere, 0)), over(elsewhere.happened(1000, "other-1", ACCOUNTS, BY)));
        assertEquals(List.of(reference(again, 0)), over(again.retry(ACCOUNTS, BY)));
        hear(again, again.payouts().get(1), "COMPLETED", 1000);
        assertEquals(List.of(), over(again.contradict("late", BY)));
    }

    private Refund declined() {
        Refund declined = approved(money(1000L));
        hear(declined, "DECLINED", 0);
        return declined;
    }

    private static String reference(Refund refund, int payout) {
        return refund.payouts().get(payout).reference();
    }

    private static List<String> over(List<Change> changes) {
        return changes.stream()
                .flatMap(change -> change.told().stream())
                .filter(PaymentResolution.class::isInstance)
                .map(PaymentResolution.class::cast)
                .peek(told -> assertEquals("DID_NOT_HAPPEN", told.verdict()))
                .map(PaymentResolution::instructionId)
                .toList();
    }

    @Test
    void aDeniedRefundOfWhichNothingWasPaidAfterAllNeedsNobody() {
        Refund denied = approved(money(21077L));
        denied.hear(report(denied, 1, "UNCLEAR", true, 0), ACCOUNTS, BY);
        denied.resolve(reference(denied, 0), false, null, null, BY);
        denied.hear(report(denied, 2, "NOT_SENT", true, 0), ACCOUNTS, BY);
        denied.deny("no", BY);

        denied.hear(report(denied, 3, "ACCEPTED", false, 0), ACCOUNTS, BY);
        denied.hear(report(denied, 4, "DECLINED", true, 0), ACCOUNTS, BY);

        assertEquals(List.of(), denied.holds());
    }

    @Test
    void nothingIsTriedAgainWhileMoreThanWasPaidIsGone() {
        Refund declined = approved(money(20000L));
        hear(declined, "DECLINED", 0);
        order.book(order.spread(2000));

        assertThrows(MoreThanIsLeft.class, () -> declined.retry(ACCOUNTS, BY));
    }

    @Test
    void whatSomebodyElsePaysIsNeverPaidAtVioletWhoeverApprovesIt() {
        Refund first = approved(units(1));
        Refund instant =
                refund(new Wish("REFUNDID", "r", "s", "s", null, List.of(new Asked(Samples.LINE, 1)), 21077L, true));
        instant.paidElsewhere(BY);
        assertEquals(Hold.CLAIMED_TWICE, instant.holds().get(0).code());
        hear(first, "DECLINED", 0);
        first.deny("no", BY);

        List<Change> approved = instant.approve(null, true, false, ACCOUNTS, BY);

        assertEquals(RefundStatus.PROCESSING, instant.status());
        assertEquals(Payout.Channel.EXTERNAL, instant.payouts().get(0).channel());
        assertEquals(List.of(), payments(approved));
    }

    @Test
    void theSameReversalToldAfterItWasPaidAgainIsNoNews() {
        Refund instant = reversedAndPaidAgain("COMPLETED", 21077);

        assertEquals(List.of(), instant.reverse(BY));
        assertEquals(List.of(), instant.holds());
    }

    @Test
    void aReversedRefundWhoseNewPaymentIsDeclinedCanBeReleased() {
        Refund instant = reversedAndPaidAgain("DECLINED", 0);

        assertEquals(List.of(reference(instant, 1)), over(instant.release(BY)));

        assertEquals(List.of(), instant.holds());
        assertEquals(21077, order.left());
    }

    @Test
    void aReversedRefundWhoseNewPaymentIsDeclinedCanBePaidByHand() {
        Refund instant = reversedAndPaidAgain("DECLINED", 0);

        assertEquals(List.of(reference(instant, 1)), over(instant.markIssued("bank-1", null, ACCOUNTS, BY)));

        assertEquals(List.of(), instant.holds());
        assertEquals(21077, order.money().issued());
        assertEquals(List.of(), instant.markIssued("bank-1", null, ACCOUNTS, BY));
    }

    @Test
    void whatIsPaidAgainInTwoWaysAndIsDeclinedInOneIsTriedAgainInThatOneAlone() {
        Order sold = new Order(twoLines(null), "d");
        Refund instant = reversed(sold);
        instant.retry(ACCOUNTS, BY);
        assertEquals(
                2,
                instant.payouts().stream()
                        .filter(p -> p.channel() != Payout.Channel.EXTERNAL)
                        .count());
        hear(instant, atViolet(instant).get(0), "DECLINED", 0);

        List<VioletPayment> again = payments(instant.retry(ACCOUNTS, BY));

        assertEquals(
                List.of(1000L), again.stream().map(VioletPayment::amountMinor).toList());
        assertEquals(
                1, instant.payouts().stream().filter(Payout::isPendingByHand).count());
        assertEquals(2, atViolet(instant).size());
    }

    @Test
    void whatCameToNothingIsReleasedWithoutWhatWasPaidAgain() {
        Order sold = new Order(twoLines(new MerchantOrder.Violet(1, 12, 121)), "d");
        Refund instant = reversed(sold);
        instant.retry(ACCOUNTS, BY);
        hear(instant, atViolet(instant).get(0), "COMPLETED", 1000);
        hear(instant, atViolet(instant).get(1), "DECLINED", 0);

        instant.release(BY);

        assertEquals(1000, sold.money().issued());
        assertEquals(2000, sold.left());
        assertEquals(1000, instant.issued());
        assertFalse(instant.allows(Action.RELEASE));
    }

    @Test
    void whatWasPaidAgainInPartIsPaidByHandForTheRest() {
        Refund instant = reversedAndPaidAgain("PARTLY", 20000);
        assertTrue(instant.allows(Action.MARK_ISSUED));
        assertThrows(CannotBecome.class, () -> instant.markIssued("bank-1", 21077L, ACCOUNTS, BY));

        instant.markIssued("bank-1", 1077L, ACCOUNTS, BY);

        assertEquals(List.of(), instant.holds());
        assertEquals(1077, instant.payouts().get(2).amount());
        assertEquals(21077, order.money().issued());
    }

    @Test
    void anAmendmentWhileMoreUnitsAreTakenThanWereBoughtOnlyEverLowers() {
        Order three = new Order(Samples.order("acme", "o", 1, 2, null), "d");
        Refund both = new Refund(
                1,
                three,
                new Wish("OPTORO", "r", "s", "s", null, List.of(new Asked(Samples.LINE, 2)), 30000L, false),
                false,
                30,
                NOW);
        both.request(true, BY);
        both.approve(null, true, false, ACCOUNTS, BY);
        MerchantOrder one = Samples.order("acme", "o", 2);
        three.take(
                new MerchantOrder(
                        one.seller(),
                        one.orderId(),
                        one.number(),
                        2,
                        one.placedAt(),
                        one.currency(),
                        three.money().paid(),
                        one.discountMinor(),
                        one.customer(),
                        one.lines(),
                        one.shipping(),
                        one.refundedElsewhere(),
                        one.payment()),
                "d2");

        both.amend(31000L, true, BY);
        assertEquals(30000, both.amount());
        both.amend(20000L, true, BY);

        assertEquals(20000, both.amount());
        assertEquals(20000, three.money().reserved());
    }

    private static Refund reversed(Order sold) {
        Refund instant = new Refund(1, sold, new Wish("REFUNDID", "r", "s", "s", null, List.of(), 3000L, true), NOW);
        instant.book(sold.spread(3000), "r", "REFUNDED_ELSEWHERE", BY);
        instant.reverse(BY);
        return instant;
    }

    private static List<Payout> atViolet(Refund refund) {
        return refund.payouts().stream().filter(Payout::isAtViolet).toList();
    }

    private static void hear(Refund refund, Payout payout, String outcome, long moved) {
        refund.hear(Samples.report(payout.reference(), "o", refund.id(), 1, outcome, true, moved), ACCOUNTS, BY);
    }

    /** One at Violet for 10.00, one for 20.00. */
    private static MerchantOrder twoLines(MerchantOrder.Violet second) {
        return new MerchantOrder(
                "acme",
                "o",
                null,
                1,
                null,
                "USD",
                3000,
                0,
                null,
                List.of(
                        new MerchantOrder.Line("a", null, 1, 1000, 0, 0, new MerchantOrder.Violet(1, 11, 111), null),
                        new MerchantOrder.Line("b", null, 1, 2000, 0, 0, second, null)),
                List.of(),
                List.of(),
                null);
    }

    private Refund reversedAndPaidAgain(String outcome, long moved) {
        Refund instant = refund(new Wish("REFUNDID", "r", "s", "s", null, List.of(), 21077L, true));
        instant.book(order.spread(21077), "r", "REFUNDED_ELSEWHERE", BY);
        instant.reverse(BY);
        instant.retry(ACCOUNTS, BY);
        hear(instant, outcome, moved);
        return instant;
    }

    @Test
    void anotherCurrencyIsNeverApproved() {
        Refund foreign = refund(new Wish("REFUNDID", "r", "s", "s", null, List.of(), 8495L, true));
        foreign.heldFor(Hold.UNKNOWN_CURRENCY, "AUD", BY);

        assertFalse(foreign.allows(Action.APPROVE));
        assertThrows(CannotBecome.class, () -> foreign.approve(null, true, false, ACCOUNTS, BY));
    }

    @Test
    void aLineThatComesWithALaterVersionCanBeApprovedThen() {
        Refund early = refund(new Wish("SHIPPED_SUITE", "4", "s", "s", null, List.of(new Asked("later", 1))));
        early.request(true, BY);
        assertEquals(Hold.UNKNOWN_LINE, early.holds().get(0).code());
        assertEquals(0, early.amount());
        assertThrows(CannotBecome.class, () -> early.approve(null, true, false, ACCOUNTS, BY));

        MerchantOrder told = Samples.order("acme", "20776138", 2);
        order.take(
                new MerchantOrder(
                        told.seller(),
                        told.orderId(),
                        told.number(),
                        2,
                        told.placedAt(),
                        told.currency(),
                        told.paidMinor() + 1000,
                        told.discountMinor(),
                        told.customer(),
                        List.of(told.lines().get(0), new MerchantOrder.Line("later", null, 1, 1000, 0, 0, null, null)),
                        told.shipping(),
                        told.refundedElsewhere(),
                        told.payment()),
                "d2");
        early.approve(null, true, false, ACCOUNTS, BY);

        assertEquals(List.of(), early.holds());
        assertEquals(early.amount(), order.money().reserved());
        assertTrue(early.amount() > 0);
    }

    @Test
    void anUnknownWordIsApprovedByAPersonAndIsWorthWhatItsUnitsAre() {
        Refund doubted =
                refund(new Wish("OPTORO", "r", "s", "s", null, List.of(new Asked(Samples.LINE, 1)), 20000L, false));
        doubted.heldFor(Hold.UNKNOWN_WORD, "ALIEN", BY);
        assertEquals(0, order.money().reserved());

        List<VioletPayment> paid = payments(doubted.approve(null, true, false, ACCOUNTS, BY));

        assertEquals(20000, paid.get(0).amountMinor());
        assertEquals(20000, order.money().reserved());
        assertEquals(List.of(), doubted.holds());
    }

    @Test
    void whatWasNotUnderstoodWhenItWasAskedForIsNoPolicysToApproveBeforeItsWorthIsKnown() {
        Refund doubted =
                refund(new Wish("OPTORO", "r", "s", "s", null, List.of(new Asked(Samples.LINE, 1)), 20000L, false));
        doubted.heldFor(Hold.UNKNOWN_WORD, "ALIEN", BY);
        doubted.understood(BY);
        assertEquals(List.of(), doubted.holds());
        assertFalse(doubted.isFreeToApprove());

        doubted.askAnew(doubted.withdraw(), 20000L, true, BY);

        assertEquals(20000, doubted.amount());
        assertTrue(doubted.isFreeToApprove());
    }

    @Test
    void aContradictionIsAcceptedByAnApprovalAndChangesNothingElse() {
        Refund paid = approved(money(1000L));
        hear(paid, "COMPLETED", 1000);
        paid.contradict("told otherwise", BY);
        assertTrue(paid.allows(Action.APPROVE));

        List<Change> accepted = paid.approve(null, true, false, ACCOUNTS, BY);

        assertEquals(List.of(), payments(accepted));
        assertEquals(List.of(), paid.holds());
        assertEquals(RefundStatus.ISSUED, paid.status());
        assertEquals(1000, order.money().issued());
    }

    @Test
    void lessMoneyThanAllThatIsLeftTakesNoUnits() {
        Refund all = refund(money(21077L));
        all.request(true, BY);
        assertEquals(1, all.lines().get(0).quantity());

        all.approve(1000L, true, false, ACCOUNTS, BY);

        assertEquals(0, all.lines().get(0).quantity());
        assertEquals(1, order.line(Samples.LINE).orElseThrow().units().left());
        assertEquals(20077, order.left());
    }

    @Test
    void unitsThatWereClaimedTwiceCanBeApprovedOnceTheyAreFree() {
        Refund first = refund(units(1));
        first.request(true, BY);
        Refund second = refund(units(1));
        second.request(true, BY);
        assertEquals(Hold.CLAIMED_TWICE, second.holds().get(0).code());
        assertThrows(MoreThanIsLeft.class, () -> second.approve(null, true, false, ACCOUNTS, BY));

        first.cancel(BY);
        second.approve(null, true, false, ACCOUNTS, BY);

        assertEquals(RefundStatus.PROCESSING, second.status());
        assertEquals(List.of(), second.holds());
    }

    @Test
    void anAmendmentWhileMoreThanWasPaidIsGoneOnlyEverLowers() {
        Refund held = refund(money(20000L));
        held.request(true, BY);
        Refund nothing = refund(money(5000L));
        nothing.request(true, BY);
        order.book(order.spread(2000));
        long reserved = order.money().reserved();

        nothing.amend(4000L, true, BY);
        assertEquals(reserved, order.money().reserved());
        held.amend(20500L, true, BY);
        assertEquals(reserved, order.money().reserved());
        held.amend(19000L, true, BY);

        assertEquals(19000, held.amount());
        assertEquals(19000, order.money().reserved());
        assertEquals(0, order.money().excess());
    }

    @Test
    void whatCostsNothingWaitsForNobody() {
        Order gift = new Order(
                new MerchantOrder(
                        "acme",
                        "o",
                        null,
                        1,
                        null,
                        "USD",
                        1000,
                        0,
                        null,
                        List.of(
                                new MerchantOrder.Line(
                                        "a", null, 1, 1000, 0, 0, new MerchantOrder.Violet(1, 11, 111), null),
                                new MerchantOrder.Line(
                                        "gift", null, 1, 0, 0, 0, new MerchantOrder.Violet(1, 12, 121), null)),
                        List.of(),
                        List.of(),
                        null),
                "d");
        Refund all = new Refund(1, gift, money(1000L), NOW);
        all.request(true, BY);

        List<VioletPayment> paid = payments(all.approve(null, true, false, ACCOUNTS, BY));
        hear(all, "COMPLETED", 1000);

        assertEquals(1, all.payouts().size());
        assertEquals(
                List.of(111L),
                paid.get(0).skus().stream().map(VioletPayment.Sku::orderSkuId).toList());
        assertEquals(RefundStatus.ISSUED, all.status());
        assertEquals(0, gift.line("gift").orElseThrow().units().left());
    }

    @Test
    void moreThanVioletTakesInOnePaymentIsPaidByHand() {
        long much = 3_000_000_000L;
        Order large = new Order(
                new MerchantOrder(
                        "acme",
                        "o",
                        null,
                        1,
                        null,
                        "USD",
                        much,
                        0,
                        null,
                        List.of(new MerchantOrder.Line(
                                "a", null, 1, much, 0, 0, new MerchantOrder.Violet(1, 11, 111), null)),
                        List.of(),
                        List.of(),
                        null),
                "d");
        Refund all = new Refund(1, large, money(much), NOW);
        all.request(true, BY);

        assertEquals(List.of(), payments(all.approve(null, true, false, ACCOUNTS, BY)));
        assertEquals(Hold.TOO_LARGE, all.holds().get(0).code());
        all.markIssued("bank-1", null, ACCOUNTS, BY);

        assertEquals(RefundStatus.ISSUED, all.status());
        assertEquals(List.of(), all.holds());
    }

    @Test
    void whateverGoesOnIsOverdueNoMore() {
        Refund waiting = new Refund(1, order, money(1000L), false, 30, NOW);
        waiting.request(true, BY);
        waiting.approve(null, true, false, ACCOUNTS, BY);
        By later = new By("test", null, NOW.plus(Duration.ofDays(31)));
        waiting.remind(ACCOUNTS, later);
        assertEquals(Hold.OVERDUE, waiting.holds().get(0).code());
        assertNull(waiting.dueAt());

        waiting.ship("t", "c", false, ACCOUNTS, later);

        assertEquals(List.of(), waiting.holds());
        assertTrue(waiting.dueAt().isAfter(later.at()));
    }

    @Test
    void thatItWasPaidIsNewsWhateverAJournalCounted() {
        Refund unclear = approved(money(21077L));
        unclear.hear(report(unclear, 7, "UNCLEAR", true, 0), ACCOUNTS, BY);

        unclear.hear(report(unclear, 2, "COMPLETED", true, 21077), ACCOUNTS, BY);

        assertEquals(RefundStatus.ISSUED, unclear.status());
    }

    @Test
    void whatAJournalAnswersAPersonIsNewsWhateverItCounted() {
        Refund unclear = approved(money(21077L));
        unclear.hear(report(unclear, 7, "UNCLEAR", true, 0), ACCOUNTS, BY);
        unclear.hear(report(unclear, 1, "NOT_SENT", true, 0), ACCOUNTS, BY);
        assertEquals(Outcome.UNCLEAR, unclear.payouts().get(0).outcome());

        unclear.resolve(reference(unclear, 0), false, null, null, BY);
        unclear.hear(report(unclear, 1, "NOT_SENT", true, 0), ACCOUNTS, BY);

        assertEquals(Outcome.NOT_SENT, unclear.payouts().get(0).outcome());
        assertTrue(unclear.allows(Action.RETRY));
        assertTrue(unclear.allows(Action.DENY));
    }

    @Test
    void onlyThePaymentThatAStrangerStoodInTheWayOfIsTriedAgainByItself() {
        Refund refund = approved(money(21077L));
        String reference = refund.payouts().get(0).reference();
        hear(refund, "NOT_SENT", 0);

        List<Change> retried = refund.retry("hub-another", List.of("1"), ACCOUNTS, BY);
        assertEquals(List.of(), payments(retried));
        List<VioletPayment> again = payments(refund.retry(reference, List.of("88004"), ACCOUNTS, BY));

        assertEquals(List.of("88004"), again.get(0).known());
    }

    private Refund approved(Wish wish) {
        Refund refund = refund(wish);
        refund.request(true, BY);
        refund.approve(null, true, false, ACCOUNTS, BY);
        return refund;
    }

    private Refund refund(Wish wish) {
        refunds++;
        return new Refund(refunds, order, wish.named(wish.sourceRef() + refunds), NOW);
    }

    private static Wish money(Long amount) {
        return new Wish("API", "a", "api", "r", null, List.of(), amount, false);
    }

    private static Wish units(int quantity) {
        return new Wish("SHIPPED_SUITE", "4", "s", "s", null, List.of(new Asked(Samples.LINE, quantity)));
    }

    private static void hear(Refund refund, String outcome, long moved) {
        int revision = 1;
        List<Payout> payouts = refund.payouts();
        Payout last = payouts.get(payouts.size() - 1);
        refund.hear(Samples.report(last.reference(), "o", refund.id(), revision, outcome, true, moved), ACCOUNTS, BY);
    }

    private static PartnerReport report(Refund refund, int revision, String outcome, boolean last, long moved) {
        return Samples.report(refund.payouts().get(0).reference(), "o", refund.id(), revision, outcome, last, moved);
    }

    private static List<VioletPayment> payments(List<Change> changes) {
        return changes.stream()
                .flatMap(change -> change.told().stream())
                .filter(VioletPayment.class::isInstance)
                .map(VioletPayment.class::cast)
                .toList();
    }

    @Test
    void moneyThatLiesOnABagIsBookedWithinIt() {
        Order two = new Order(twoLines(new MerchantOrder.Violet(1, 12, 121)), "d");

        assertEquals(List.of(new Portion("a", 0, 1500)), two.spread(1500, new Bag(1, 11)));
        assertEquals(2, two.spread(1500, new Bag(1, 99)).size());
    }
}
