package dev.refundhub.connectors.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.refundhub.connectors.partner.Answer;
import dev.refundhub.connectors.partner.Outcome;
import dev.refundhub.messages.PartnerReport;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ReportsTest {

    @Test
    void theLastReportHoldsTheNewestOfWhatWasTriedHoweverOftenThatWas() {
        PartnerReport report = report(60_000);

        assertEquals(100, report.evidence().size());
        assertEquals("60000", report.evidence().get(99).said());
        assertEquals(60_000, report.attempts());
    }

    @Test
    void aFewTriesAreAllInIt() {
        assertEquals(3, report(3).evidence().size());
    }

    @Test
    void anotherAmountThatMovedIsNotForgottenWhenItIsSaidToHaveFailed() {
        Answer another = Answer.of(Outcome.UNCLEAR, "ANOTHER_AMOUNT").moved(500);
        PartnerReport told = Reports.of(call(null, List.of()), another, State.ASKING, List.of())
                .orElseThrow();

        assertEquals(
                Outcome.UNCLEAR,
                Reports.believed(call(told, List.of()), Answer.of(Outcome.DECLINED, null))
                        .outcome());
    }

    private static PartnerReport report(int tries) {
        List<Attempt> attempts = IntStream.rangeClosed(1, tries)
                .mapToObj(no -> new Attempt(no, Instant.EPOCH, "", 429, Integer.toString(no)))
                .toList();
        return Reports.of(call(null, attempts), Answer.of(Outcome.NOT_SENT, "BUSY"), State.DONE, List.of())
                .orElseThrow();
    }

    private static Call call(PartnerReport report, List<Attempt> attempts) {
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
                State.ASKING,
                1,
                Duration.ZERO,
                0,
                report,
                null,
                attempts);
    }
}
