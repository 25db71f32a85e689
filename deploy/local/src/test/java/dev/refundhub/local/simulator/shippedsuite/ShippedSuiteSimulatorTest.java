package dev.refundhub.local.simulator.shippedsuite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.refundhub.local.simulator.Caller;
import dev.refundhub.local.simulator.Simulator;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ShippedSuiteSimulatorTest {

    private static final String BODY =
            "{\"external_id\":\"1001\",\"amount\":210.77,\"display_amount\":210.77,\"currency\":\"USD\"}";

    @TempDir
    Path directory;

    private Simulator simulator;

    @BeforeEach
    void start() throws Exception {
        simulator = ShippedSuiteSimulator.start(0, directory.resolve("shipped.jsonl"));
        stranger().send("PUT", "/_simulator/refunds/41", "{\"account\":\"acme\"}");
    }

    @AfterEach
    void stop() {
        simulator.close();
    }

    @Test
    void aConfirmationIsTakenAndStandsInTheLedger() throws Exception {
        assertEquals(200, acme().send("PATCH", "/v1/refunds/41", BODY).status());

        JsonNode what = confirmations().get(0).path("what");
        assertEquals("acme", what.path("account").asText());
        assertEquals(41, what.path("id").asInt());
        assertEquals("1001", what.at("/confirmation/external_id").asText());
        assertEquals(new BigDecimal("210.77"), what.at("/confirmation/amount").decimalValue());
        assertEquals(
                new BigDecimal("210.77"),
                what.at("/confirmation/display_amount").decimalValue());
        assertEquals("USD", what.at("/confirmation/currency").asText());
    }

    @Test
    void aConfirmationMayBeRepeated() throws Exception {
        acme().send("PATCH", "/v1/refunds/41", BODY);

        assertEquals(200, acme().send("PATCH", "/v1/refunds/41", BODY).status());
        assertEquals(2, confirmations().size());
    }

    @Test
    void onlyABearerOfASecretKeyIsHeard() throws Exception {
        for (String authorization :
                new String[] {"Bearer sk_development_other", "Bearer pk_development_acme", "sk_development_acme"}) {
            Caller.Reply reply = with(authorization).send("PATCH", "/v1/refunds/41", BODY);

            assertEquals(401, reply.status());
            assertTrue(reply.json().path("error").isTextual());
        }
        assertEquals(401, stranger().send("PATCH", "/v1/refunds/41", BODY).status());
        assertTrue(confirmations().isEmpty());
    }

    @Test
    void whatAnotherAccountWasSentIsUnknown() throws Exception {
        Caller globex = with("Bearer sk_development_globex");

        assertEquals(404, globex.send("PATCH", "/v1/refunds/41", BODY).status());
        assertEquals(404, acme().send("PATCH", "/v1/refunds/42", BODY).status());
        assertTrue(confirmations().isEmpty());
    }

    @Test
    void whileItLearnsEveryRequestIsKnown() throws Exception {
        stranger().send("PUT", "/_simulator/learning", "{\"on\":true}");
        assertEquals(200, acme().send("PATCH", "/v1/refunds/42", BODY).status());

        stranger().send("PUT", "/_simulator/learning", "{\"on\":false}");

        assertEquals(200, acme().send("PATCH", "/v1/refunds/42", BODY).status());
        assertEquals(404, acme().send("PATCH", "/v1/refunds/43", BODY).status());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    {"amount":1,"currency":"USD"}                               | external_id is missing
                    {"external_id":"","amount":1,"currency":"USD"}              | external_id is missing
                    {"external_id":"1","currency":"USD"}                        | amount is missing
                    {"external_id":"1","amount":"1.00","currency":"USD"}        | amount is invalid
                    {"external_id":"1","amount":-1,"currency":"USD"}            | amount is invalid
                    {"external_id":"1","amount":1,"display_amount":"1","currency":"USD"} | display_amount is invalid
                    {"external_id":"1","amount":1}                              | currency is missing
                    {"external_id":"1","amount":1,"currency":"dollars"}         | currency is invalid
                    [1]                                                         | body is invalid
                    {"external_id":                                             | body is invalid
                    """)
    void anIncompleteConfirmationIsRefused(String body, String error) throws Exception {
        Caller.Reply reply = acme().send("PATCH", "/v1/refunds/41", body);

        assertEquals(400, reply.status());
        assertEquals(error, reply.json().path("error").asText());
        assertTrue(confirmations().isEmpty());
    }

    @Test
    void aRestartRemembersEverything() throws Exception {
        acme().send("PATCH", "/v1/refunds/41", BODY);
        JsonNode ledger = stranger().get("/_simulator/ledger");
        simulator.close();

        simulator = ShippedSuiteSimulator.start(0, directory.resolve("shipped.jsonl"));

        assertEquals(ledger, stranger().get("/_simulator/ledger"));
        assertEquals(200, acme().send("PATCH", "/v1/refunds/41", BODY).status());
    }

    @Test
    void itBreaksDownInItsOwnWords() throws Exception {
        stranger().turn("[{\"behaviour\":\"FAIL_AFTER\"},{\"behaviour\":\"REFUSE\",\"code\":503}]");

        Caller.Reply failed = acme().send("PATCH", "/v1/refunds/41", BODY);
        Caller.Reply refused = acme().send("PATCH", "/v1/refunds/41", BODY);

        assertEquals(500, failed.status());
        assertTrue(failed.json().path("error").isTextual());
        assertEquals(503, refused.status());
        assertEquals(1, confirmations().size());
        assertEquals(2, stranger().get("/_simulator/exchanges").size());
    }

    @Test
    void whatOnlyVioletDoesIsNoKnobOfIt() {
        assertThrows(IllegalArgumentException.class, () -> stranger().turn("[{\"behaviour\":\"PROCESSING\"}]"));
    }

    @Test
    void anUnknownAccountIsNotSeeded() throws Exception {
        assertEquals(
                400,
                stranger()
                        .send("PUT", "/_simulator/refunds/41", "{\"account\":\"nobody\"}")
                        .status());
    }

    private Caller acme() {
        return with("Bearer sk_development_acme");
    }

    private Caller with(String authorization) {
        return new Caller(simulator.port(), Map.of("Authorization", authorization));
    }

    private Caller stranger() {
        return new Caller(simulator.port(), Map.of());
    }

    private JsonNode confirmations() throws IOException, InterruptedException {
        return stranger().get("/_simulator/ledger?kind=CONFIRMATION");
    }
}
