package dev.refundhub.refunds;

import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.refundhub.messages.PartnerClaim;
import dev.refundhub.messages.PartnerReport;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Nothing is owed and unowned: everything unfinished has a next time or a person. */
@QuarkusTest
@QuarkusTestResource(Surroundings.class)
class RemindersTest {

    private static final String SELLER = Tokens.seller("acme");

    private final String order = UUID.randomUUID().toString();
    private final String key = "acme/" + order;
    private Topics topics;

    @BeforeEach
    void anOrder() {
        topics = new Topics();
        Api.put(Samples.order("acme", order, 1));
    }

    @AfterEach
    void close() {
        topics.close();
    }

    @Test
    void aPaymentWithoutALastWordIsToldAgainWithTheSameId() throws SQLException {
        long id = aRefund(true, true);
        List<JsonNode> first = said("violet-instructions", 1);

        comesDue(id);

        List<JsonNode> both = said("violet-instructions", 2);
        assertEquals(first.get(0), both.get(1));
        Api.get(SELLER, id).then().body("data.version", equalTo(2));
        assertEquals(
                1,
                Rows.count(
                        "select count(*) from refund where id = ? and reminders = 1"
                                + " and due_at > now() + interval '50 minutes'",
                        id));
    }

    @Test
    void aConfirmationThatIsOwedIsToldAgain() throws SQLException {
        topics.tell(
                "partner-events",
                key,
                PartnerClaim.TYPE,
                Samples.claim("acme", order, String.valueOf(System.nanoTime()), Samples.LINE, null));
        long id = topics.awaitEvent(key, e -> true).get("refundId").asLong();
        Api.act(SELLER, id, "{\"action\":\"APPROVE\"}");
        JsonNode pay = said("violet-instructions", 1).get(0);
        topics.tell(
                PartnerReport.TOPIC,
                key,
                PartnerReport.TYPE,
                Samples.report(pay.get("instructionId").asText(), order, id, 1, "COMPLETED", true, 21077));
        List<JsonNode> first = said("shipped-suite-instructions", 1);

        comesDue(id);

        assertEquals(first.get(0), said("shipped-suite-instructions", 2).get(1));
    }

    @Test
    void whatNobodyHasDoneForTooLongIsForAPerson() throws SQLException {
        long waiting = aRefund(false, true);
        long requested = aRefund(true, false);

        comesDue(waiting);
        comesDue(requested);

        for (long id : new long[] {waiting, requested}) {
            topics.awaitEvent(
                    key,
                    e -> e.get("refundId").asLong() == id
                            && e.get("holds").toString().equals("[\"OVERDUE\"]"));
        }
        Api.act(SELLER, requested, "{\"action\":\"APPROVE\"}")
                .then()
                .statusCode(200)
                .body("data.holds", equalTo(List.of()));
        Api.act(SELLER, waiting, "{\"action\":\"RECEIVE\"}")
                .then()
                .statusCode(200)
                .body("data.holds", equalTo(List.of()));
    }

    @Test
    void theDatabaseItselfRefusesWhatNobodyOwns() {
        long id = aRefund(true, false);

        assertThrows(SQLException.class, () -> Rows.change("update refund set due_at = null where id = " + id));
        assertEquals(
                0,
                Rows.count("select count(*) from refund where due_at is null and holds = '[]'"
                        + " and (status in ('REQUESTED', 'WAITING', 'PROCESSING') or confirmation_state = 'OWED')"));
        assertEquals(
                0,
                Rows.count("select count(*) from payout p join refund r on r.id = p.refund_id"
                        + " where p.channel = 'VIOLET' and not p.replaced and not p.final and r.due_at is null"));
    }

    private long aRefund(boolean refundOnly, boolean approve) {
        return Api.id(Api.ask(
                SELLER,
                "{\"orderId\":\"%s\",\"reason\":\"r\",\"amount\":1,\"refundOnly\":%b,\"approve\":%b}"
                        .formatted(order, refundOnly, approve)));
    }

    private static void comesDue(long id) throws SQLException {
        assertTrue(Rows.count("select count(*) from refund where id = ? and due_at is not null", id) == 1);
        Rows.change("update refund set due_at = now() - interval '1 minute' where id = " + id);
    }

    private List<JsonNode> said(String topic, int times) {
        return Awaitility.await()
                .atMost(Topics.BOUND)
                .until(() -> topics.heard(topic, key), said -> said.size() == times);
    }
}
