package dev.refundhub.connectors.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.refundhub.connectors.partner.Answer;
import dev.refundhub.connectors.partner.Outcome;
import dev.refundhub.messages.PartnerReport;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.IOException;
import java.net.URL;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.config.spi.ConfigSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What follows what, by the schedules of the service's own configuration. */
class NextTest {

    private final Patience patience = new Patience(settings());

    @ParameterizedTest
    @CsvSource({
        "COMPLETED, DONE, 0",
        "DECLINED, DONE, 0",
        "ACCEPTED, ASKING, 30",
        "PARTLY, ASKING, 30",
        "UNCLEAR, ASKING, 30",
    })
    void anAnswerEndsTheCallOrIsAskedFor(Outcome outcome, State state, long seconds) {
        Next next = Next.afterTrying(call(null, 0, 0), Answer.of(outcome, null), patience);

        assertEquals(state, next.state());
        assertEquals(Duration.ofSeconds(seconds), next.in());
    }

    @ParameterizedTest
    @EnumSource(Outcome.class)
    void onlyWhatCertainlyWasNotSentIsEverDueAgain(Outcome outcome) {
        Next next = Next.afterTrying(call(null, 0, 0), Answer.of(outcome, null), patience);

        assertEquals(outcome == Outcome.NOT_SENT, next.state() == State.DUE);
    }

    @ParameterizedTest
    @CsvSource({"0, 1", "1, 2", "5, 32", "9, 512", "10, 600", "60, 600"})
    void whatWasNotSentWaitsLongerEachTimeAndNeverInStep(int tries, long mostSeconds) {
        Next next = Next.afterTrying(call(null, 0, tries), Answer.of(Outcome.NOT_SENT, null), patience);

        assertTrue(next.in().compareTo(Duration.ofSeconds(mostSeconds)) <= 0, next::toString);
        assertTrue(next.in().compareTo(Duration.ofSeconds(mostSeconds).dividedBy(2)) >= 0, next::toString);
    }

    @Test
    void anUnclearConfirmationIsToldAgainForADayAndThenStaysUnclear() {
        Answer unclear = Answer.of(Outcome.UNCLEAR, null);
        Call last = call("CONFIRM", null, Duration.ofHours(24).toSeconds(), 99);

        Next next = Next.afterTrying(call("CONFIRM", null, 0, 0), unclear, patience);

        assertEquals(State.DUE, next.state());
        assertTrue(next.in().compareTo(Duration.ofSeconds(1)) <= 0, next::toString);
        assertEquals(Next.done(), Next.afterTrying(last, unclear, patience));
    }

    @Test
    void aPartnerThatSaysWhenIsBelieved() {
        Answer answer = Answer.of(Outcome.NOT_SENT, null).by(429, Duration.ofSeconds(7));

        assertEquals(
                Duration.ofSeconds(7),
                Next.afterTrying(call(null, 0, 5), answer, patience).in());
    }

    @Test
    void afterADayItIsGivenUp() {
        Call old = call(null, Duration.ofHours(24).toSeconds(), 99);

        assertEquals(
                State.DONE,
                Next.afterTrying(old, Answer.of(Outcome.NOT_SENT, null), patience)
                        .state());
    }

    @ParameterizedTest
    @CsvSource({"30, 90", "31, 89", "120, 480", "600, 3000", "3600, 18000", "21600, 64800"})
    void whatIsUnclearIsLookedUpByItsSchedule(long age, long in) {
        Next next = Next.afterNothingNew(call("UNCLEAR", age, 0), patience);

        assertEquals(new Next(State.ASKING, Duration.ofSeconds(in), false), next);
    }

    @Test
    void whatIsStillUnclearAfterADayIsForAPerson() {
        assertEquals(Next.done(), Next.afterNothingNew(call("UNCLEAR", 86_400, 0), patience));
    }

    @Test
    void aLookThatFailedIsNoLook() {
        Next next = Next.afterFailing(call("UNCLEAR", 86_400, 0), patience);

        assertEquals(new Next(State.ASKING, Duration.ofMinutes(10), false), next);
        assertEquals(Next.done(), Next.afterFailing(call("UNCLEAR", 2 * 86_400, 0), patience));
    }

    @ParameterizedTest
    @CsvSource({"30, 90", "3600, 21600", "25200, 21600", "604799, 21600"})
    void whatIsUndecidedIsAskedForSevenDays(long age, long in) {
        Next next = Next.afterFinding(call("ACCEPTED", age, 0), Answer.of(Outcome.ACCEPTED, null), patience);

        assertEquals(new Next(State.ASKING, Duration.ofSeconds(in), false), next);
    }

    @Test
    void whatIsUndecidedAfterSevenDaysIsForAPerson() {
        Call old = call("ACCEPTED", Duration.ofDays(7).toSeconds(), 0);

        assertEquals(Next.done(), Next.afterFinding(old, Answer.of(Outcome.ACCEPTED, null), patience));
    }

    private static Call call(String reported, long ageSeconds, int tries) {
        return call("PAY", reported, ageSeconds, tries);
    }

    private static Call call(String kind, String reported, long ageSeconds, int tries) {
        PartnerReport report = reported == null
                ? null
                : new PartnerReport(
                        "hub-1",
                        "acme",
                        "1",
                        1,
                        kind,
                        1,
                        reported,
                        false,
                        0,
                        "USD",
                        null,
                        null,
                        null,
                        1,
                        Instant.EPOCH,
                        List.of(),
                        List.of());
        State state = reported == null ? State.DUE : State.ASKING;
        return new Call(
                "hub-1",
                kind,
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
                Duration.ofSeconds(ageSeconds),
                tries,
                report,
                null,
                List.of());
    }

    private static JournalSettings settings() {
        URL properties = NextTest.class.getResource("/application.properties");
        return new SmallRyeConfigBuilder()
                .withSources(source(properties))
                .addDiscoveredConverters()
                .withMapping(JournalSettings.class)
                .withValidateUnknown(false)
                .build()
                .getConfigMapping(JournalSettings.class);
    }

    private static ConfigSource source(URL properties) {
        try {
            return new PropertiesConfigSource(properties);
        } catch (IOException failure) {
            throw new AssertionError(failure);
        }
    }
}
