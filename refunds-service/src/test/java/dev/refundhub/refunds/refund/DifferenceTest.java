package dev.refundhub.refunds.refund;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.refundhub.messages.PartnerReport;
import dev.refundhub.messages.PartnerReport.BagRefund;
import dev.refundhub.refunds.Samples;
import dev.refundhub.refunds.order.Asked;
import dev.refundhub.refunds.order.Bag;
import dev.refundhub.refunds.order.Order;
import dev.refundhub.refunds.refund.Difference.Kind;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Where our books and Violet's list differ. */
class DifferenceTest {

    private static final By BY = new By("test", null, Instant.parse("2026-03-31T23:00:00Z"));
    private static final Accounts ACCOUNTS = new Accounts(Optional.of("violet"), Optional.empty());
    private static final Bag BAG = new Bag(61001, 62001);

    private final Order order = new Order(Samples.order("acme", "20776138", 1), "digest");

    /** What Violet lists for a payment of 210.77 whose outcome here is the one named; a dash for nothing listed. */
    @ParameterizedTest
    @CsvSource({
        "COMPLETED,   COMPLETED,           21077, ''",
        "COMPLETED,   EXTERNAL,            21077, ''",
        "COMPLETED,   -,                   0,     ONLY_HERE",
        "COMPLETED,   COMPLETED,           21076, AMOUNT",
        "COMPLETED,   PROCESSING,          21077, STATUS",
        "COMPLETED,   FAILED,              21077, STATUS",
        "ACCEPTED,    PROCESSING,          21077, ''",
        "ACCEPTED,    -,                   0,     ONLY_HERE",
        "ACCEPTED,    COMPLETED,           21077, STATUS",
        "PARTLY,      PARTIALLY_COMPLETED, 21077, ''",
        "PARTLY,      -,                   0,     ONLY_HERE",
        "DECLINED,    FAILED,              21077, ''",
        "DECLINED,    -,                   0,     ''",
        "DECLINED,    COMPLETED,           21077, STATUS",
        "NOT_SENT,    -,                   0,     ''",
        "NOT_SENT,    COMPLETED,           21077, STATUS",
        "UNCLEAR,     -,                   0,     ''",
        "UNCLEAR,     COMPLETED,           21077, STATUS",
        ",            -,                   0,     ''",
        ",            COMPLETED,           21077, STATUS"
    })
    void aPaymentOfOursIsComparedByItsReference(String outcome, String status, long amount, String kind) {
        Refund paid = approved();
        if (outcome != null) {
            hear(paid, outcome);
        }
        String reason = paid.payouts().get(0).reference() + " Refund";

        List<Kind> kinds =
                kinds(paid, status.equals("-") ? List.of() : List.of(listed("88001", amount, status, reason)));

        assertEquals(kind.isEmpty() ? List.of() : List.of(Kind.valueOf(kind)), kinds);
    }

    @Test
    void whatWasPaidTwiceUnderOneReferenceIsThereOnceTooOften() {
        Refund paid = approved();
        hear(paid, "COMPLETED");
        String reason = paid.payouts().get(0).reference() + " Refund";

        List<Difference> differences = Difference.between(
                BAG,
                "USD",
                List.of(paid),
                List.of(
                        listed("88000", 21077L, "FAILED", reason),
                        listed("88001", 21077L, "COMPLETED", reason),
                        listed("88002", 21077L, "COMPLETED", reason)));

        assertEquals(1, differences.size(), differences.toString());
        assertEquals(Kind.ONLY_THERE, differences.get(0).kind());
        assertEquals("88002", differences.get(0).partnerRefundId());
    }

    @Test
    void ofTwoWithItsReferenceTheOneThatMovedMoneyIsIt() {
        Refund unclear = approved();
        String reason = unclear.payouts().get(0).reference() + " Refund";

        List<Difference> differences = Difference.between(
                BAG,
                "USD",
                List.of(unclear),
                List.of(listed("88000", 21077L, "FAILED", reason), listed("88001", 21077L, "COMPLETED", reason)));

        assertEquals(
                List.of("88001"),
                differences.stream().map(Difference::partnerRefundId).toList());
        assertEquals(Kind.STATUS, differences.get(0).kind());
    }

    @Test
    void aReferenceThatOnlyBeginsAlikeIsAnother() {
        Refund paid = approved();
        hear(paid, "COMPLETED");

        assertEquals(
                List.of(Kind.ONLY_HERE, Kind.ONLY_THERE),
                kinds(
                        paid,
                        List.of(listed(
                                "9", 21077L, "COMPLETED", paid.payouts().get(0).reference() + "2 Refund"))));
    }

    @Test
    void aReasonThatWasChangedIsFoundByVioletsOwnId() {
        Refund paid = approved();
        hear(paid, "COMPLETED");

        assertEquals(List.of(), kinds(paid, List.of(listed("88001", 21077L, "COMPLETED", "changed"))));
    }

    @Test
    void anotherCurrencyIsADifference() {
        Refund paid = approved();
        hear(paid, "COMPLETED");
        BagRefund foreign = new BagRefund("88001", 21077L, "EUR", "COMPLETED", null, List.of(), 0L, true);

        assertEquals(List.of(Kind.CURRENCY), kinds(paid, List.of(foreign)));
    }

    @Test
    void whatNobodyBookedIsThereOnlyUnlessNothingMoved() {
        List<BagRefund> listed = List.of(
                listed("1", 500L, "COMPLETED", null),
                listed("2", 500L, "FAILED", null),
                listed("3", 500L, "CANCELED", null),
                listed("4", null, "SOMETHING_NEW", null));

        List<Difference> differences = Difference.between(BAG, "USD", List.of(), listed);

        assertEquals(
                List.of("1", "4"),
                differences.stream().map(Difference::partnerRefundId).toList());
        assertEquals(
                List.of(Kind.ONLY_THERE, Kind.ONLY_THERE),
                differences.stream().map(Difference::kind).toList());
    }

    @Test
    void whatWasBookedAsMadeAtVioletIsComparedToo() {
        Refund elsewhere =
                new Refund(7, order, new Wish("VIOLET", "88004", "VIOLET", "VIOLET", null, List.of()), BY.at());
        elsewhere.book(order.spread(500), "88004", "REFUNDED_ELSEWHERE", BY);

        assertEquals(List.of(), kinds(elsewhere, List.of(listed("88004", 500L, "COMPLETED", "by the shop"))));
        assertEquals(
                List.of(Kind.AMOUNT), kinds(elsewhere, List.of(listed("88004", 600L, "COMPLETED", "by the shop"))));
        assertEquals(List.of(Kind.ONLY_HERE), kinds(elsewhere, List.of()));
    }

    @Test
    void whatLiesInAnotherBagIsNotMissedInThisOne() {
        Refund paid = approved();
        hear(paid, "COMPLETED");

        assertEquals(List.of(), Difference.between(new Bag(61001, 1), "USD", List.of(paid), List.of()));
    }

    private List<Kind> kinds(Refund refund, List<BagRefund> listed) {
        return Difference.between(BAG, "USD", List.of(refund), listed).stream()
                .map(Difference::kind)
                .toList();
    }

    private Refund approved() {
        Wish wish = new Wish("API", "w", "api", "customer-1", "r", List.of(new Asked(Samples.LINE, 1)));
        Refund refund = new Refund(1, order, wish, BY.at());
        refund.request(true, BY);
        refund.approve(null, true, false, ACCOUNTS, BY);
        return refund;
    }

    private static void hear(Refund refund, String outcome) {
        long moved = outcome.equals("COMPLETED") ? 21077 : 0;
        refund.hear(
                new PartnerReport(
                        refund.payouts().get(0).reference(),
                        "acme",
                        "20776138",
                        1,
                        "PAY",
                        1,
                        outcome,
                        false,
                        moved,
                        "USD",
                        "88001",
                        outcome,
                        null,
                        1,
                        BY.at(),
                        List.of(),
                        List.of()),
                ACCOUNTS,
                BY);
    }

    private static BagRefund listed(String id, Long amount, String status, String reason) {
        return new BagRefund(id, amount, "USD", status, reason, List.of(), 0L, false);
    }
}
