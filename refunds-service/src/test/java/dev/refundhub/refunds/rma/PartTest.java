package dev.refundhub.refunds.rma;

import static dev.refundhub.refunds.refund.RefundStatus.CANCELLED;
import static dev.refundhub.refunds.refund.RefundStatus.DENIED;
import static dev.refundhub.refunds.refund.RefundStatus.ISSUED;
import static dev.refundhub.refunds.refund.RefundStatus.PROCESSING;
import static dev.refundhub.refunds.refund.RefundStatus.REQUESTED;
import static dev.refundhub.refunds.refund.RefundStatus.WAITING;
import static dev.refundhub.refunds.rma.Returned.item;
import static dev.refundhub.refunds.rma.Returned.snapshot;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.refundhub.refunds.refund.OpenBooks;
import dev.refundhub.refunds.refund.Refund;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What a newer snapshot of a return means. */
class PartTest {

    private final Returned approved = new Returned(true);
    private final Returned asked = new Returned(false);

    @Test
    void aUnitWaitsForItsGoodsAndIsPaidWhenTheyAreHere() {
        approved.take(snapshot("CREATED", 1, item("a", "REFUND", "EXPECTED", 1000)));
        assertEquals(WAITING, approved.refund("a/1").status());

        approved.take(snapshot("CREATED", 2, item("a", "REFUND", "RECEIVED", 1000)));

        assertEquals(PROCESSING, approved.refund("a/1").status());
    }

    @Test
    void unitsOfOneLineAreNumberedTheMostAdvancedFirst() {
        approved.take(snapshot(
                "CREATED",
                1,
                item("a", "REFUND", "EXPECTED", 900),
                item("a", "REFUND", "RECEIVED", 1000),
                item("a", "REFUND", "SHIPPED", 950)));

        assertEquals(
                List.of(1000L, 950L, 900L),
                approved.refunds().stream().map(Refund::amount).toList());
        assertEquals(PROCESSING, approved.refund("a/1").status());
        assertEquals(WAITING, approved.refund("a/2").status());
    }

    @Test
    void aPaidUnitKeepsItsNumberWhenAnotherOneCatchesUp() {
        approved.take(
                snapshot("CREATED", 1, item("a", "REFUND", "RECEIVED", 900), item("a", "REFUND", "SHIPPED", 1000)));

        approved.take(
                snapshot("CREATED", 2, item("a", "REFUND", "RECEIVED", 900), item("a", "REFUND", "RECEIVED", 1000)));

        assertEquals(900, approved.refund("a/1").amount());
        assertEquals(1000, approved.refund("a/2").amount());
        assertEquals(PROCESSING, approved.refund("a/2").status());
        assertEquals(Set.of(), OpenBooks.holds(approved.refund("a/1")));
    }

    @Test
    void whatTheReturnHasNoMoreIsCancelledAndFreeAgain() {
        approved.take(
                snapshot("CREATED", 1, item("a", "REFUND", "SHIPPED", 1000), item("b", "REFUND", "SHIPPED", 2500)));

        approved.take(snapshot("CREATED", 2, item("a", "REFUND", "SHIPPED", 1000)));

        assertEquals(CANCELLED, approved.refund("b/1").status());
        assertEquals(1000, approved.order().money().reserved());
    }

    @Test
    void aCancelledReturnTakesEverythingBackThatIsNotPaid() {
        approved.take(
                snapshot("CREATED", 1, item("a", "REFUND", "RECEIVED", 1000), item("b", "REFUND", "SHIPPED", 2500)));

        approved.take(
                snapshot("CANCELED", 2, item("a", "REFUND", "RECEIVED", 1000), item("b", "REFUND", "SHIPPED", 2500)));

        assertEquals(CANCELLED, approved.refund("b/1").status());
        assertEquals(PROCESSING, approved.refund("a/1").status());
        assertEquals(Set.of("CONTRADICTED"), OpenBooks.holds(approved.refund("a/1")));
    }

    @Test
    void aReturnThatIsCancelledFromTheStartAsksForNothing() {
        approved.take(snapshot("CANCELED", 1, item("a", "REFUND", "EXPECTED", 1000)));

        assertEquals(List.of(), approved.refunds());
    }

    @Test
    void theAmountFollowsUntilItIsPaid() {
        approved.take(snapshot("CREATED", 1, item("b", "REFUND", "SHIPPED", 2000)));

        approved.take(snapshot("CREATED", 2, item("b", "REFUND", "SHIPPED", 2400)));
        assertEquals(2400, approved.refund("b/1").amount());
        assertEquals(2400, approved.order().money().reserved());

        approved.take(snapshot("CREATED", 3, item("b", "REFUND", "RECEIVED", 2100)));
        assertEquals(2100, approved.refund("b/1").amount());

        approved.take(snapshot("CREATED", 4, item("b", "REFUND", "RECEIVED", 1900)));
        assertEquals(2100, approved.refund("b/1").amount());
        assertEquals(Set.of("CONTRADICTED"), OpenBooks.holds(approved.refund("b/1")));
    }

    @Test
    void moreThanAUnitIsWorthWaitsForAPerson() {
        approved.take(snapshot("CREATED", 1, item("b", "REFUND", "RECEIVED", 2501)));

        assertEquals(REQUESTED, approved.refund("b/1").status());
        assertEquals(Set.of("AMOUNT_MISMATCH"), OpenBooks.holds(approved.refund("b/1")));
        assertEquals(0, approved.order().money().reserved());
    }

    @Test
    void nothingForTheShopperIsNoRefund() {
        approved.take(snapshot("CREATED", 1, item("b", "REFUND", "RECEIVED", 0)));

        assertEquals(List.of(), approved.refunds());
    }

    @Test
    void goodsThatWillNotComeAreDenied() {
        approved.take(snapshot("CREATED", 1, item("a", "REFUND", "EXPECTED", 1000)));

        approved.take(snapshot("CREATED", 2, item("a", "REFUND", "MISSING", 1000)));
        assertEquals(WAITING, approved.refund("a/1").status());

        approved.take(snapshot("PARTIAL_REFUND", 3, true, item("a", "REFUND", "MISSING", 1000)));
        assertEquals(DENIED, approved.refund("a/1").status());
    }

    @Test
    void goodsFoundAfterADenialAreNewsForAPerson() {
        approved.take(snapshot("PARTIAL_REFUND", 1, true, item("a", "REFUND", "MISSING", 1000)));

        List<Part.Late> late =
                approved.take(snapshot("PARTIAL_REFUND", 2, true, item("a", "REFUND", "RECEIVED", 1000)));

        assertEquals(DENIED, approved.refund("a/1").status());
        assertEquals(1, late.size());
    }

    @Test
    void anExchangeTakesItsUnitAndItsShareAndIsDoneWithTheReturn() {
        approved.take(snapshot("CREATED", 1, item("a", "EXCHANGE", "SHIPPED", 0)));
        assertEquals(REQUESTED, approved.refund("a/x1").status());
        assertEquals(1000, approved.refund("a/x1").amount());

        approved.take(snapshot("REFUNDED", 2, item("a", "EXCHANGE", "RECEIVED", 0)));

        assertEquals(ISSUED, approved.refund("a/x1").status());
        assertEquals(Set.of("EXTERNAL"), OpenBooks.channels(approved.refund("a/x1")));
        assertEquals(1000, approved.order().money().issued());
    }

    @Test
    void anExchangeThatTurnsIntoMoneyIsCancelledAndTheMoneyAskedFor() {
        approved.take(snapshot("CREATED", 1, item("b", "EXCHANGE", "RECEIVED", 0)));

        approved.take(snapshot("PARTIAL_REFUND", 2, item("b", "REFUND", "RECEIVED", 2500)));

        assertEquals(CANCELLED, approved.refund("b/x1").status());
        assertEquals(PROCESSING, approved.refund("b/1").status());
        assertEquals(2500, approved.order().money().reserved());
    }

    @Test
    void anUnknownWordWaitsForAPersonUntilAKnownOneComes() {
        asked.take(snapshot("CREATED", 1, item("a", "UNKNOWN", "RECEIVED", 1000)));
        assertEquals(Set.of("UNKNOWN_WORD"), OpenBooks.holds(asked.refund("a/1")));
        assertEquals(0, asked.refund("a/1").amount());

        asked.take(snapshot("CREATED", 2, item("a", "REFUND", "RECEIVED", 1000)));

        assertEquals(Set.of(), OpenBooks.holds(asked.refund("a/1")));
        assertEquals(1000, asked.refund("a/1").amount());
        assertEquals(1000, asked.order().money().reserved());
    }

    @Test
    void anUnknownStateChangesNothingAndIsForAPerson() {
        approved.take(snapshot("CREATED", 1, item("a", "REFUND", "SHIPPED", 1000)));

        approved.take(snapshot("ARCHIVED", 2, item("a", "REFUND", "RECEIVED", 1000)));

        assertEquals(WAITING, approved.refund("a/1").status());
        assertEquals(Set.of("UNKNOWN_WORD"), OpenBooks.holds(approved.refund("a/1")));
        assertNull(approved.refund("b/1"));
    }

    @Test
    void onceMoreIsPaidThanTheReturnAsksForNothingElseIsPaidWithoutAPerson() {
        approved.take(snapshot("CREATED", 1, item("a", "REFUND", "RECEIVED", 1000)));

        approved.take(snapshot("CREATED", 2, item("b", "REFUND", "RECEIVED", 2500)));

        assertEquals(Set.of("CONTRADICTED"), OpenBooks.holds(approved.refund("a/1")));
        assertEquals(REQUESTED, approved.refund("b/1").status());
        assertEquals(Set.of("CONTRADICTED"), OpenBooks.holds(approved.refund("b/1")));
    }

    @Test
    void theUnitsOfASecondReturnAreTaken() {
        approved.take(
                snapshot("CREATED", 1, item("b", "REFUND", "SHIPPED", 2500), item("b", "REFUND", "SHIPPED", 2500)));

        assertEquals(WAITING, approved.refund("b/1").status());
        assertEquals(Set.of("CLAIMED_TWICE"), OpenBooks.holds(approved.refund("b/2")));
    }
}
