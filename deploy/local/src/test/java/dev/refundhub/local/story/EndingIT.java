package dev.refundhub.local.story;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.refundhub.local.delivery.ShippedSuite;
import dev.refundhub.local.delivery.Sources;
import dev.refundhub.local.http.Http;
import dev.refundhub.local.issuer.Role;
import dev.refundhub.local.merchant.Merchant;
import dev.refundhub.local.prove.ConnectorsProof;
import dev.refundhub.local.stack.Directories;
import dev.refundhub.local.stack.Fleet;
import dev.refundhub.local.stack.FreePorts;
import dev.refundhub.local.stack.Service;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A replica that is asked to end (SIGTERM), as in every rollout: what it was at is finished and answered, nobody's connection is
 * reset, and what was answered with yes is there. As on Kubernetes, nobody is sent to it any more shortly before.
 */
class EndingIT {
    private static final int SLOW = 8;
    private static final int SENDERS = 8;
    private static final String WAITS_FOR_REQUESTS = "Waiting for HTTP requests to complete";
    private static final Duration LIMIT = Duration.ofSeconds(60);

    @TempDir
    Path directory;

    private final AtomicInteger next = new AtomicInteger();
    private final Queue<String> answers = new ConcurrentLinkedQueue<>();
    private final List<Fleet.Member> open = new CopyOnWriteArrayList<>();
    private final Map<Fleet.Member, AtomicInteger> asking = new ConcurrentHashMap<>();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private volatile boolean enough;
    private Fleet fleet;
    private String secret;

    @BeforeEach
    void start() {
        Path checkout = SharedStack.CHECKOUT;
        Directories directories = new Directories(
                checkout, directory.resolve("state"), directory.resolve("state/data"), directory.resolve("logs"));
        fleet = new Fleet(directories, FreePorts.settings(ConnectorsProof.IMPATIENT), Map.of(), System.out::println);
        fleet.start();
        secret = new Sources(
                        directories.config("webhook-gateway"), fleet.settings().environment())
                .secret("acme-shipped");
    }

    @AfterEach
    void stop() {
        threads.shutdownNow();
        fleet.close();
    }

    @Test
    void aGatewayThatEndsKeepsAndAnswersWhatIsBeingDelivered() throws Exception {
        hireTwo(Service.GATEWAY);
        Fleet.Member ending = open.get(0);
        beginSending(this::deliver);
        List<Socket> slow =
                IntStream.range(0, SLOW).mapToObj(i -> begin(ending, claim())).toList();

        CompletableFuture<Void> ended = end(ending);
        List<String> statuses = slow.stream().map(EndingIT::finish).toList();
        ended.join();
        int sent = endSending();

        assertEquals(List.of("200"), statuses.stream().distinct().toList());
        assertEquals(List.of("200"), answers.stream().distinct().toList());
        assertEquals(sent + SLOW, count("gateway", "select count(*) from delivery"));
    }

    @Test
    void aRefundsServiceThatEndsAnswersWhoIsWaiting() throws Exception {
        hireTwo(Service.REFUNDS);
        Fleet.Member ending = open.get(0);
        Sale sale = new Sale(300);
        try (Merchant merchant = new Merchant(fleet.settings())) {
            merchant.tell(sale.order(SharedStack.SAMPLES));
        }
        await().atMost(LIMIT).until(() -> count("refunds", "select count(*) from customer_order") == 1);
        beginSending(this::list);

        List<CompletableFuture<String>> waiting;
        CompletableFuture<Void> ended;
        try (Connection somebody = fleet.settings().databases().connect("refunds");
                Statement statement = somebody.createStatement()) {
            somebody.setAutoCommit(false);
            statement.execute("select * from customer_order for update");
            waiting = IntStream.range(0, SLOW)
                    .mapToObj(i -> CompletableFuture.supplyAsync(() -> create(ending, sale), threads))
                    .toList();
            await().atMost(LIMIT).until(() -> count("refunds", "select count(*) from pg_locks where not granted") > 0);
            ended = end(ending);
            somebody.rollback();
        }
        List<String> statuses = waiting.stream().map(CompletableFuture::join).toList();
        ended.join();
        endSending();

        assertEquals(List.of("201"), statuses.stream().distinct().toList());
        assertEquals(List.of("200"), answers.stream().distinct().toList());
        assertEquals(SLOW, count("refunds", "select count(*) from refund"));
    }

    private void hireTwo(Service service) {
        for (int i = 0; i < 2; i++) {
            Fleet.Member member = fleet.hire(service);
            member.awaitReady();
            asking.put(member, new AtomicInteger());
            open.add(member);
        }
    }

    /** Nobody is sent to it any more; then it is asked to end, and has begun to. */
    private CompletableFuture<Void> end(Fleet.Member member) {
        open.remove(member);
        await().atMost(LIMIT).until(() -> asking.get(member).get() == 0);
        Path log = directory.resolve("logs").resolve(member + ".log");
        CompletableFuture<Void> ended = CompletableFuture.runAsync(member::stop, threads);
        await().atMost(LIMIT).until(() -> Files.readString(log).contains(WAITS_FOR_REQUESTS));
        return ended;
    }

    private void beginSending(Function<Fleet.Member, String> what) {
        for (int i = 0; i < SENDERS; i++) {
            int own = i;
            threads.execute(() -> {
                while (!enough) {
                    List<Fleet.Member> members = List.copyOf(open);
                    ask(members.get(own % members.size()), what);
                }
            });
        }
        await().atMost(LIMIT).until(() -> answers.size() > 10 * SENDERS);
    }

    private void ask(Fleet.Member member, Function<Fleet.Member, String> what) {
        AtomicInteger askingIt = asking.get(member);
        askingIt.incrementAndGet();
        try {
            if (open.contains(member)) {
                answers.add(what.apply(member));
            }
        } finally {
            askingIt.decrementAndGet();
        }
    }

    /** How many were answered. */
    private int endSending() throws InterruptedException {
        int before = answers.size();
        await().atMost(LIMIT).until(() -> answers.size() > before + SENDERS);
        enough = true;
        threads.shutdown();
        assertTrue(threads.awaitTermination(30, TimeUnit.SECONDS));
        return answers.size();
    }

    private String deliver(Fleet.Member member) {
        return status(() -> ShippedSuite.deliver(member.address() + "/webhooks/acme-shipped", claim(), secret)
                .status());
    }

    private String list(Fleet.Member member) {
        String token = fleet.token(Role.SELLER, "acme", "ending");
        return status(() -> Http.get(member.address() + "/api/v2/refunds", Http.bearer(token))
                .status());
    }

    private String create(Fleet.Member member, Sale sale) {
        Map<String, String> headers = new HashMap<>(Http.bearer(fleet.token(Role.SELLER, "acme", "ending")));
        headers.put("Idempotency-Key", "ending-" + next.incrementAndGet());
        byte[] body = "{\"orderId\":\"%s\",\"reason\":\"r\",\"amount\":0.01,\"refundOnly\":true}"
                .formatted(sale.orderId())
                .getBytes(StandardCharsets.UTF_8);
        return status(() -> Http.send("POST", member.address() + "/api/v2/refunds", headers, body)
                .status());
    }

    private static String status(Supplier<Integer> asking) {
        try {
            return asking.get().toString();
        } catch (RuntimeException e) {
            return String.valueOf(e.getCause() == null ? e : e.getCause());
        }
    }

    private byte[] claim() {
        return new Sale(1_000 + next.incrementAndGet()).claim(SharedStack.SAMPLES);
    }

    /** All but the last byte of a delivery, a newline or a bracket. */
    private Socket begin(Fleet.Member member, byte[] body) {
        URI address = URI.create(member.address());
        try {
            Socket socket = new Socket(address.getHost(), address.getPort());
            socket.setSoTimeout((int) LIMIT.toMillis());
            String head = "POST /webhooks/acme-shipped HTTP/1.1\r\nHost: hub\r\nContent-Type: application/json\r\n"
                    + ShippedSuite.SIGNATURE + ": " + ShippedSuite.sign(body, secret) + "\r\nContent-Length: "
                    + body.length + "\r\n\r\n";
            socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
            socket.getOutputStream().write(body, 0, body.length - 1);
            socket.getOutputStream().flush();
            return socket;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Its end, and how it is answered. */
    private static String finish(Socket begun) {
        try (begun) {
            begun.getOutputStream().write('}');
            begun.getOutputStream().flush();
            byte[] answer = new byte[12];
            int read = begun.getInputStream().readNBytes(answer, 0, answer.length);
            return read < answer.length ? "nothing" : new String(answer, 9, 3, StandardCharsets.US_ASCII);
        } catch (IOException e) {
            return e.toString();
        }
    }

    private long count(String database, String query) throws SQLException {
        try (Connection connection = fleet.settings().databases().connect(database);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            rows.next();
            return rows.getLong(1);
        }
    }
}
