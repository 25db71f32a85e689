package dev.refundhub.local.prove.load;

import dev.refundhub.local.http.Http;
import dev.refundhub.local.http.Reply;
import dev.refundhub.local.issuer.Role;
import dev.refundhub.local.prove.load.Diary.Asked;
import dev.refundhub.local.prove.load.Diary.Elsewhere;
import dev.refundhub.local.prove.load.Diary.Ended;
import dev.refundhub.local.prove.load.Diary.Expected;
import dev.refundhub.local.prove.load.Diary.Known;
import dev.refundhub.local.stack.Bounded;
import dev.refundhub.local.stack.Fleet;
import dev.refundhub.messages.MerchantOrder.RefundedElsewhere;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.LongConsumer;

/**
 * Partners, shoppers and sellers, so many cases a second, until told to stop; none while too much has not ended, or a machine that
 * is too slow for them would never be done. What they do is the same for the same seed; when the hub hears it is not. Nobody gives
 * up: what was not answered comes again, as it does from partners.
 */
public final class Load implements AutoCloseable {
    private static final int THREADS = 8;
    private static final int PATIENCE = 600;
    private static final int MOST_OUTSTANDING = 500;
    private static final long AGAIN_MILLIS = 300;
    private static final int HOT_SHARE = 8;
    private static final int CREATED = 201;
    private static final int NOT_FOUND = 404;
    private static final int CONFLICT = 409;

    private final OrderFeed feed;
    private final Doors doors;
    private final Diary diary;
    private final Fleet fleet;
    private final Random dice;
    private final boolean api;
    private final List<Sold> sold = new ArrayList<>();
    private final Map<String, List<RefundedElsewhere>> byHand = new HashMap<>();
    private final List<Runnable> messages = new ArrayList<>();
    private final ScheduledExecutorService threads = Executors.newScheduledThreadPool(THREADS, Load::thread);
    private final Outstanding outstanding = new Outstanding();
    private final Queue<RuntimeException> faults = new ConcurrentLinkedQueue<>();
    private ScheduledFuture<?> cases;
    private int number;
    private final Sold hot;

    /**
     * Nothing happens yet.
     *
     * @param first the number of its first order; no other load of this run may use one from there on
     * @param api whether anybody asks through the API
     */
    public Load(Fleet fleet, Diary diary, long seed, int first, boolean api) {
        this.fleet = fleet;
        this.diary = diary;
        this.doors = new Doors(fleet, diary);
        this.feed = new OrderFeed(fleet);
        this.dice = new Random(seed);
        this.number = first;
        this.api = api;
        this.hot = Sold.hot(number++);
    }

    private static Thread thread(Runnable work) {
        Thread thread = new Thread(work, "load");
        thread.setDaemon(true);
        return thread;
    }

    /** Begins: so many cases a second. */
    public Load begin(int perSecond) {
        feed.sell(hot.order(1, List.of()));
        tell(hot, 1, List.of());
        cases = threads.scheduleAtFixedRate(this::next, 0, 1_000_000 / perSecond, TimeUnit.MICROSECONDS);
        return this;
    }

    /**
     * Nothing new begins; waits until what was begun has been answered.
     *
     * @return whether it was, in time
     */
    public boolean end(Duration limit) {
        cases.cancel(false);
        return Bounded.until(limit, outstanding::isNothing);
    }

    /** The order that everybody wants something of. */
    public String hotOrder() {
        return hot.orderId();
    }

    /** As a merchant does whose broker has lost them. */
    public void tellOrdersAgain() {
        List<Runnable> all;
        synchronized (this) {
            all = List.copyOf(messages);
        }
        all.forEach(Runnable::run);
    }

    /** What went wrong in the load itself: then nothing is shown. */
    public List<RuntimeException> faults() {
        return List.copyOf(faults);
    }

    /** The number of the next order, for the load after this one. */
    public synchronized int nextNumber() {
        return number;
    }

    /** What has not ended yet, and what came of it so far. */
    public List<String> outstanding() {
        return outstanding.list();
    }

    /** One after the other, so the dice fall the same way. */
    private synchronized void next() {
        if (outstanding.size() >= MOST_OUTSTANDING) {
            return;
        }
        Sold order = dice.nextInt(HOT_SHARE) == 0 ? hot : dice.nextInt(3) == 0 && !sold.isEmpty() ? old() : another();
        int item = dice.nextInt(order.items().size());
        int no = number++;
        switch (dice.nextInt(api ? 13 : 8)) {
            case 0, 1, 2 -> claim(order, no, item);
            case 3 -> comesBack(order, no, item);
            case 4 -> instant(order, no, item);
            case 5 -> elsewhere(order, no);
            case 6 -> byHand(order, no);
            case 7 -> malformed(no);
            case 8, 9, 10 -> sellerRefunds(order, no);
            case 11 -> shopperAsks(order, no);
            default -> shopperCancels(order, no);
        }
    }

    private Sold old() {
        return sold.get(dice.nextInt(sold.size()));
    }

    /** Sometimes partners know of it before the hub does. */
    private Sold another() {
        Sold order = Sold.any(number++, dice);
        sold.add(order);
        feed.sell(order.order(1, List.of()));
        int late = dice.nextInt(5) == 0 ? 1_500 : 0;
        boolean again = dice.nextInt(4) == 0;
        after(late, () -> tell(order, 1, List.of()));
        if (again) {
            after(late + 400, () -> tell(order, 1, List.of()));
        }
        return order;
    }

    private void claim(Sold order, int no, int item) {
        byte[] body = order.claim(no, item);
        expect(order, "SHIPPED_SUITE", Integer.toString(no), body);
        deliverOften(order.seller() + "-shipped", body);
    }

    /** Announced, received, and in any order; the newest snapshot counts. */
    private void comesBack(Sold order, int no, int item) {
        String rma = "RMA-" + no;
        byte[] created = order.rma(rma, 0, "CREATED", item, "PENDING");
        byte[] received = order.rma(rma, 1, "CREATED", item, "RECEIVED");
        String ref = rma + "/" + order.orderId() + "/" + Sold.lineId(item) + "/1";
        expect(order, "OPTORO", ref, created);
        expect(order, "OPTORO", ref, received);
        String source = order.seller() + "-optoro";
        deliverOften(source, dice.nextBoolean() ? created : received);
        deliverOften(source, created);
        deliverOften(source, received);
    }

    private void instant(Sold order, int no, int item) {
        String id = "rfd-" + no;
        byte[] refunding = order.instant(id, "refunding", item);
        byte[] ended = order.instant(id, dice.nextInt(4) == 0 ? "failed" : "refundid", item);
        expect(order, "REFUNDID", id, refunding);
        expect(order, "REFUNDID", id, ended);
        diary.note(new Elsewhere(order, "REFUNDID", id, order.items().get(item).paid()));
        deliverOften(order.seller() + "-refundid", refunding);
        deliverOften(order.seller() + "-refundid", ended);
    }

    /** The merchant refunds in his own shop at Violet, and Violet says that something happened. */
    private void elsewhere(Sold order, int no) {
        if (order.bags() == 0) {
            return;
        }
        int bag = dice.nextInt(order.bags());
        int amount = 1 + dice.nextInt(200);
        byte[] hint = order.sale(bag, no);
        until("a refund at Violet of " + order.orderId(), 0, () -> {
            Reply made = Http.send(
                    "POST",
                    fleet.settings().violetSimulator() + "/_simulator/orders/" + order.violetOrder() + "/bags/"
                            + order.bagIds().get(bag) + "/refunds",
                    Map.of(),
                    "{\"amount\":%d,\"reason\":\"by the shop\"}"
                            .formatted(amount)
                            .getBytes(StandardCharsets.UTF_8));
            String id = made.json().path("id").asText();
            diary.note(new Elsewhere(order, "VIOLET", id, amount));
            expect(order, "VIOLET", id, hint);
            deliverOften("violet", hint, "ORDER_REFUNDED");
            return true;
        });
    }

    /** The merchant gives money back by hand, and says so with the order, as with every time before. */
    private void byHand(Sold order, int no) {
        long amount = 1L + dice.nextInt(200);
        String ref = "re-" + no;
        diary.note(new Elsewhere(order, "ORDER", order.orderId() + "/" + ref, amount));
        List<RefundedElsewhere> all = byHand.computeIfAbsent(order.orderId(), any -> new ArrayList<>());
        all.add(new RefundedElsewhere(ref, amount, List.of()));
        tell(order, no + 2L, List.copyOf(all));
    }

    private void malformed(int no) {
        byte[] nonsense = ("{\"topic\":\"refund.requested\",\"no\":" + no).getBytes(StandardCharsets.UTF_8);
        byte[] forged = ("{\"forged\":" + no + "}").getBytes(StandardCharsets.UTF_8);
        until("nonsense " + no, 0, () -> doors.deliver("acme-shipped", nonsense, ""));
        until("a forged delivery " + no, 0, () -> doors.deliverForged("acme-shipped", forged));
    }

    private void sellerRefunds(Sold order, int no) {
        boolean tooMuch = dice.nextInt(10) == 0;
        long amount = tooMuch ? order.paid() * 3 : 1L + dice.nextInt(300);
        ask(order, no, Role.SELLER, "seller-1", amount, true, true, id -> {});
    }

    private void shopperAsks(Sold order, int no) {
        ask(order, no, Role.CUSTOMER, order.customer(), 1L + dice.nextInt(300), false, false, id -> {
            until("APPROVE " + id, 0, () -> act(order, Role.SELLER, "seller-1", id, "{\"action\":\"APPROVE\"}"));
            until(
                    "SHIP_INIT " + id,
                    300,
                    () -> act(
                            order,
                            Role.CUSTOMER,
                            order.customer(),
                            id,
                            "{\"action\":\"SHIP_INIT\",\"trackingId\":\"1Z1\",\"carrierName\":\"UPS\"}"));
            until("RECEIVE " + id, 600, () -> act(order, Role.SELLER, "seller-1", id, "{\"action\":\"RECEIVE\"}"));
        });
    }

    private void shopperCancels(Sold order, int no) {
        ask(
                order,
                no,
                Role.CUSTOMER,
                order.customer(),
                1 + dice.nextInt(300),
                true,
                false,
                id -> until("DELETE " + id, 0, () -> {
                    Optional<Reply> reply =
                            doors.ask("DELETE", "/refunds/" + id, order, Role.CUSTOMER, order.customer(), Map.of(), "");
                    reply.filter(each -> each.status() == 200)
                            .ifPresent(each -> diary.note(new Ended(id, "CANCELLED")));
                    return reply.isPresent();
                }));
    }

    private boolean act(Sold order, Role role, String subject, long id, String action) {
        Optional<Reply> reply = doors.ask("PATCH", "/refunds/" + id, order, role, subject, Map.of(), action);
        reply.map(Reply::json)
                .map(json -> json.at("/data/status").asText())
                .filter(status -> status.equals("ISSUED") || status.equals("DENIED") || status.equals("CANCELLED"))
                .ifPresent(status -> diary.note(new Ended(id, status)));
        return reply.isPresent();
    }

    /**
     * A refund to be created through the API.
     *
     * @param reason also its idempotency key
     * @param then what is done with it, by its id
     */
    private record Request(
            Sold order,
            String reason,
            Role role,
            String subject,
            String body,
            LongConsumer then,
            Outstanding.Request begun) {}

    /** Now and then somebody gives up after the first try, or asks once more with the same key for what was created. */
    private void ask(
            Sold order,
            int no,
            Role role,
            String subject,
            long amount,
            boolean refundOnly,
            boolean approve,
            LongConsumer then) {
        String reason = "prove-" + no;
        String body = "{\"orderId\":\"%s\",\"reason\":\"%s\",\"amount\":%s,\"refundOnly\":%b%s}"
                .formatted(
                        order.orderId(), reason, order.major(amount), refundOnly, approve ? ",\"approve\":true" : "");
        int tries = dice.nextInt(10) == 0 ? 1 : PATIENCE;
        boolean again = dice.nextInt(5) == 0;
        Outstanding.Request begun = outstanding.begin("POST " + reason + " for " + order.orderId());
        askAgain(new Request(order, reason, role, subject, body, then, begun), tries, again, false);
    }

    /** Where somebody gives up, whether it was ever unheard decides what is known of it. */
    private void askAgain(Request request, int tries, boolean again, boolean unheard) {
        Optional<Reply> reply = doors.ask(
                "POST",
                "/refunds",
                request.order(),
                request.role(),
                request.subject(),
                Map.of("Idempotency-Key", request.reason()),
                request.body());
        int status = reply.map(Reply::status).orElse(0);
        request.begun().cameTo(reply.map(each -> status + " " + each.body()).orElse("no answer, or none that counts"));
        if (status == CREATED) {
            long id = reply.get().json().at("/data/id").asLong();
            diary.note(new Asked(request.order(), request.reason(), Known.ACKNOWLEDGED, id));
            if (again) {
                askAgain(request, PATIENCE, false, false);
            } else {
                request.then().accept(id);
                request.begun().end();
            }
        } else if (tries > 1 && (status == 0 || status == NOT_FOUND || status == CONFLICT)) {
            boolean lost = unheard || status == 0;
            schedule(request.begun(), AGAIN_MILLIS, () -> askAgain(request, tries - 1, again, lost));
        } else {
            Known known = status == 0 || unheard ? Known.UNKNOWN : Known.REFUSED;
            diary.note(new Asked(request.order(), request.reason(), known, null));
            request.begun().end();
        }
    }

    private void expect(Sold order, String kind, String ref, byte[] body) {
        diary.note(new Expected(order, kind, ref, Doors.sha256(body)));
    }

    private void deliverOften(String source, byte[] body) {
        deliverOften(source, body, "");
    }

    /** Now or later, once or three times. */
    private void deliverOften(String source, byte[] body, String topic) {
        long first = roll(3) == 0 ? 1 + roll(1_500) : 0;
        int times = roll(4) == 0 ? 2 + roll(2) : 1;
        for (int i = 0; i < times; i++) {
            until("a delivery of " + source, first + i * (long) roll(500), () -> doors.deliver(source, body, topic));
        }
    }

    private synchronized int roll(int sides) {
        return dice.nextInt(sides);
    }

    private void tell(Sold order, long version, List<RefundedElsewhere> elsewhere) {
        byte[] message = order.order(version, elsewhere);
        Runnable telling = () -> {
            tellAgain(order, message, outstanding.begin("telling " + order.orderId()));
        };
        synchronized (this) {
            messages.add(telling);
        }
        telling.run();
    }

    private void tellAgain(Sold order, byte[] message, Outstanding.Request begun) {
        feed.tell(order, message, taken -> {
            if (taken) {
                diary.told(order);
                begun.end();
            } else {
                schedule(begun, AGAIN_MILLIS, () -> tellAgain(order, message, begun));
            }
        });
    }

    private void after(long millis, Runnable what) {
        until("something that is to happen later", millis, () -> {
            what.run();
            return true;
        });
    }

    /** Again and again until it says that it is done. */
    private void until(String what, long millis, BooleanSupplier done) {
        Outstanding.Request begun = outstanding.begin(what);
        schedule(begun, millis, () -> attempt(begun, done, PATIENCE));
    }

    private void attempt(Outstanding.Request begun, BooleanSupplier done, int tries) {
        if (done.getAsBoolean() || tries == 0) {
            begun.end();
        } else {
            begun.cameTo((PATIENCE - tries + 1) + " tries came to nothing");
            schedule(begun, AGAIN_MILLIS, () -> attempt(begun, done, tries - 1));
        }
    }

    private void schedule(Outstanding.Request begun, long millis, Runnable what) {
        try {
            ScheduledFuture<?> unused = threads.schedule(
                    () -> {
                        try {
                            what.run();
                        } catch (RuntimeException e) {
                            begun.cameTo(e.toString());
                            faults.add(e);
                        }
                    },
                    millis,
                    TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException closed) {
            begun.end();
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
        feed.close();
    }
}
