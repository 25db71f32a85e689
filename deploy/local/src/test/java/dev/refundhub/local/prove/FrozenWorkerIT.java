package dev.refundhub.local.prove;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import dev.refundhub.local.http.Http;
import dev.refundhub.local.stack.Directories;
import dev.refundhub.local.stack.Fleet;
import dev.refundhub.local.stack.FreePorts;
import dev.refundhub.local.stack.Service;
import dev.refundhub.messages.VioletPayment;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A worker stops in the middle of a payment, does not know it, and goes on when another has long taken over. */
@Tag("proof")
class FrozenWorkerIT {
    private static final Payments PAYMENTS = new Payments(9, "");
    private static int used;

    @TempDir
    static Path directory;

    private static Fleet fleet;

    private final VioletPayment payment = next();
    private Fleet.Member frozen;
    private Fleet.Member other;

    @BeforeAll
    static void start() {
        Path checkout = Path.of("../..").toAbsolutePath().normalize();
        Directories directories = new Directories(
                checkout, directory.resolve("state"), directory.resolve("state/data"), Path.of("target/it-logs"));
        // it has to be the fence that keeps a thawed worker from sending, not the end of its patience
        Map<String, String> settings = new HashMap<>(ConnectorsProof.IMPATIENT);
        settings.put("HUB_ACCOUNT_VIOLET_DEADLINE", "30s");
        settings.put("HUB_JOURNAL_SEND_WITHIN", "30s");
        settings.put("HUB_JOURNAL_LOOK_UP", "500ms,1s,2s,4s,8s,16s");
        fleet = new Fleet(directories, FreePorts.settings(Map.of()), settings, FrozenWorkerIT::say).start();
        new Payments(9, violet()).tellViolet();
    }

    @AfterAll
    static void stop() {
        fleet.close();
    }

    @AfterEach
    void endWorkers() {
        frozen.thaw();
        frozen.kill();
        if (other != null) {
            other.kill();
        }
    }

    @Test
    void whoFrozeBeforeItsCallSendsNothingWhenItThaws() {
        knob("HOLD", "GET", ".*/bags/.*/refunds", "");
        theFirstWorkerTakesThePayment();
        await().atMost(Duration.ofMinutes(1)).until(() -> unanswered("GET") == 1);

        frozen.freeze();
        release();
        anotherTakesOver();
        awaitOutcome("COMPLETED");

        theFirstIsItselfAgain();
        assertPaidOnce();
    }

    @Test
    void whoFrozeDuringItsCallIsNotSentAgainByWhoTookOver() {
        knob("HOLD", "POST", ".*/refunds", "");
        theFirstWorkerTakesThePayment();
        await().atMost(Duration.ofMinutes(1)).until(() -> unanswered("POST") == 1);

        frozen.freeze();
        anotherTakesOver();
        awaitOutcome("UNCLEAR");
        release();
        awaitOutcome("COMPLETED");

        theFirstIsItselfAgain();
        assertPaidOnce();
    }

    @Test
    void whoFrozeAfterItsCallIsSpokenForByViolet() {
        knob("ANSWER_LATE", "POST", ".*/refunds", ",\"millis\":1500");
        theFirstWorkerTakesThePayment();
        await().atMost(Duration.ofMinutes(1)).until(() -> paid() == 1);

        frozen.freeze();
        anotherTakesOver();
        awaitOutcome("COMPLETED");

        theFirstIsItselfAgain();
        assertPaidOnce();
    }

    private void theFirstWorkerTakesThePayment() {
        frozen = fleet.hire(Service.CONNECTORS);
        Payments.order(fleet.settings().kafka(), List.of(payment));
    }

    private void anotherTakesOver() {
        other = fleet.hire(Service.CONNECTORS);
    }

    /** It goes on where it stopped, and then makes another payment. */
    private void theFirstIsItselfAgain() {
        other.kill();
        other = null;
        frozen.thaw();
        VioletPayment another = next();
        Payments.order(fleet.settings().kafka(), List.of(another));
        await().atMost(Duration.ofMinutes(1)).until(() -> "COMPLETED DONE".equals(state(another)));
    }

    private void awaitOutcome(String outcome) {
        await().atMost(Duration.ofMinutes(1)).until(() -> state(payment).startsWith(outcome + " "));
    }

    private void assertPaidOnce() {
        assertEquals(1, paid());
        assertEquals("COMPLETED DONE", state(payment));
    }

    private long paid() {
        JsonNode ledger =
                Http.get(violet() + "/_simulator/ledger?kind=REFUND", Map.of()).json();
        return StreamSupport.stream(ledger.spliterator(), false)
                .filter(entry -> entry.at("/what/asked/reason").asText().startsWith(payment.instructionId()))
                .count();
    }

    private static long unanswered(String method) {
        JsonNode exchanges =
                Http.get(violet() + "/_simulator/exchanges", Map.of()).json();
        return StreamSupport.stream(exchanges.spliterator(), false)
                .filter(exchange -> exchange.get("method").asText().equals(method))
                .filter(exchange -> !exchange.hasNonNull("status"))
                .count();
    }

    private void knob(String behaviour, String method, String path, String rest) {
        Http.send("DELETE", violet() + "/_simulator/exchanges", Map.of(), new byte[0]);
        String knob =
                "[{\"behaviour\":\"%s\",\"method\":\"%s\",\"path\":\"%s\"%s}]".formatted(behaviour, method, path, rest);
        assertEquals(
                200,
                Http.send("POST", violet() + "/_simulator/knobs", Map.of(), knob.getBytes(StandardCharsets.UTF_8))
                        .status());
    }

    private static void release() {
        Http.send("POST", violet() + "/_simulator/release", Map.of(), new byte[0]);
    }

    private static String state(VioletPayment of) {
        String sql = "select (report::json ->> 'outcome') || ' ' || state from call where instruction_id = '"
                + of.instructionId() + "'";
        try (Connection connection = fleet.settings().databases().connect("connectors");
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            return rows.next() ? String.valueOf(rows.getString(1)) : "";
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String violet() {
        return fleet.settings().violetSimulator();
    }

    private static VioletPayment next() {
        return PAYMENTS.all().get(used++);
    }

    private static void say(String line) {
        System.out.println(line);
    }
}
