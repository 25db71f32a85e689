package dev.refundhub.local.story;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.refundhub.local.delivery.Sources;
import dev.refundhub.local.http.Http;
import dev.refundhub.local.http.Reply;
import dev.refundhub.local.issuer.Role;
import dev.refundhub.local.merchant.Merchant;
import dev.refundhub.local.stack.Service;
import dev.refundhub.local.stack.Stack;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Every partner's way through the whole hub. */
@ExtendWith(SharedStack.class)
class PartnersIT {
    private static final Duration LIMIT = Duration.ofSeconds(40);
    private static final Duration BROKER_AWAY = Duration.ofSeconds(Integer.getInteger("broker.away", 8));
    private static final String BEARER = "Bearer dev-refundid-token";

    private static Stack stack;
    private static Sources sources;
    private static Merchant merchant;
    private static Partners partners;

    @BeforeAll
    static void begin() {
        stack = SharedStack.get();
        sources = new Sources(
                stack.directories().config("webhook-gateway"), stack.settings().environment());
        merchant = new Merchant(stack.settings());
        partners = new Partners(stack.settings(), new Narrator(line -> {}));
        String generous =
                "{\"autoApprove\":{\"USD\":{\"upTo\":500.00,\"perDay\":100000.00}},\"payOn\":\"RECEIVED\",\"includeTax\":true}";
        Reply set = as(
                "PUT",
                "/sellers/acme/policy",
                Role.OPERATOR,
                "operator-1",
                "{\"sources\":{\"acme-shipped\":%1$s,\"acme-optoro\":%1$s},\"askWithinDays\":null,\"overdueAfterDays\":30}"
                        .formatted(generous));
        assertEquals(200, set.status(), set.body());
    }

    @AfterAll
    static void end() {
        partners.close();
        merchant.close();
    }

    @Test
    void aReturnGoesFromCreatedToRefundedAndAnOldSnapshotThatComesLateIsNoNews() {
        Shirts shirts = new Shirts(1, 2);
        merchant.tell(shirts.order());
        String created = shirts.rma("CREATED", 1, shirts.unit("REFUND", "PENDING"));

        optoro(created);
        refund(shirts, is("WAITING"));
        optoro(shirts.rma("CREATED", 2, shirts.unit("REFUND", "RECEIVED")));
        refund(shirts, is("ISSUED"));
        optoro(shirts.rma("REFUNDED", 3, shirts.unit("REFUND", "RECEIVED")));
        optoro(created);
        optoro(created);
        theRestIsHeard();

        JsonNode only = refund(shirts, is("ISSUED"));
        assertEquals("89.95", only.path("issuedAmount").asText());
        assertEquals(
                "RMA-" + shirts.orderId() + "/" + shirts.orderId() + "/601/1",
                only.path("sourceRef").asText());
        assertEquals(0, only.path("holds").size(), only.toString());
        assertEquals(1, partners.refunds(shirts.bag()).size());
    }

    @Test
    void twoRefundsAndAnExchangeShuffledThenCanceledLeaveOnlyWhatWasPaid() {
        Shirts shirts = new Shirts(2, 3);
        merchant.tell(shirts.order());
        String expected = shirts.rma(
                "CREATED", 1, shirts.unit("REFUND", "PENDING"), shirts.unit("REFUND", "PENDING"), shirts.exchange());
        String received = shirts.rma(
                "CREATED", 2, shirts.unit("REFUND", "RECEIVED"), shirts.unit("REFUND", "PENDING"), shirts.exchange());
        List<String> shuffled = new ArrayList<>(List.of(expected, received, expected, received, expected));
        Collections.shuffle(shuffled, new Random(7));

        shuffled.forEach(PartnersIT::optoro);
        await().atMost(LIMIT).until(() -> statuses(shirts).equals(List.of("ISSUED", "REQUESTED", "WAITING")));
        optoro(shirts.rma(
                "CANCELED", 3, shirts.unit("REFUND", "RECEIVED"), shirts.unit("REFUND", "PENDING"), shirts.exchange()));
        shuffled.forEach(PartnersIT::optoro);
        await().atMost(LIMIT).until(() -> statuses(shirts).equals(List.of("CANCELLED", "CANCELLED", "ISSUED")));
        theRestIsHeard();

        JsonNode paid = refunds(shirts.orderId()).stream()
                .filter(is("ISSUED"))
                .findFirst()
                .orElseThrow();
        assertEquals("CONTRADICTED", paid.at("/holds/0/code").asText(), paid.toString());
        assertEquals(1, partners.refunds(shirts.bag()).size());
        assertEquals(
                8995, partners.refunds(shirts.bag()).get(0).at("/refund/amount").asLong());
    }

    @Test
    void refundidBeginsPaysFailsAndTakesBack() {
        Shirts shirts = new Shirts(3, 3);
        merchant.tell(shirts.order());
        String question = "/order?order_number=SO-" + shirts.orderId() + "&email=kim%40example.org";
        await().atMost(LIMIT).until(() -> fetch(question).status() == 200);
        assertEquals(404, fetch(question.replace("kim", "jane")).status());
        assertEquals(
                fetch(question.replace("kim", "jane")).body(),
                fetch(question.replace("SO-", "NO-")).body());
        assertEquals(3, returnable(question));

        refundid(shirts, "a", "refunding");
        byRef("REFUNDID", "rfd-a-" + shirts.orderId(), is("PROCESSING"));
        assertEquals(2, returnable(question));
        refundid(shirts, "a", "refundid");
        byRef("REFUNDID", "rfd-a-" + shirts.orderId(), is("ISSUED"));
        assertEquals(2, returnable(question));
        refundid(shirts, "b", "refunding");
        byRef("REFUNDID", "rfd-b-" + shirts.orderId(), is("PROCESSING"));
        assertEquals(1, returnable(question));
        refundid(shirts, "b", "failed");
        byRef("REFUNDID", "rfd-b-" + shirts.orderId(), is("DENIED"));
        assertEquals(2, returnable(question));
        refundid(shirts, "a", "refunding");
        refundid(shirts, "a", "failed");
        byRef("REFUNDID", "rfd-a-" + shirts.orderId(), refund -> refund.at("/holds/0/code")
                .asText()
                .equals("REVERSED"));

        assertEquals(List.of(), partners.refunds(shirts.bag()));
    }

    @Test
    void aReturnThatTheMerchantStartedIsOpenedByItsLinkAndPaidByRefundid() {
        Shirts shirts = new Shirts(4, 2);
        merchant.tell(shirts.order());
        String ref = "rma-" + shirts.orderId();
        String aReturn =
                ("{\"currency\":\"USD\",\"items\":[{\"orderId\":\"%s\",\"lineId\":\"601\",\"quantity\":1,\"price\":89.95,"
                                + "\"reason\":\"size\",\"compensation\":\"refund\"}]}")
                        .formatted(shirts.orderId());
        await().atMost(LIMIT)
                .until(() -> as("PUT", "/returns/" + ref, Role.SERVICE, "orders", aReturn)
                                .status()
                        == 200);

        Reply link = as("POST", "/returns/" + ref + "/refundid-link", Role.CUSTOMER, "customer-3", "{}");
        assertEquals(200, link.status(), link.body());
        String key = link.json().at("/data/url").asText().replaceFirst(".*key=", "");
        Reply back = fetch("/refund?merchant_rma_ref=" + ref + "&key=" + key);
        assertEquals(200, back.status(), back.body());
        assertEquals("89.95", back.json().at("/line_items/0/price/amount").asText());
        assertEquals(
                404, fetch("/refund?merchant_rma_ref=" + ref + "&key=9" + key).status());
        Reply order = fetch("/order?merchant_rma_ref=" + ref + "&key=" + key);
        assertEquals(200, order.status(), order.body());
        assertEquals(2, order.json().at("/line_items/0/returnable_quantity").asInt());

        refundid(shirts, "m", "refunding");
        refundid(shirts, "m", "refundid");
        byRef("REFUNDID", "rfd-m-" + shirts.orderId(), is("ISSUED"));
        assertEquals(
                1,
                fetch("/order?merchant_rma_ref=" + ref + "&key=" + key)
                        .json()
                        .at("/line_items/0/returnable_quantity")
                        .asInt());
        assertEquals(List.of(), partners.refunds(shirts.bag()));
    }

    @Test
    void anItemThatTwoPartnersClaimIsPaidOnceAndHeldOnce() {
        Sale sale = new Sale(500);
        merchant.tell(sale.order(SharedStack.SAMPLES));

        deliver("acme-shipped", new String(sale.claim(SharedStack.SAMPLES), StandardCharsets.UTF_8), "");
        byRef("SHIPPED_SUITE", sale.ref(), is("ISSUED"));
        optoro(new Shirts(5, 1)
                .rma("CREATED", 1, new Shirts(5, 1).unit("REFUND", "RECEIVED"))
                .replace(new Shirts(5, 1).orderId(), sale.orderId())
                .replace("601", "501")
                .replace("8995", "5400"));

        JsonNode held = await("the return is held")
                .atMost(LIMIT)
                .until(
                        () -> refunds(sale.orderId()).stream()
                                .filter(is("REQUESTED"))
                                .findFirst(),
                        java.util.Optional::isPresent)
                .orElseThrow();
        assertEquals("CLAIMED_TWICE", held.at("/holds/0/code").asText(), held.toString());
        assertEquals(1, partners.refunds(sale.bag()).size());
    }

    @Test
    void aRefundThatWasMadeAtVioletItselfIsReadAndBookedOnce() {
        Shirts shirts = new Shirts(6, 2);
        merchant.tell(shirts.order());
        await().atMost(LIMIT)
                .until(() -> as("GET", "/orders/" + shirts.orderId(), Role.SELLER, "s", "")
                                .status()
                        == 200);

        Reply made = Http.send(
                "POST",
                stack.settings().violetSimulator() + "/_simulator/orders/" + shirts.violetOrder() + "/bags/"
                        + shirts.bag() + "/refunds",
                Map.of(),
                "{\"amount\":1250,\"reason\":\"by the shop\"}".getBytes(StandardCharsets.UTF_8));
        assertEquals(200, made.status(), made.body());
        for (String topic : List.of("ORDER_REFUNDED", "ORDER_UPDATED", "ORDER_REFUNDED")) {
            deliver("violet", shirts.violetsOrder(), topic);
        }

        JsonNode booked = refund(shirts, is("ISSUED"));
        assertEquals("VIOLET", booked.path("source").asText());
        assertEquals("12.50", booked.path("issuedAmount").asText());
        theRestIsHeard();
        assertEquals(1, refunds(shirts.orderId()).size());
    }

    @Test
    void whileTheBrokerIsAwayEveryDeliveryIsAcceptedAndAllAreToldAfterwards() {
        List<Sale> sales = IntStream.range(600, 630).mapToObj(Sale::new).toList();
        sales.forEach(sale -> merchant.tell(sale.order(SharedStack.SAMPLES)));

        stack.broker().stop();
        long back = System.nanoTime() + BROKER_AWAY.toNanos();
        for (Sale sale : sales) {
            deliver("acme-shipped", new String(sale.claim(SharedStack.SAMPLES), StandardCharsets.UTF_8), "");
        }
        await().atMost(BROKER_AWAY.plusSeconds(1)).until(() -> System.nanoTime() >= back);
        stack.broker().start();
        stack.awaitBroker();

        for (Sale sale : sales) {
            byRef("SHIPPED_SUITE", sale.ref(), is("ISSUED"));
            assertEquals(1, partners.refunds(sale.bag()).size());
        }
        for (Sale sale : sales) {
            byRef("SHIPPED_SUITE", sale.ref(), refund -> refund.at("/confirmation/state")
                    .asText()
                    .equals("CONFIRMED"));
        }
        for (Service service : Service.values()) {
            assertTrue(stack.isAlive(service), service + " is alive, and needs no new start");
        }
    }

    /** A claim that comes after everything else, and is dealt with. */
    private static void theRestIsHeard() {
        for (String topic : List.of("partner-events", "violet-instructions", "partner-reports")) {
            await(topic + " is worked off")
                    .atMost(LIMIT)
                    .until(() -> Backlog.isWorkedOff(
                            stack.settings().kafka(),
                            topic.endsWith("instructions") ? "partner-connectors" : "refunds-service",
                            topic));
        }
    }

    private static Predicate<JsonNode> is(String status) {
        return refund -> refund.path("status").asText().equals(status);
    }

    private static List<String> statuses(Shirts shirts) {
        return refunds(shirts.orderId()).stream()
                .map(refund -> refund.path("status").asText())
                .sorted()
                .toList();
    }

    /** The only refund of an order, once it is so. */
    private static JsonNode refund(Shirts shirts, Predicate<JsonNode> fits) {
        return await("refund of order " + shirts.orderId())
                .atMost(LIMIT)
                .until(() -> refunds(shirts.orderId()), found -> found.size() == 1 && fits.test(found.get(0)))
                .get(0);
    }

    private static JsonNode byRef(String source, String ref, Predicate<JsonNode> fits) {
        return await("refund " + source + "/" + ref)
                .atMost(LIMIT)
                .until(
                        () -> list("/refunds?source=" + source + "&sourceRef=" + ref),
                        found -> found.size() == 1 && fits.test(found.get(0)))
                .get(0);
    }

    private static List<JsonNode> refunds(String orderId) {
        return list("/refunds?orderId=" + orderId);
    }

    private static List<JsonNode> list(String path) {
        Reply reply = as("GET", path, Role.SELLER, "seller-1", "");
        assertEquals(200, reply.status(), reply.body());
        return StreamSupport.stream(reply.json().path("data").spliterator(), false)
                .toList();
    }

    private static Reply as(String method, String path, Role role, String subject, String body) {
        Map<String, String> token = Http.bearer(stack.issuer().token(role, "acme", subject));
        String address = stack.settings().refunds() + path;
        return method.equals("GET")
                ? Http.get(address, token)
                : Http.send(method, address, token, body.getBytes(StandardCharsets.UTF_8));
    }

    private static void optoro(String body) {
        deliver("acme-optoro", body, "");
    }

    private static void refundid(Shirts shirts, String refund, String status) {
        deliver("acme-refundid", shirts.refundid("rfd-" + refund + "-" + shirts.orderId(), status), "");
    }

    private static void deliver(String source, String body, String topic) {
        Reply reply =
                sources.deliver(stack.settings().webhooks(), source, body.getBytes(StandardCharsets.UTF_8), topic);
        assertEquals(200, reply.status(), reply.body());
        assertTrue(reply.header("Delivery-Id").isPresent());
    }

    /** What Refundid asks. */
    private static Reply fetch(String question) {
        return Http.get(stack.settings().webhooks() + "/acme-refundid" + question, Map.of("Authorization", BEARER));
    }

    private static int returnable(String question) {
        return fetch(question).json().at("/line_items/0/returnable_quantity").asInt();
    }
}
