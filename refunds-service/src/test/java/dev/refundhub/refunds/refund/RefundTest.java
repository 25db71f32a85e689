package dev.refundhub.refunds.refund;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.refundhub.messages.MerchantOrder;
import dev.refundhub.messages.PartnerReport;
import dev.refundhub.messages.RefundChanged;
import dev.refundhub.messages.ShippedSuiteConfirmation;
import dev.refundhub.messages.VioletPayment;
import dev.refundhub.refunds.Samples;
import dev.refundhub.refunds.order.Asked;
import dev.refundhub.refunds.order.Order;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class RefundTest {

    private static final Instant NOW = Instant.parse("2026-03-31T23:00:00Z");
    private static final By BY = new By("test", null, NOW);
    private static final Accounts ACCOUNTS = new Accounts(Optional.of("violet"), Optional.of("shipped"));

    private final Order order = new Order(Samples.order("acme", "20776138", 1), "digest");
    private final Refund refund = new Refund(1001, order, wish("41", 1), NOW);
    private final List<Change> life = new ArrayList<>();

    @Test
    void approvingACoveredClaimOrdersOnePaymentWithEveryFieldGiven() {
        approve();

        VioletPayment pay = told(VioletPayment.class).get(0);

        assertEquals(21077, pay.amountMinor());
        assertEquals(0, pay.shippingMinor());
        assertEquals(List.of(new VioletPayment.Sku(700101, 1, 21077)), pay.skus());
        assertEquals(61001, pay.violetOrderId());
        assertEquals(62001, pay.bagId());
        assertTrue(pay.instructionId().matches("hub-[0-9a-z]{16}"));
    }

    @Test
    void theSameWishHasTheSameReferenceForEver() {
        assertEquals("hub-7ej38p1p94rwtywg", Reference.of("acme", "SHIPPED_SUITE", "2", "VIOLET", 62001L, 1));
        assertNotEquals(
                Reference.of("acme", "SHIPPED_SUITE", "2", "VIOLET", 62001L, 1),
                Reference.of("acme", "SHIPPED_SUITE", "2", "VIOLET", 62001L, 2));
        assertNotEquals(
                Reference.of("acme", "SHIPPED_SUITE", "2", "VIOLET", 62001L, 1),
                Reference.of("globex", "SHIPPED_SUITE", "2", "VIOLET", 62001L, 1));
    }

    @Test
    void aCompletedPaymentIssuesTheRefundAndOwesTheConfirmationOfWhatWasPaid() {
        approve();

        hear(1, "COMPLETED", true, 21077);

        assertEquals(RefundStatus.ISSUED, refund.status());
        assertEquals(21077, order.money().issued());
        assertEquals(0, order.money().reserved());
        ShippedSuiteConfirmation confirm = told(ShippedSuiteConfirmation.class).get(0);
        assertEquals(21077, confirm.amountMinor());
        assertEquals(41, confirm.requestId());
        assertEquals("1001", confirm.externalId());
    }

    @Test
    void theSameReportAgainIsNoNews() {
        approve();
        hear(1, "COMPLETED", true, 21077);

        assertEquals(List.of(), hear(1, "COMPLETED", true, 21077));
        assertEquals(List.of(), hear(2, "COMPLETED", true, 21077));
        assertEquals(21077, order.money().issued());
    }

    @Test
    void anEarlierRevisionIsNoNews() {
        approve();
        hear(3, "UNCLEAR", false, 0);

        assertEquals(List.of(), hear(2, "ACCEPTED", false, 0));
    }

    @Test
    void theEndIsNewsWhateverItsNumber() {
        approve();
        hear(3, "ACCEPTED", false, 0);

        hear(1, "COMPLETED", true, 21077);

        assertEquals(RefundStatus.ISSUED, refund.status());
    }

    @ParameterizedTest
    @CsvSource({
        "ACCEPTED,false,",
        "UNCLEAR,false,",
        "PARTLY,false,PARTLY",
        "DECLINED,true,DECLINED",
        "NOT_SENT,true,NOT_SENT",
        "UNCLEAR,true,REVIEW",
        "ACCEPTED,true,REVIEW",
        "SOMETHING_NEW,false,",
        "SOMETHING_NEW,true,REVIEW"
    })
    void whatIsNotCompletedReleasesNothingAndWaitsForAPersonWhereItMust(String outcome, boolean last, Hold hold) {
        approve();

        hear(1, outcome, last, 0);

        assertEquals(RefundStatus.PROCESSING, refund.status());
        assertEquals(21077, order.money().reserved());
        assertEquals(
                hold == null ? List.of() : List.of(hold),
                refund.holds().stream().map(Held::code).toList());
    }

    @ParameterizedTest
    @CsvSource({"DECLINED", "NOT_SENT"})
    void aPaymentFoundAfterItDidNotHappenIsIssued(String outcome) {
        approve();
        hear(1, outcome, true, 0);

        hear(2, "COMPLETED", true, 21077);

        assertEquals(RefundStatus.ISSUED, refund.status());
        assertEquals(List.of(), refund.holds());
    }

    @Test
    void whatAPartnerSaysToHaveMovedIsKeptForThePersonWhoDecides() {
        approve();

        hear(1, "COMPLETED", true, 20000);

        assertEquals(20000, refund.payouts().get(0).moved());
        assertTrue(refund.holds().get(0).detail().endsWith("200.00 of 210.77 USD moved"));
    }

    @Test
    void aRefundOfAnotherSourceIsNotConfirmedToShippedSuite() {
        Refund other = new Refund(
                1, order, new Wish("VIOLET", "88004", "v", "v", null, List.of(new Asked(Samples.LINE, 1))), NOW);
        other.request(true, BY);
        other.approve(null, true, false, ACCOUNTS, BY);

        List<Change> changes = other.hear(
                Samples.report(other.payouts().get(0).reference(), "20776138", 1, 1, "COMPLETED", true, 21077),
                ACCOUNTS,
                BY);

        assertNull(other.confirmation());
        assertTrue(changes.get(0).told().stream().noneMatch(ShippedSuiteConfirmation.class::isInstance));
    }

    @Test
    void withoutAnAccountToConfirmWithItIsStillOwed() {
        life.addAll(refund.request(true, BY));
        life.addAll(refund.approve(null, true, false, ACCOUNTS, BY));

        refund.hear(
                Samples.report(reference(), "20776138", 1001, 1, "COMPLETED", true, 21077),
                new Accounts(Optional.of("violet"), Optional.empty()),
                BY);

        assertEquals(Confirmation.State.OWED, refund.confirmation().state());
    }

    @Test
    void aHoldAboutAPaymentFallsWhenThePaymentIsFound() {
        approve();
        hear(1, "UNCLEAR", true, 0);

        hear(2, "COMPLETED", true, 21077);

        assertEquals(RefundStatus.ISSUED, refund.status());
        assertEquals(List.of(), refund.holds());
    }

    @ParameterizedTest
    @CsvSource({"21076,USD", "21078,USD", "0,USD", "21077,EUR", "21077,"})
    void aPaymentOfAnotherAmountOrCurrencyIsUnclear(long moved, String currency) {
        approve();
        PartnerReport r = Samples.report(reference(), "20776138", 1001, 1, "COMPLETED", true, moved);
        PartnerReport other = new PartnerReport(
                r.instructionId(),
                r.seller(),
                r.orderId(),
                r.refundId(),
                r.kind(),
                1,
                r.outcome(),
                true,
                moved,
                currency,
                "1",
                "COMPLETED",
                null,
                1,
                r.at(),
                List.of(),
                List.of());

        life.addAll(refund.hear(other, ACCOUNTS, BY));

        assertEquals(RefundStatus.PROCESSING, refund.status());
        assertEquals(Hold.REVIEW, refund.holds().get(0).code());
        assertEquals(21077, order.money().reserved());
    }

    @Test
    void anOrderInTwoBagsIsPaidByTwoPayoutsAndIssuedWhenBothAreDone() {
        Order twoBags = new Order(inTwoBags(), "digest");
        Refund both = new Refund(
                1,
                twoBags,
                new Wish("SHIPPED_SUITE", "41", "s", "s", "lost", List.of(new Asked("a", 1), new Asked("b", 1))),
                NOW);
        both.request(true, BY);
        both.approve(null, true, false, ACCOUNTS, BY);
        List<Payout> payouts = both.payouts();

        both.hear(Samples.report(payouts.get(0).reference(), "o", 1, 1, "COMPLETED", true, 1000), ACCOUNTS, BY);
        assertEquals(RefundStatus.PROCESSING, both.status());
        assertEquals(1000, both.issued());
        both.hear(Samples.report(payouts.get(1).reference(), "o", 1, 1, "COMPLETED", true, 2000), ACCOUNTS, BY);

        assertEquals(RefundStatus.ISSUED, both.status());
        assertEquals(3000, twoBags.money().issued());
    }

    @Test
    void withoutAnAccountAtVioletItIsPaidByHand() {
        life.addAll(refund.request(true, BY));
        life.addAll(refund.approve(null, true, false, new Accounts(Optional.empty(), Optional.empty()), BY));

        assertEquals(Payout.Channel.MANUAL, refund.payouts().get(0).channel());
        assertEquals(List.of(), told(VioletPayment.class));
    }

    @Test
    void aLearnedOrderReservesAndWaits() {
        Order learned = new Order(Samples.order("acme", "20776138", 0), "digest");
        Refund waiting = new Refund(1, learned, wish("41", 1), NOW);

        waiting.request(true, BY);

        assertEquals(21077, learned.money().reserved());
        assertEquals(Hold.ORDER_UNCONFIRMED, waiting.holds().get(0).code());
        assertTrue(!waiting.isFreeToApprove());
    }

    @Test
    void theMerchantsFeedReplacesWhatWasLearnedAndTheClaimIsComputedAnew() {
        Order learned = new Order(Samples.order("acme", "20776138", 0, 3, null), "digest");
        Refund waiting = new Refund(1, learned, wish("41", 3), NOW);
        waiting.request(true, BY);

        Refund.Withdrawn before = waiting.withdraw();
        learned.take(Samples.order("acme", "20776138", 1), "other");
        waiting.reconsider(before, true, ACCOUNTS, BY);

        assertEquals(
                List.of(Hold.OVER_ENTITLEMENT),
                waiting.holds().stream().map(Held::code).toList());
        assertEquals(0, learned.money().reserved());
        assertEquals(0, learned.money().excess());
    }

    @Test
    void whatWasApprovedOfALearnedOrderIsNeverMoreWhenTheMerchantTellsIt() {
        Order learned = new Order(Samples.order("acme", "20776138", 0), "digest");
        Refund waiting = new Refund(1, learned, wish("41", 1), NOW);
        waiting.request(true, BY);
        waiting.approve(5000L, true, false, ACCOUNTS, BY);
        assertEquals(RefundStatus.PROCESSING, waiting.status());

        Refund.Withdrawn before = waiting.withdraw();
        learned.take(Samples.order("acme", "20776138", 1), "other");
        life.addAll(waiting.reconsider(before, true, ACCOUNTS, BY));

        assertEquals(5000, told(VioletPayment.class).get(0).amountMinor());
        assertEquals(5000, learned.money().reserved());
    }

    @Test
    void whatWasApprovedOfALearnedOrderAndIsNotThereInTheMerchantsIsForAPerson() {
        Order learned = new Order(Samples.order("acme", "20776138", 0, 3, null), "digest");
        Refund waiting = new Refund(1, learned, wish("41", 3), NOW);
        waiting.request(true, BY);
        waiting.approve(null, true, false, ACCOUNTS, BY);

        Refund.Withdrawn before = waiting.withdraw();
        learned.take(Samples.order("acme", "20776138", 1), "other");
        life.addAll(waiting.reconsider(before, true, ACCOUNTS, BY));

        assertEquals(RefundStatus.PROCESSING, waiting.status());
        assertEquals(
                List.of(Hold.OVER_ENTITLEMENT),
                waiting.holds().stream().map(Held::code).toList());
        assertEquals(0, learned.money().reserved());
        assertEquals(List.of(), told(VioletPayment.class));

        waiting.deny("It was never ordered.", BY);
        assertEquals(RefundStatus.DENIED, waiting.status());
    }

    @Test
    void aConfirmationIsNotedOnce() {
        approve();
        hear(1, "COMPLETED", true, 21077);
        PartnerReport confirmed =
                Samples.report(refund.confirmationReference(), "20776138", 1001, 1, "COMPLETED", true, 21077);

        assertEquals(1, refund.hearOfConfirmation(confirmed, BY).size());
        assertEquals(List.of(), refund.hearOfConfirmation(confirmed, BY));
        assertEquals(Confirmation.State.CONFIRMED, refund.confirmation().state());
    }

    @Test
    void aConfirmationThatFailedIsStillOwed() {
        approve();
        hear(1, "COMPLETED", true, 21077);

        PartnerReport failed = Samples.report(refund.confirmationReference(), "20776138", 1001, 1, "NOT_SENT", true, 0);
        assertEquals(1, refund.hearOfConfirmation(failed, BY).size());
        assertEquals(List.of(), refund.hearOfConfirmation(failed, BY));

        assertEquals(Confirmation.State.OWED, refund.confirmation().state());
        assertNull(refund.confirmation().at());
    }

    @ParameterizedTest
    @EnumSource(RefundStatus.class)
    void whatIsFinalStaysFinal(RefundStatus status) {
        boolean isFinal = EnumSet.of(RefundStatus.ISSUED, RefundStatus.DENIED, RefundStatus.CANCELLED)
                .contains(status);

        assertEquals(isFinal, status.next().isEmpty());
    }

    @Test
    void reportsInAnyNumberAndOrderEndTheSameOnceThePaymentIsCompleted() {
        Random random = new Random(3);
        for (int round = 0; round < 300; round++) {
            Order paid = new Order(Samples.order("acme", "20776138", 1), "digest");
            Refund one = new Refund(1, paid, wish("41", 1), NOW);
            List<Change> changes = new ArrayList<>(one.request(true, BY));
            changes.addAll(one.approve(null, true, false, ACCOUNTS, BY));
            String reference = one.payouts().get(0).reference();

            for (int i = 0; i < 8; i++) {
                changes.addAll(one.hear(any(random, reference), ACCOUNTS, BY));
            }
            changes.addAll(
                    one.hear(Samples.report(reference, "20776138", 1, 99, "COMPLETED", true, 21077), ACCOUNTS, BY));

            assertEquals(RefundStatus.ISSUED, one.status());
            assertEquals(21077, paid.money().issued());
            assertEquals(0, paid.money().reserved());
            assertEquals(
                    IntStream.rangeClosed(1, changes.size()).boxed().toList(),
                    changes.stream().map(c -> c.written().version()).toList());
        }
    }

    private static PartnerReport any(Random random, String reference) {
        String[] outcomes = {"ACCEPTED", "PARTLY", "UNCLEAR", "COMPLETED"};
        String outcome = outcomes[random.nextInt(outcomes.length)];
        long moved = outcome.equals("COMPLETED") ? 21077 : 0;
        return Samples.report(reference, "20776138", 1, 1 + random.nextInt(5), outcome, random.nextBoolean(), moved);
    }

    private static Wish wish(String ref, int quantity) {
        return new Wish(
                "SHIPPED_SUITE",
                ref,
                "acme-shipped",
                "acme-shipped",
                "lost",
                List.of(new Asked(Samples.LINE, quantity)));
    }

    private static MerchantOrder inTwoBags() {
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
                        new MerchantOrder.Line("b", null, 1, 2000, 0, 0, new MerchantOrder.Violet(1, 12, 121), null)),
                List.of(),
                List.of(),
                null);
    }

    private void approve() {
        life.addAll(refund.request(true, BY));
        life.addAll(refund.approve(null, true, false, ACCOUNTS, BY));
    }

    private List<Change> hear(int revision, String outcome, boolean last, long moved) {
        List<Change> changes = refund.hear(
                Samples.report(reference(), "20776138", 1001, revision, outcome, last, moved), ACCOUNTS, BY);
        life.addAll(changes);
        return changes;
    }

    private String reference() {
        return refund.payouts().get(0).reference();
    }

    private <T> List<T> told(Class<T> type) {
        return life.stream()
                .flatMap(c -> c.told().stream())
                .filter(type::isInstance)
                .map(type::cast)
                .toList();
    }

    @Test
    void everyChangeTellsTheWholeRefund() {
        approve();

        List<RefundChanged> events = told(RefundChanged.class);

        assertEquals(
                List.of("REQUESTED", "PROCESSING"),
                events.stream().map(RefundChanged::status).toList());
        assertEquals(List.of(1, 2), events.stream().map(RefundChanged::version).toList());
        assertNull(events.get(0).from());
        assertEquals(0, events.get(1).orderLeftMinor());
    }
}
