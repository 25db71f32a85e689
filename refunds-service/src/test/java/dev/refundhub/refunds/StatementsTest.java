package dev.refundhub.refunds;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.refundhub.messages.MerchantOrder;
import dev.refundhub.messages.PartnerClaim;
import dev.refundhub.messages.PartnerReport;
import dev.refundhub.refunds.inbox.Inbox;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.function.BiConsumer;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/**
 * How many statements an operation sends; what Hibernate sends as one batch counts once. More than these is a step back.
 * (Orders are locked by one and read with their lines by another: what somebody else did to the lines meanwhile must be seen.)
 */
@QuarkusTest
@QuarkusTestResource(Surroundings.class)
class StatementsTest {

    private static final String SELLER = Tokens.seller("acme");
    private static final int CLAIMS = 100;
    private static final int TOGETHER = 60;
    private static final int VERSIONS = 60;
    private static final String APPROVES_ALL =
            """
            {"sources": {"acme-shipped": {"autoApprove": {"USD": {"upTo": 500.00, "perDay": 10000000.00}}}}}
            """;

    private final String order = UUID.randomUUID().toString();

    @Test
    void aRequestAnApprovalAndAReport() {
        Api.put(Samples.order("acme", order, 1));
        try (Statements statements = new Statements();
                Topics topics = new Topics()) {
            long id = Api.id(Api.ask(
                    SELLER, "{\"orderId\":\"%s\",\"reason\":\"r\",\"amount\":1,\"refundOnly\":true}".formatted(order)));
            atMost(9, statements.taken(), "create");

            Api.act(SELLER, id, "{\"action\":\"APPROVE\"}").then().statusCode(200);
            atMost(9, statements.taken(), "approve");

            String reference = Api.get(SELLER, id).jsonPath().getString("data.payouts[0].reference");
            statements.taken();
            topics.tell(
                    PartnerReport.TOPIC,
                    "acme/" + order,
                    PartnerReport.TYPE,
                    Samples.report(reference, order, id, 1, "COMPLETED", true, 100));
            topics.awaitEvent("acme/" + order, e -> e.get("status").asText().equals("ISSUED"));
            atMost(9, statements.taken(), "report");
        }
    }

    /** Hibernate keeps no translation of a query that takes a list, and translating costs more than asking. */
    @Test
    void aRequestAsksNothingThatIsTranslatedEachTime() {
        Api.put(Samples.order("acme", order, 1));
        try (Statements statements = new Statements()) {
            Api.id(Api.ask(
                    SELLER, "{\"orderId\":\"%s\",\"reason\":\"r\",\"amount\":1,\"refundOnly\":true}".formatted(order)));

            List<String> sent = statements.taken();
            assertEquals(
                    List.of(), sent.stream().filter(s -> s.contains(" in (")).toList());
        }
    }

    /** All of a transaction's orders and refunds are read by one statement each, and written in batches. */
    @Test
    void aBatchSendsAsManyStatementsAsASingleClaim() throws SQLException {
        Api.policy("acme", "{}");

        Sent sent = claims();

        atMost((int) (10 * sent.transactions()) + 4, sent.statements(), sent.transactions() + " batches");
        assertEquals(CLAIMS, refunds("REQUESTED"));
    }

    /** The same, and limits read and written, payouts, and messages, of which more than 200 make two. */
    @Test
    void aBatchThatAPolicyApprovesSendsAsManyStatementsAsASingleClaim() throws SQLException {
        Api.policy("acme", APPROVES_ALL);

        Sent sent = claims();

        atMost((int) (13 * sent.transactions()) + 1, sent.statements(), sent.transactions() + " batches");
        assertEquals(CLAIMS, refunds("PROCESSING"));
    }

    /** Whatever orders tell of what was given back elsewhere, it is asked for once, and all ids are fetched at once. */
    @Test
    void aBatchOfOrdersWithFactsAsksOnceForAllOfThem() throws SQLException {
        List<String> sent = sentTogether(
                (topics, each) -> topics.tell(
                        MerchantOrder.TOPIC, "x", MerchantOrder.TYPE, withAFact(Samples.order("acme", each, 3))),
                () -> refunds("ISSUED") == TOGETHER);

        fewOf("nextval('refund_id')", sent);
        fewOf("r1_0.source_ref", sent);
    }

    /** Two hundred orders may tell two hundred thousand. */
    @Test
    void noStatementAsksForMoreThanAThousandFacts() throws SQLException {
        List<MerchantOrder.RefundedElsewhere> many = IntStream.range(0, 30)
                .mapToObj(i -> new MerchantOrder.RefundedElsewhere("re_" + i, 1, List.of()))
                .toList();

        List<String> sent = sentTogether(
                (topics, each) -> topics.tell(
                        MerchantOrder.TOPIC, "x", MerchantOrder.TYPE, with(many, Samples.order("acme", each, 3))),
                () -> refunds("ISSUED") == (long) TOGETHER * many.size());

        List<Long> asked = sent.stream()
                .filter(s -> s.contains("r1_0.source_ref in ("))
                .map(s -> s.chars().filter(c -> c == '$').count())
                .toList();
        long most = 1_024 + 2; // lists have as many places as the next power of two; seller and kind
        assertTrue(asked.stream().allMatch(parameters -> parameters <= most), asked.toString());
        assertTrue(asked.stream().anyMatch(parameters -> parameters > 900), asked.toString());
    }

    @Test
    void claimsForOrdersThatNobodyKnowsAreParkedTogether() throws SQLException {
        List<String> sent = sentTogether(
                (topics, each) -> topics.tell(
                        PartnerClaim.TOPIC,
                        "x",
                        PartnerClaim.TYPE,
                        Samples.claim("acme", each, each, Samples.LINE, null, Instant.now())),
                () -> Rows.count("select count(*) from parked_event where order_id like ?", "%-" + order)
                        == TOGETHER - 1);

        fewOf("insert into parked_event", sent);
    }

    @Test
    void reportsAboutWhatNobodyKnowsArePutAsideTogether() throws SQLException {
        List<String> sent = sentTogether(
                (topics, each) -> topics.tell(
                        PartnerReport.TOPIC,
                        "acme/" + order,
                        PartnerReport.TYPE,
                        Samples.report("hub-" + each, each, 1, 1, "COMPLETED", true, 100)),
                () -> Rows.count("select count(*) from dead_letter where key = ?", "acme/" + order) == TOGETHER);

        fewOf("insert into dead_letter", sent);
    }

    private static void fewOf(String words, List<String> sent) {
        long times = sent.stream().filter(s -> s.contains(words)).count();
        assertTrue(times >= 1 && times <= 5, TOGETHER + " took " + times + " of " + words);
    }

    /** Of these orders only the first is known. */
    private List<String> sentTogether(BiConsumer<Topics, String> tell, Callable<Boolean> isDone) throws SQLException {
        List<String> orders = orders(TOGETHER);
        Api.put(Samples.order("acme", orders.get(0), 1));
        return sentTogether(orders, tell, isDone);
    }

    private List<String> orders(int many) {
        return IntStream.range(0, many).mapToObj(i -> i + "-" + order).toList();
    }

    /** What is sent for what comes together, since the first of it waits for its order. */
    private static List<String> sentTogether(
            List<String> orders, BiConsumer<Topics, String> tell, Callable<Boolean> isDone) throws SQLException {
        try (Statements statements = new Statements();
                Topics topics = new Topics()) {
            try (Rows.Lock held =
                    Rows.lock("select 1 from customer_order where order_id = '" + orders.get(0) + "' for update")) {
                assertTrue(held.isHeld());
                orders.forEach(each -> tell.accept(topics, each));
                statements.taken();
            }
            Awaitility.await().atMost(Topics.BOUND).until(isDone);
            return statements.taken();
        }
    }

    /** Taken alone after their batch has failed, they would be booked right too, and slowly. */
    @Test
    void aFactThatABatchTellsTwiceIsBookedOnceAndFailsNoBatch() throws SQLException {
        Api.put(Samples.order("acme", order, 1));
        try (Statements said = Statements.saidBy(Inbox.class);
                Topics topics = new Topics()) {
            try (Rows.Lock held =
                    Rows.lock("select 1 from customer_order where order_id = '" + order + "' for update")) {
                assertTrue(held.isHeld());
                for (long version = 2; version <= VERSIONS; version++) {
                    topics.tell(MerchantOrder.TOPIC, "acme/" + order, MerchantOrder.TYPE, withAFact(version));
                }
            }
            Awaitility.await()
                    .atMost(Topics.BOUND)
                    .until(() ->
                            Rows.count("select version from customer_order where order_id = ?", order) == VERSIONS);

            assertEquals(List.of(), said.taken());
            assertEquals(1, Rows.count("select count(*) from refund where order_id = ?", order));
        }
    }

    /** From the third on. */
    private MerchantOrder withAFact(long version) {
        return withAFact(Samples.order("acme", order, version));
    }

    private static MerchantOrder withAFact(MerchantOrder told) {
        return with(
                told.version() < 3 ? List.of() : List.of(new MerchantOrder.RefundedElsewhere("re_1", 500, List.of())),
                told);
    }

    private static MerchantOrder with(List<MerchantOrder.RefundedElsewhere> facts, MerchantOrder told) {
        return new MerchantOrder(
                told.seller(),
                told.orderId(),
                told.number(),
                told.version(),
                told.placedAt(),
                told.currency(),
                told.paidMinor(),
                told.discountMinor(),
                told.customer(),
                told.lines(),
                told.shipping(),
                facts,
                null);
    }

    private record Sent(List<String> statements, long transactions) {}

    /** A hundred claims that come together, since the first of them waits for its order. */
    private Sent claims() throws SQLException {
        List<String> orders = orders(CLAIMS);
        orders.forEach(each -> Api.put(Samples.order("acme", each, 1)));
        List<String> sent = sentTogether(
                orders,
                (topics, each) -> topics.tell(
                        PartnerClaim.TOPIC,
                        "x",
                        PartnerClaim.TYPE,
                        Samples.claim("acme", each, each, Samples.LINE, null, Instant.now())),
                () -> Rows.count("select count(*) from refund where order_id like ?", "%-" + order) == CLAIMS);
        long transactions =
                sent.stream().filter(s -> s.contains("nextval('refund_id')")).count();
        assertTrue(transactions <= 5, "100 claims took " + transactions + " transactions");
        return new Sent(sent, transactions);
    }

    private long refunds(String status) {
        return Rows.count("select count(*) from refund where status = ? and order_id like ?", status, "%-" + order);
    }

    private static void atMost(int most, List<String> sent, String operation) {
        assertTrue(
                sent.size() <= most, operation + " sent " + sent.size() + " statements:\n" + String.join("\n", sent));
    }
}
