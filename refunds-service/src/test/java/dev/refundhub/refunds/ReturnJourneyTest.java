package dev.refundhub.refunds;

import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.refundhub.messages.InstantRefund;
import dev.refundhub.messages.MerchantOrder;
import dev.refundhub.messages.PartnerClaim;
import dev.refundhub.messages.PartnerReturn;
import dev.refundhub.messages.PartnerReturn.Item;
import dev.refundhub.messages.SaleHint;
import dev.refundhub.refunds.inbox.Inbox;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What partners say of returns, replacements and sales, from the topic to the database and out again. */
@QuarkusTest
@QuarkusTestResource(Surroundings.class)
class ReturnJourneyTest {

    private static final Instant START = Instant.parse("2026-03-31T23:00:00Z");
    private static final String APPROVES_ALL =
            """
            {"sources": {"acme-optoro": {"autoApprove": {"USD": {"upTo": 500.00, "perDay": 10000000.00}}},
                         "acme-shipped": {"autoApprove": {"USD": {"upTo": 500.00, "perDay": 10000000.00}}}}}
            """;

    private final String order = UUID.randomUUID().toString();
    private final String key = "acme/" + order;

    /** A name of which not every sign is one char: it is found by how it begins. */
    private final String rma = "RMA-📦-" + order;

    private Topics topics;

    @BeforeEach
    void open() {
        topics = new Topics();
        Api.policy("acme", APPROVES_ALL);
    }

    @AfterEach
    void close() {
        topics.close();
    }

    @Test
    void aReturnIsWaitedForAndPaidWhenItsGoodsAreHereAndALateOldSnapshotChangesNothing() {
        Api.put(Samples.order("acme", order, 1));
        tell("CREATED", 1, item("REFUND", "SHIPPED", 21077));
        await("WAITING");

        tell("CREATED", 3, item("REFUND", "RECEIVED", 21077));
        JsonNode paid = await("PROCESSING");
        tell("CREATED", 2, item("REFUND", "SHIPPED", 100));
        tell("CANCELED", 1, item("REFUND", "EXPECTED", 100));
        JsonNode after = marker();

        assertEquals(rma + "/" + order + "/34188136/1", paid.get("sourceRef").asText());
        assertEquals(21077, paid.get("amountMinor").asLong());
        assertEquals(1, topics.heard("violet-instructions", key).size());
        assertEquals(1, Rows.count("select count(*) from refund where order_id = ? and source_kind = 'OPTORO'", order));
        assertEquals("CANCELLED", after.get("status").asText());
    }

    /** The goods again, and their price: both stand in one snapshot, and one of them is beyond what was bought. */
    @Test
    void aReturnThatRefundsAndExchangesTheSameUnitIsBooked() {
        Api.put(Samples.order("acme", order, 1));

        tell("REFUNDED", 1, item("REFUND", "RECEIVED", 21077), item("EXCHANGE", "RECEIVED", 21077));

        await("ISSUED");
        assertEquals(2, Rows.count("select count(*) from refund where order_id = ?", order));
        assertTrue(Rows.count("select excess from customer_order where order_id = ?", order) > 0);
        assertEquals(0, Rows.count("select count(*) from dead_letter where key like ?", "%" + order + "%"));
    }

    @Test
    void aPartForAnOrderThatNobodyKnowsWaitsAloneAndIsFoundByItsNumber() {
        String other = "other-" + order;
        Api.put(Samples.order("acme", order, 1));
        tell(
                "CREATED",
                1,
                item("REFUND", "EXPECTED", 21077),
                new Item(null, "O-" + other, Samples.LINE, "REFUND", "EXPECTED", 21077L, "r", null));
        await("WAITING");
        assertEquals(
                1,
                Rows.count(
                        "select count(*) from parked_event where order_number = ? and reason = 'UNKNOWN_ORDER'",
                        "O-" + other));

        Api.put(Samples.order("acme", other, 1));

        JsonNode found =
                topics.awaitEvent("acme/" + other, e -> e.get("status").asText().equals("WAITING"));
        assertEquals(rma + "/" + other + "/34188136/1", found.get("sourceRef").asText());
        assertEquals(0, Rows.count("select count(*) from parked_event where order_number = ?", "O-" + other));
    }

    @Test
    void whatWaitsIsOfTheNewestSnapshotAlone() {
        String other = "other-" + order;
        Item unknown = new Item(null, "O-" + other, Samples.LINE, "REFUND", "EXPECTED", 21077L, "r", null);
        Api.put(Samples.order("acme", order, 1));
        tell("CREATED", 1, item("REFUND", "EXPECTED", 21077), unknown);
        Awaitility.await()
                .atMost(Topics.BOUND)
                .until(() -> Rows.count("select count(*) from parked_event where case_ref = ?", rma) == 1);

        tell("CREATED", 3, item("REFUND", "SHIPPED", 21077));
        Awaitility.await()
                .atMost(Topics.BOUND)
                .until(() -> Rows.count("select count(*) from parked_event where case_ref = ?", rma) == 0);
        tell("CREATED", 2, item("REFUND", "EXPECTED", 21077), unknown);
        marker();

        assertEquals(0, Rows.count("select count(*) from parked_event where case_ref = ?", rma));
        Api.put(Samples.order("acme", other, 1));
        assertEquals(0, Rows.count("select count(*) from refund where order_id = ?", other));
    }

    /** As a newer snapshot that comes at the same time takes it away. */
    @Test
    void whatIsTakenAwayWhileItsOrderComesIsNotTakenUpAndFailsNothing() throws SQLException {
        tell("CREATED", 1, item("REFUND", "EXPECTED", 21077));
        Awaitility.await()
                .atMost(Topics.BOUND)
                .until(() -> Rows.count("select count(*) from parked_event where case_ref = ?", rma) == 1);

        try (Statements said = Statements.saidBy(Inbox.class)) {
            try (Rows.Lock other = Rows.lock("delete from parked_event where case_ref = '" + rma + "'")) {
                topics.tell(MerchantOrder.TOPIC, key, MerchantOrder.TYPE, Samples.order("acme", order, 1));
                Awaitility.await()
                        .atMost(Topics.BOUND)
                        .until(() -> Rows.count("select count(*) from pg_stat_activity where wait_event_type = 'Lock'"
                                        + " and query like 'delete from parked_event%'")
                                == 1);
                other.commit();
            }
            Awaitility.await()
                    .atMost(Topics.BOUND)
                    .until(() -> Rows.count("select count(*) from customer_order where order_id = ?", order) == 1);

            assertEquals(List.of(), said.taken());
        }
        assertEquals(0, Rows.count("select count(*) from refund where order_id = ?", order));
    }

    @Test
    void aNumberThatTwoOrdersHaveIsForAPerson() {
        String number = "N-" + order;
        Api.put(numbered(order, number));
        Api.put(numbered("other-" + order, number));

        tell("CREATED", 1, new Item(null, number, Samples.LINE, "REFUND", "EXPECTED", 21077L, "r", null));

        Awaitility.await()
                .atMost(Topics.BOUND)
                .until(() -> Rows.count(
                                "select count(*) from parked_event where order_number = ? and reason = 'AMBIGUOUS'",
                                number)
                        == 1);
        assertEquals(0, Rows.count("select count(*) from refund where order_id = ?", order));
    }

    @Test
    void aGiftIsPaidByHandAsAGiftCard() {
        Api.put(Samples.order("acme", order, 1));

        topics.tell(
                PartnerReturn.TOPIC,
                "acme/acme-optoro/" + rma,
                PartnerReturn.TYPE,
                snapshot("CREATED", 1, "customer-keep", true, item("REFUND", "EXPECTED", 21077)));
        JsonNode held = topics.awaitEvent(key, e -> true);
        long id = held.get("refundId").asLong();
        Api.act(Tokens.seller("acme"), id, "{\"action\":\"APPROVE\"}")
                .then()
                .body("data.status", equalTo("PROCESSING"))
                .body("data.payouts.channel", hasItem("MANUAL"))
                .body("data.holds.code", hasItem("GIFT_CARD"));
        Api.act(Tokens.seller("acme"), id, "{\"action\":\"MARK_ISSUED\",\"reference\":\"card-1\"}")
                .then()
                .body("data.status", equalTo("ISSUED"));

        assertEquals(0, topics.heard("violet-instructions", key).size());
    }

    @Test
    void aReplacementUsesUpItsUnitsAndIsNeverPaidOrConfirmed() {
        Api.put(Samples.order("acme", order, 1));

        PartnerClaim claim = Samples.claim("acme", order, "replacement-" + order, Samples.LINE, null);
        topics.tell(
                PartnerClaim.TOPIC,
                "x",
                PartnerClaim.TYPE,
                new PartnerClaim(
                        claim.seller(),
                        claim.source(),
                        claim.partner(),
                        claim.deliveryId(),
                        claim.receivedAt(),
                        claim.caseRef(),
                        claim.order(),
                        "REPLACEMENT",
                        claim.reason(),
                        claim.items(),
                        null));
        JsonNode approved = await("PROCESSING");
        assertEquals("EXTERNAL", approved.at("/payouts/0/channel").asText());

        Api.act(
                        Tokens.seller("acme"),
                        approved.get("refundId").asLong(),
                        "{\"action\":\"MARK_ISSUED\",\"reference\":\"SO-2\"}")
                .then()
                .body("data.status", equalTo("ISSUED"))
                .body("data.payouts.channel", hasItem("EXTERNAL"))
                .body("data.confirmation", equalTo(null));

        assertEquals(0, topics.heard("violet-instructions", key).size());
        assertEquals(0, topics.heard("shipped-suite-instructions", key).size());
        assertEquals(1, Rows.count("select units_issued from order_line where order_id = ? and kind = 'ITEM'", order));
    }

    @Test
    void aPartnerWhoOnlyKnowsTheNumberIsUnderstoodWhetherOrNotTheOrderHasCome() {
        tellInstant("rfd-1-" + order);
        Awaitility.await()
                .atMost(Topics.BOUND)
                .until(() -> Rows.count("select count(*) from parked_event where order_number = ?", "O-" + order) == 1);

        Api.put(Samples.order("acme", order, 1, 2, null));
        topics.awaitEvent(key, e -> e.get("sourceRef").asText().equals("rfd-1-" + order));
        tellInstant("rfd-2-" + order);

        topics.awaitEvent(key, e -> e.get("sourceRef").asText().equals("rfd-2-" + order));
    }

    @Test
    void aHintLooksIntoTheBagsThatItMayMean() {
        long violetOrder = ThreadLocalRandom.current().nextLong(1, Integer.MAX_VALUE);
        Api.put(Samples.order("acme", order, 1, 1, null));
        hint(violetOrder, 12L);
        Awaitility.await()
                .atMost(Topics.BOUND)
                .until(() -> Rows.count("select count(*) from early_hint where violet_order_id = ?", violetOrder) == 1);

        Api.put(Samples.order("acme", order, 2, 1, new MerchantOrder.Violet(violetOrder, 12, 121)));
        awaitLooks(1);
        hint(violetOrder, null);
        List<JsonNode> looks = awaitLooks(2);

        assertEquals("READ", looks.get(1).get("kind").asText());
        assertEquals(12, looks.get(1).get("bagId").asLong());
        assertEquals("violet", looks.get(1).get("account").asText());
        assertEquals(0, Rows.count("select count(*) from early_hint where violet_order_id = ?", violetOrder));
    }

    private List<JsonNode> awaitLooks(int many) {
        return Awaitility.await()
                .atMost(Topics.BOUND)
                .until(() -> topics.heard("violet-instructions", key), looks -> looks.size() == many);
    }

    private void hint(long violetOrder, Long bag) {
        topics.tell(
                SaleHint.TOPIC,
                "violet/violet/" + violetOrder,
                SaleHint.TYPE,
                new SaleHint(
                        "violet",
                        "VIOLET",
                        UUID.randomUUID().toString(),
                        START,
                        String.valueOf(violetOrder),
                        "violet",
                        violetOrder,
                        bag,
                        "ORDER_REFUNDED"));
    }

    private void tellInstant(String ref) {
        topics.tell(
                InstantRefund.TOPIC,
                "x",
                InstantRefund.TYPE,
                new InstantRefund(
                        "acme",
                        "acme-refundid",
                        "REFUNDID",
                        UUID.randomUUID().toString(),
                        START,
                        ref,
                        new PartnerClaim.OrderRef(null, "O-" + order),
                        "REFUNDING",
                        100L,
                        "USD",
                        "size",
                        List.of()));
    }

    private static MerchantOrder numbered(String id, String number) {
        MerchantOrder order = Samples.order("acme", id, 1);
        return new MerchantOrder(
                order.seller(),
                order.orderId(),
                number,
                order.version(),
                order.placedAt(),
                order.currency(),
                order.paidMinor(),
                order.discountMinor(),
                order.customer(),
                order.lines(),
                order.shipping(),
                order.refundedElsewhere(),
                order.payment());
    }

    private Item item(String kind, String goods, long amount) {
        return new Item(order, "O-" + order, Samples.LINE, kind, goods, amount, "Too small", "1Z");
    }

    private void tell(String status, int minute, Item... items) {
        topics.tell(
                PartnerReturn.TOPIC,
                "acme/acme-optoro/" + rma,
                PartnerReturn.TYPE,
                snapshot(status, minute, "mail-back", false, items));
    }

    private PartnerReturn snapshot(String status, int minute, String method, boolean gift, Item... items) {
        return new PartnerReturn(
                "acme",
                "acme-optoro",
                "OPTORO",
                UUID.randomUUID().toString(),
                START,
                rma,
                status,
                START.plusSeconds(60L * minute),
                "sha-" + minute,
                method,
                gift,
                false,
                List.of(items));
    }

    private JsonNode await(String status) {
        return topics.awaitEvent(key, e -> e.get("status").asText().equals(status));
    }

    /** Comes after everything that was told before on the same key: so that what changes nothing is known to be over. */
    private JsonNode marker() {
        String other = "marker-" + order;
        Api.put(Samples.order("acme", other, 1));
        PartnerReturn whole = snapshot(
                "CREATED",
                1,
                "mail-back",
                false,
                new Item(other, null, Samples.LINE, "REFUND", "EXPECTED", 1L, null, null));
        String of = "acme/acme-optoro/" + rma;
        topics.tell(PartnerReturn.TOPIC, of, PartnerReturn.TYPE, of(whole, "M-" + order, "CREATED", 1));
        topics.tell(PartnerReturn.TOPIC, of, PartnerReturn.TYPE, of(whole, "M-" + order, "CANCELED", 2));
        return topics.awaitEvent("acme/" + other, e -> e.get("status").asText().equals("CANCELLED"));
    }

    private static PartnerReturn of(PartnerReturn told, String rma, String status, int minute) {
        return new PartnerReturn(
                told.seller(),
                told.source(),
                told.partner(),
                told.deliveryId(),
                told.receivedAt(),
                rma,
                status,
                START.plusSeconds(60L * minute),
                "sha-" + minute,
                told.returnMethod(),
                told.giftOnly(),
                told.receivingComplete(),
                told.items());
    }
}
