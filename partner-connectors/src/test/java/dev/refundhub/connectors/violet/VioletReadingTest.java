package dev.refundhub.connectors.violet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.refundhub.connectors.exchange.Ended.Answered;
import dev.refundhub.connectors.exchange.Ended.NoAnswer;
import dev.refundhub.connectors.partner.Answer;
import dev.refundhub.connectors.partner.Outcome;
import dev.refundhub.connectors.partner.Reading;
import dev.refundhub.messages.VioletPayment;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VioletReadingTest {

    private static final String OURS = "hub-k3v9q2x7m4t8r6wz";
    private static final String SISTER = "hub-aaaaaaaaaaaaaaaa";

    @Test
    void violetsOwnListIsReadPlainAndPaged() {
        String list = VioletOutcomeTest.sample("list");

        Reading.Found plain = found(List.of(), list);
        Reading.Found paged = found(List.of(), "{\"content\":" + list + ",\"last\":true}");

        assertEquals(2, plain.others().size());
        assertEquals(plain, paged);
        assertEquals(400, plain.others().get(0).refund().amountMinor());
    }

    @Test
    void aListThatGoesOnIsNotReadAtAll() {
        Reading reading = read(List.of(), 200, "{\"content\":[],\"last\":false}");

        assertInstanceOf(Reading.Failed.class, reading);
    }

    @Test
    void ourReferenceStandsFirstInTheReason() {
        assertTrue(found(List.of(), list(refund(1, "COMPLETED", OURS))).ours().isPresent());
        assertTrue(found(List.of(), list(refund(1, "COMPLETED", OURS + " and our words")))
                .ours()
                .isPresent());
        assertTrue(found(List.of(), list(refund(1, "COMPLETED", "about " + OURS)))
                .ours()
                .isEmpty());
        assertTrue(found(List.of(), list(refund(1, "COMPLETED", OURS + "x")))
                .ours()
                .isEmpty());
    }

    @Test
    void aLookAlikeIsNeverAdopted() {
        Reading.Found found = found(List.of(), list(refund(1, "COMPLETED", "another reason, same amount")));

        assertTrue(found.ours().isEmpty());
        assertEquals(1, found.others().size());
    }

    @Test
    void whatIsKnownAndWhatMovedNothingStandsInNobodysWay() {
        String list = list(refund(7, "COMPLETED", ""), refund(8, "FAILED", ""), refund(9, "CANCELED", SISTER));

        assertEquals(List.of(), found(List.of("7"), list).others());
    }

    @Test
    void anotherInstructionIsNamedByItsReference() {
        Reading.Found found = found(List.of(), list(refund(1, "PROCESSING", SISTER + " words")));

        assertEquals(SISTER, found.others().get(0).reference());
    }

    @Test
    void theSameReferenceTwiceWithMoneyIsUnclear() {
        Reading.Found found = found(List.of(), list(refund(1, "COMPLETED", OURS), refund(2, "COMPLETED", OURS)));

        assertEquals(Outcome.UNCLEAR, found.ours().orElseThrow().outcome());
    }

    @Test
    void theSameReferenceAfterAFailureIsWhatMoved() {
        Reading.Found found = found(List.of(), list(refund(1, "FAILED", OURS), refund(2, "COMPLETED", OURS)));

        assertEquals(Outcome.COMPLETED, found.ours().orElseThrow().outcome());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "null", "{}", "{\"content\":7}", "[{}]", "[null]", "[{\"id\":1}]", "<html>", "[] []"})
    void anUnreadableListIsNotEmpty(String body) {
        assertEquals(Outcome.NOT_SENT, failed(read(List.of(), 200, body)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ",\"last\":null", ",\"last\":\"true\"", ",\"last\":1", ",\"total_elements\":1"})
    void aPageThatMayBeOneOfManyIsNotRead(String rest) {
        assertEquals(Outcome.NOT_SENT, failed(read(List.of(), 200, "{\"content\":[]" + rest + "}")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"last\":true", "\"total_elements\":1", "\"last\":true,\"total_elements\":1"})
    void aPageThatSaysItIsTheOnlyOneIsRead(String saysSo) {
        String page = "{\"content\":[" + refund(1, "COMPLETED", OURS) + "]," + saysSo + "}";

        assertTrue(found(List.of(), page).ours().isPresent());
    }

    @Test
    void whatHasNoReferenceIsFoundByTheIdItWasToldBy() {
        Answered list =
                new Answered(200, null, list("{\"id\":7,\"status\":\"FAILED\"}", refund(8, "COMPLETED", SISTER)));

        assertTrue(ours(list, "7"));
        assertFalse(ours(list, "8"), "it carries another reference");
        assertFalse(ours(list, null));
    }

    private static boolean ours(Answered list, String knownAs) {
        Reading reading = VioletReading.of(asked(List.of()), knownAs, list);
        return assertInstanceOf(Reading.Found.class, reading).ours().isPresent();
    }

    @Test
    void whoMayNotLookKnowsNothingAndTriesAgain() {
        String unknown = "{\"message\":\"Order could not be found.\",\"error\":\"order_not_found\",\"code\":4216}";

        assertEquals(Answer.of(Outcome.NOT_SENT, "ORDER_NOT_FOUND").said("4216").by(404, null), why(unknown));
        assertEquals(Outcome.NOT_SENT, failed(read(List.of(), 404, "<html>")));
        assertEquals(Outcome.NOT_SENT, failed(read(List.of(), 500, "")));
        assertEquals(Outcome.NOT_SENT, failed(VioletReading.of(asked(List.of()), null, new NoAnswer("TIMED_OUT"))));
    }

    private static Answer why(String refusal) {
        return assertInstanceOf(Reading.Failed.class, read(List.of(), 404, refusal))
                .why();
    }

    private static Outcome failed(Reading reading) {
        return assertInstanceOf(Reading.Failed.class, reading).why().outcome();
    }

    private static Reading.Found found(List<String> known, String body) {
        return assertInstanceOf(Reading.Found.class, read(known, 200, body));
    }

    private static Reading read(List<String> known, int status, String body) {
        return VioletReading.of(asked(known), null, new Answered(status, null, body));
    }

    private static String list(String... refunds) {
        return "[" + String.join(",", refunds) + "]";
    }

    private static String refund(long id, String status, String reason) {
        return "{\"id\":%d,\"status\":\"%s\",\"amount\":2500,\"refund_currency\":\"USD\",\"reason\":\"%s\",\"date_created\":\"2025-03-10T14:00:35+0000\"}"
                .formatted(id, status, reason);
    }

    private static VioletPayment asked(List<String> known) {
        return new VioletPayment(
                OURS, "PAY", "acme", "1", 1, "violet", 61001, 62001, "USD", 2500, 0, List.of(), false, true, "", known);
    }
}
