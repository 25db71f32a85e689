package dev.refundhub.connectors.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.refundhub.connectors.journal.Verdict.Meaning;
import dev.refundhub.messages.PartnerReport;
import dev.refundhub.messages.PartnerReport.BagRefund;
import dev.refundhub.messages.PaymentResolution;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a person's word means for a payment of 2500, by what is known of it. */
class VerdictTest {

    private static final BagRefund LOOK_ALIKE =
            new BagRefund("88004", 2500L, "USD", "COMPLETED", null, List.of(), null, false);

    @ParameterizedTest(name = "{0} final={1} moved={2} resolved={3}, told {4} of {5}: {6} {7}")
    @CsvSource({
        // nobody is certain: a person decides
        "UNCLEAR,  false, 0,    , HAPPENED,       2500, NEWS, COMPLETED",
        "UNCLEAR,  true,  0,    , HAPPENED,       2500, NEWS, COMPLETED",
        "UNCLEAR,  true,  0,    , HAPPENED,       1000, NEWS, PARTLY",
        "UNCLEAR,  true,  0,    , DID_NOT_HAPPEN, 0,    NEWS, NOT_SENT",
        "ACCEPTED, false, 0,    , HAPPENED,       2500, NEWS, COMPLETED",
        "ACCEPTED, true,  0,    , DID_NOT_HAPPEN, 0,    NEWS, NOT_SENT",
        "PARTLY,   false, 0,    , HAPPENED,       1000, NEWS, PARTLY",
        "PARTLY,   true,  1000, HAPPENED, HAPPENED, 2500, NEWS, COMPLETED",
        // what was told to have moved does not come back
        "PARTLY,   true,  1000, , DID_NOT_HAPPEN, 0,    REFUSED, CONTRADICTS_AMOUNT",
        "PARTLY,   true,  1000, , HAPPENED,       500,  REFUSED, CONTRADICTS_AMOUNT",
        "UNCLEAR,  true,  0,    , HAPPENED,       2501, REFUSED, CONTRADICTS_AMOUNT",
        // more than was asked for was told to have moved: all of it did
        "UNCLEAR,  true,  2900, , HAPPENED,       2500, NEWS, COMPLETED",
        "UNCLEAR,  true,  2900, , HAPPENED,       2000, REFUSED, CONTRADICTS_AMOUNT",
        "UNCLEAR,  true,  2900, , DID_NOT_HAPPEN, 0,    REFUSED, CONTRADICTS_AMOUNT",
        // it is known already
        "COMPLETED, true, 2500, , HAPPENED,       2500, KNOWN,",
        "PARTLY,   true,  1000, HAPPENED, HAPPENED, 1000, KNOWN,",
        "NOT_SENT, true,  0, DID_NOT_HAPPEN, DID_NOT_HAPPEN, 0, KNOWN,",
        "DECLINED, true,  0,    , DID_NOT_HAPPEN, 0,    KNOWN,",
        // it was found after that was said, and is being asked for
        "ACCEPTED, false, 0, DID_NOT_HAPPEN, DID_NOT_HAPPEN, 0, KNOWN,",
        "PARTLY,   false, 0, DID_NOT_HAPPEN, DID_NOT_HAPPEN, 0, KNOWN,",
        "UNCLEAR,  false, 0, DID_NOT_HAPPEN, DID_NOT_HAPPEN, 0, KNOWN,",
        "UNCLEAR,  true,  0, DID_NOT_HAPPEN, DID_NOT_HAPPEN, 0, NEWS, NOT_SENT",
        "ACCEPTED, false, 0, DID_NOT_HAPPEN, HAPPENED,    2500, NEWS, COMPLETED",
        // what is certain is not for a person
        "COMPLETED, true, 2500, , DID_NOT_HAPPEN, 0,    REFUSED, CONTRADICTS_PAYMENT",
        "COMPLETED, true, 2500, , HAPPENED,       1000, REFUSED, CONTRADICTS_PAYMENT",
        "NOT_SENT, true,  0,    , HAPPENED,       2500, REFUSED, NOT_FOR_A_PERSON",
        "DECLINED, true,  0,    , HAPPENED,       2500, REFUSED, NOT_FOR_A_PERSON",
    })
    void aPersonDecidesWhatNobodyIsCertainOfAndNothingElse(
            String known,
            boolean isFinal,
            long moved,
            String resolved,
            String verdict,
            long told,
            Meaning means,
            String what) {
        Verdict of = Verdict.of(told(verdict, told, "violet"), call(known, isFinal, moved, resolved), 2500);

        assertEquals(means, of.meaning());
        switch (means) {
            case NEWS -> assertEquals(what, of.report().outcome());
            case REFUSED -> assertEquals(what, of.why());
            case KNOWN -> assertNull(of.report());
        }
    }

    @ParameterizedTest(name = "{0}: {2}")
    @CsvSource({"DID_NOT_HAPPEN, 0, NOT_SENT", "HAPPENED, 2500, COMPLETED", "HAPPENED, 1000, PARTLY"})
    void whatWasNotBegunIsEndedByWhatIsKnownOfItSince(String verdict, long moved, String outcome) {
        Verdict of = Verdict.of(told(verdict, moved, "violet"), call(null, false, 0, null), 2500);

        assertEquals(Meaning.NEWS, of.meaning());
        assertEquals(outcome, of.report().outcome());
        assertEquals(1, of.report().revision());
    }

    @Test
    void whatMayBeLeavingUsIsNotForAPersonYet() {
        Call sent = call(null, State.SENT, 0, null);

        assertEquals(
                "NOT_FOR_A_PERSON",
                Verdict.of(told("DID_NOT_HAPPEN", 0, "violet"), sent, 2500).why());
    }

    @Test
    void anotherAccountIsAnotherPayment() {
        Call unclear = call("UNCLEAR", true, 0, null);

        assertEquals(
                "ANOTHER_PAYMENT",
                Verdict.of(told("HAPPENED", 2500, "other"), unclear, 2500).why());
    }

    @Test
    void whatMightHaveBeenItIsToldOnlyWhereItHappened() {
        Call unclear = call("UNCLEAR", true, 0, null);

        Verdict happened = Verdict.of(told("HAPPENED", 2500, "violet"), unclear, 2500);
        Verdict didNot = Verdict.of(told("DID_NOT_HAPPEN", 0, "violet"), unclear, 2500);

        assertEquals(List.of(LOOK_ALIKE), happened.report().found());
        assertEquals(List.of(), didNot.report().found());
        assertEquals(8, happened.report().revision());
        assertEquals("RESOLVED_BY operator-1", happened.report().detail());
    }

    private static PaymentResolution told(String verdict, long moved, String account) {
        return new PaymentResolution("hub-1", "RESOLVE", "acme", "1", account, verdict, moved, "", "operator-1");
    }

    private static Call call(String outcome, boolean isFinal, long moved, String resolution) {
        State state = outcome == null ? State.DUE : isFinal ? State.DONE : State.ASKING;
        return call(outcome, state, moved, resolution);
    }

    private static Call call(String outcome, State state, long moved, String resolution) {
        PartnerReport report = outcome == null
                ? null
                : new PartnerReport(
                        "hub-1",
                        "acme",
                        "1",
                        1,
                        "PAY",
                        7,
                        outcome,
                        state == State.DONE,
                        moved,
                        "USD",
                        null,
                        null,
                        null,
                        1,
                        Instant.EPOCH,
                        List.of(LOOK_ALIKE),
                        List.of());
        return new Call(
                "hub-1",
                "PAY",
                "acme",
                "1",
                1,
                "USD",
                "violet",
                62001L,
                "{}",
                null,
                state,
                1,
                Duration.ZERO,
                0,
                report,
                resolution,
                List.of());
    }
}
