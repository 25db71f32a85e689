package dev.refundhub.refunds;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.refundhub.messages.MerchantOrder;
import dev.refundhub.messages.PartnerReport;
import dev.refundhub.refunds.order.Order;
import dev.refundhub.refunds.order.OrderKey;
import dev.refundhub.refunds.refund.Refunds;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.vertx.VertxContextSupport;
import io.restassured.response.Response;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(Surroundings.class)
class RacesTest {

    private static final String SELLER = Tokens.seller("acme");
    private static final int ROUNDS = 500;

    @Inject
    Refunds refunds;

    private final ExecutorService callers = Executors.newFixedThreadPool(32);

    @AfterEach
    void end() {
        callers.shutdownNow();
    }

    @Test
    void ofFiftyWhoAskForMostOfAnOrderOneSucceeds() {
        String order = anOrder();

        List<Response> answers = together(IntStream.range(0, 50)
                .<Callable<Response>>mapToObj(i -> () -> Api.ask(SELLER, asking(order, "126.46")))
                .toList());

        assertEquals(1, answers.stream().filter(a -> a.statusCode() == 201).count());
        assertEquals(49, answers.stream().filter(a -> a.statusCode() == 422).count());
        assertEquals(12646, Rows.count("select reserved from customer_order where order_id = ?", order));
    }

    @Test
    void theSameRequestThirtyTwoTimesAtOnceIsCarriedOutOnce() {
        String order = anOrder();
        String key = UUID.randomUUID().toString();

        List<Response> answers = together(Collections.nCopies(32, () -> Api.as(SELLER)
                .header("Idempotency-Key", key)
                .body(asking(order, "1.00"))
                .post("/api/v2/refunds")));

        Set<String> bodies = new HashSet<>();
        answers.forEach(answer -> {
            assertEquals(201, answer.statusCode());
            bodies.add(answer.asString());
        });
        assertEquals(1, bodies.size());
        assertEquals(1, Rows.count("select count(*) from refund where order_id = ?", order));
        assertEquals(
                31,
                answers.stream()
                        .filter(a -> a.header("Idempotent-Replayed") != null)
                        .count());
    }

    /** Whoever comes first: what stands at the end is in the table of the life of a refund, and no cent is astray. */
    @Test
    void cancelAgainstApproveAgainstReport() {
        try (Topics topics = new Topics()) {
            for (int i = 0; i < ROUNDS / 25; i++) {
                race(topics, new Random(i));
            }
        }
    }

    private void race(Topics topics, Random random) {
        String order = anOrder();
        List<Long> ids = IntStream.range(0, 25)
                .mapToObj(n -> Api.id(Api.ask(SELLER, asking(order, "1.00"))))
                .toList();
        List<Callable<Response>> deeds = new ArrayList<>();
        for (long id : ids) {
            deeds.add(() -> Api.act(SELLER, id, "{\"action\":\"APPROVE\"}"));
            deeds.add(() -> Api.cancel(SELLER, id));
            deeds.add(() -> report(topics, order, id));
        }
        Collections.shuffle(deeds, random);
        together(deeds)
                .forEach(answer -> assertTrue(
                        Set.of(200, 409).contains(answer.statusCode()), answer.statusCode() + answer.asString()));
        Awaitility.await().atMost(Topics.BOUND).until(() -> isSettled(order));
    }

    private static Response report(Topics topics, String order, long id) {
        Response seen = Api.get(SELLER, id);
        String reference = seen.jsonPath().getString("data.payouts[0].reference");
        if (reference != null) {
            topics.tell(
                    PartnerReport.TOPIC,
                    "acme/" + order,
                    PartnerReport.TYPE,
                    Samples.report(reference, order, id, 1, "COMPLETED", true, 100));
        }
        return seen;
    }

    private static boolean isSettled(String order) {
        assertEquals(
                0,
                Rows.count(
                        "select count(*) from refund where order_id = ? and status not in ('PROCESSING','ISSUED','CANCELLED')",
                        order));
        long open = Rows.count("select count(*) from refund where order_id = ? and status = 'PROCESSING'", order);
        long issued = Rows.count("select count(*) from refund where order_id = ? and status = 'ISSUED'", order);
        return Rows.count("select reserved from customer_order where order_id = ?", order) == open * 100
                && Rows.count("select issued from customer_order where order_id = ?", order) == issued * 100
                && Rows.count("select sum(reserved) from order_line where order_id = ?", order) == open * 100;
    }

    @Test
    void whoLocksTheSameOrdersInOppositeOrderNeverMeetsADeadlock() {
        String one = anOrder();
        String other = anOrder();
        try (Topics topics = new Topics()) {
            for (int i = 0; i < 40; i++) {
                String first = i % 2 == 0 ? one : other;
                String second = i % 2 == 0 ? other : one;
                for (String order : List.of(first, second)) {
                    topics.tell(
                            "partner-events",
                            "k" + i,
                            "dev.refundhub.claim.v1",
                            Samples.claim("acme", order, "r-" + i + "-" + order, "no-such-line", null));
                }
            }
            List<Response> answers = together(IntStream.range(0, 60)
                    .<Callable<Response>>mapToObj(i -> () -> Api.ask(SELLER, asking(i % 2 == 0 ? one : other, "0.01")))
                    .toList());

            answers.forEach(answer -> assertEquals(201, answer.statusCode(), answer.asString()));
            Awaitility.await()
                    .atMost(Topics.BOUND)
                    .until(() -> Rows.count("select count(*) from refund where order_id in (?, ?)", one, other) == 140);
        }
    }

    /** Each takes what it locks in one order of its own, so one waits for the other and neither for both. */
    @Test
    void batchesOverTheSameOrdersInOppositeOrderNeverMeetInADeadlock() {
        OrderKey one = new OrderKey("acme", anOrder());
        OrderKey other = new OrderKey("acme", anOrder());
        long before = Rows.count("select sum(deadlocks) from pg_stat_database");

        together(IntStream.range(0, 200)
                .<Callable<Response>>mapToObj(i -> () -> {
                    List<OrderKey> keys = i % 2 == 0 ? List.of(one, other) : List.of(other, one);
                    return locked(keys);
                })
                .toList());

        assertEquals(before, Rows.count("select sum(deadlocks) from pg_stat_database"));
    }

    /** Hibernate Reactive, told to sort inserts, mixes up those of transactions at the same time (its issue 2797). */
    @Test
    void theRowsOfATransactionAreStoredByItAndByNobodyElse() {
        int transactions = 200;
        int each = 20;
        String run = UUID.randomUUID().toString();

        together(IntStream.range(0, transactions)
                .<Callable<Response>>mapToObj(i -> () -> stored(IntStream.range(0, each)
                        .mapToObj(n -> Samples.order("acme", run + "-" + i + "-" + n, 1))
                        .toList()))
                .toList());

        long all = (long) transactions * each;
        assertEquals(all, Rows.count("select count(*) from customer_order where order_id like ?", run + "%"));
        assertEquals(
                all, Rows.count("select count(distinct order_id) from order_line where order_id like ?", run + "%"));
    }

    private Response stored(List<MerchantOrder> orders) {
        List<OrderKey> keys = orders.stream()
                .map(told -> new OrderKey(told.seller(), told.orderId()))
                .toList();
        return done(() -> refunds.change(keys, books -> {
            orders.forEach(told -> books.add(new Order(told, "digest")));
            return Uni.createFrom().voidItem();
        }));
    }

    private Response locked(List<OrderKey> keys) {
        return done(() -> refunds.change(keys, books -> books.session()
                .createNativeQuery("select 1 from pg_sleep(0.003)", Integer.class)
                .getSingleResult()
                .replaceWithVoid()));
    }

    private static Response done(Supplier<Uni<Void>> change) {
        try {
            VertxContextSupport.subscribeAndAwait(change);
            return null;
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }

    private static String anOrder() {
        String order = UUID.randomUUID().toString();
        Api.put(Samples.order("acme", order, 1));
        return order;
    }

    private static String asking(String order, String amount) {
        return "{\"orderId\":\"%s\",\"reason\":\"r\",\"amount\":%s,\"refundOnly\":true}".formatted(order, amount);
    }

    private List<Response> together(List<? extends Callable<Response>> work) {
        try {
            List<Response> answers = new ArrayList<>();
            for (Future<Response> each : callers.invokeAll(work)) {
                answers.add(each.get());
            }
            return answers;
        } catch (InterruptedException | ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }
}
