package dev.refundhub.local.bench;

import dev.refundhub.local.http.Http;
import dev.refundhub.local.http.Reply;
import dev.refundhub.local.stack.Bounded;
import dev.refundhub.local.stack.CannotStart;
import dev.refundhub.local.stack.Databases;
import dev.refundhub.local.stack.Stack;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/**
 * Kill Bill 0.22, with whose refund call refunds created through the API are compared: on the same PostgreSQL, asked by the same client.
 * Its payments are those of the provider that it has built in, which does nothing: its journal, its states and its API are what
 * takes time, not the hashing of who asks' secrets, which is done once instead of 200,000 times. It is there only where it was
 * fetched, see {@code bench --help}.
 */
final class KillBill implements AutoCloseable {
    private static final int CREATED = 201;
    private static final int ACCOUNTS = 200;
    private static final int PAYMENTS_EACH = 10;
    private static final int AT_ONCE = 8;
    private static final Duration READY_WITHIN = Duration.ofMinutes(3);
    private static final List<String> OPENED = List.of(
            "java.io",
            "java.lang",
            "java.net",
            "java.security",
            "java.text",
            "java.util",
            "java.util.concurrent",
            "jdk.internal.loader",
            "sun.net.www.protocol.jar",
            "sun.nio.ch");

    /** Of whoever asks; the user is the one that its distribution has. */
    private static final Map<String, String> HEADERS = Map.of(
            "Authorization",
            "Basic " + Base64.getEncoder().encodeToString("admin:password".getBytes(StandardCharsets.UTF_8)),
            "X-Killbill-ApiKey",
            "bench",
            "X-Killbill-ApiSecret",
            "bench",
            "X-Killbill-CreatedBy",
            "bench",
            "Content-Type",
            "application/json");

    private final Path war;
    private final int port;
    private final Process process;
    private final Load load;
    private List<String> payments = List.of();
    private int next;

    private KillBill(Stack stack) {
        Path program = program(stack.directories().checkout());
        this.war = program.resolve("killbill.war");
        createDatabase(stack.settings().databases());
        this.port = freePort();
        this.process = start(stack, program);
        this.load = new Load(port);
    }

    static boolean isThere(Path checkout) {
        return Files.exists(program(checkout).resolve("killbill.war"));
    }

    private static Path program(Path checkout) {
        return checkout.resolve("deploy/local/target/kill-bill");
    }

    /** Starts it beside a stack, with an empty database of its own, and pays for what can be refunded. */
    static KillBill beside(Stack stack) {
        KillBill started = new KillBill(stack);
        try {
            started.awaitReady();
            started.payments = started.pay();
            return started;
        } catch (RuntimeException notStarted) {
            started.close();
            throw notStarted;
        }
    }

    void warmUp(int connections, Duration round) {
        WarmUp.of(() -> refund(connections, round).perSecond());
    }

    /** Each connection asks for another refund when it has its answer; each time of another account. */
    Answers refund(int connections, Duration howLong) {
        return load.closed(connections, this::asking, howLong);
    }

    private Buffer asking() {
        String body = "{\"amount\":0.01,\"currency\":\"USD\"}";
        StringBuilder request = new StringBuilder("POST /1.0/kb/payments/" + payments.get(next++ % payments.size())
                + "/refunds HTTP/1.1\r\nHost: localhost\r\n");
        HEADERS.forEach(
                (name, value) -> request.append(name).append(": ").append(value).append("\r\n"));
        return Buffer.buffer(request.append("Content-Length: " + body.length() + "\r\n\r\n" + body)
                .toString());
    }

    /** How many are in its table, and are done. */
    static long refunded(Databases databases) {
        try (Connection connection = databases.connect("killbill");
                Statement statement = connection.createStatement();
                ResultSet count = statement.executeQuery("select count(*) from payment_transactions"
                        + " where transaction_type = 'REFUND' and transaction_status = 'SUCCESS'")) {
            count.next();
            return count.getLong(1);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private void awaitReady() {
        Bounded.until(READY_WITHIN, Duration.ofMillis(500), () -> isReady() || !process.isAlive());
        if (!isReady()) {
            throw new CannotStart("Kill Bill does not get ready; see kill-bill.log.");
        }
    }

    private boolean isReady() {
        try {
            return Http.get(address("/1.0/healthcheck"), Map.of()).status() == 200;
        } catch (UncheckedIOException notYet) {
            return false;
        }
    }

    /** Payments of many accounts in turn: it works on one account's refunds one after the other. */
    private List<String> pay() {
        post("/1.0/kb/tenants", "{\"apiKey\":\"bench\",\"apiSecret\":\"bench\"}");
        List<String> accounts = atOnce(IntStream.range(0, ACCOUNTS).mapToObj(i -> this::account));
        List<String> paid = new ArrayList<>();
        for (int i = 0; i < PAYMENTS_EACH; i++) {
            paid.addAll(atOnce(accounts.stream().map(account -> () -> payment(account))));
        }
        return paid;
    }

    private interface Step {
        String take();
    }

    private static List<String> atOnce(Stream<Step> steps) {
        ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE);
        try {
            List<Future<String>> taken =
                    steps.map(step -> threads.submit(step::take)).toList();
            List<String> results = new ArrayList<>();
            for (Future<String> one : taken) {
                results.add(one.get());
            }
            return results;
        } catch (InterruptedException | ExecutionException e) {
            throw new IllegalStateException(e);
        } finally {
            threads.shutdownNow();
        }
    }

    private String account() {
        String account = post("/1.0/kb/accounts", "{\"name\":\"bench\",\"currency\":\"USD\"}");
        post(
                "/1.0/kb/accounts/" + account + "/paymentMethods?isDefault=true",
                "{\"accountId\":\"" + account + "\",\"externalKey\":\"" + account
                        + "\",\"pluginName\":\"__EXTERNAL_PAYMENT__\",\"pluginInfo\":{}}");
        return account;
    }

    private String payment(String account) {
        return post(
                "/1.0/kb/accounts/" + account + "/payments",
                "{\"transactionType\":\"PURCHASE\",\"amount\":100000,\"currency\":\"USD\"}");
    }

    /** The id of what was created. */
    private String post(String path, String body) {
        Reply reply = Http.send("POST", address(path), HEADERS, body.getBytes(StandardCharsets.UTF_8));
        if (reply.status() != CREATED) {
            throw new IllegalStateException("Kill Bill answers " + reply.status() + " to " + path);
        }
        return reply.header("Location").orElseThrow().replaceAll("/+$", "").replaceAll(".*/", "");
    }

    private String address(String path) {
        return "http://127.0.0.1:" + port + path;
    }

    private Process start(Stack stack, Path program) {
        Databases databases = stack.settings().databases();
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("-Xmx1g");
        OPENED.forEach(name -> command.addAll(List.of("--add-opens", "java.base/" + name + "=ALL-UNNAMED")));
        for (String pool : List.of("org.killbill.dao", "org.killbill.billing.osgi.dao")) {
            command.add("-D" + pool + ".url=" + databases.jdbc("killbill"));
            command.add("-D" + pool + ".user=" + databases.user());
            command.add("-D" + pool + ".password=" + databases.password());
            command.add("-D" + pool + ".logLevel=TRACE");
        }
        command.add("-Dorg.killbill.dao.maxActive=64");
        command.add("-Dorg.killbill.server.multitenant=true");
        command.add("-Dorg.killbill.security.shiroNbHashIterations=1"); // or hashing secrets is what would be measured
        command.add("-Dorg.killbill.osgi.bundle.install.dir=" + program.resolve("bundles"));
        command.add("-Dorg.killbill.osgi.root.dir=" + program.resolve("osgi"));
        command.add("-Dorg.killbill.server.shutdownDelay=0s");
        command.add("-Dlogback.configurationFile=" + logging(program));
        command.addAll(List.of("-jar", program.resolve("jetty-runner.jar").toString()));
        command.addAll(List.of("--host", "127.0.0.1", "--port", Integer.toString(port), war.toString()));
        Path log = stack.directories().logs().resolve("kill-bill.log");
        try {
            return new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .start();
        } catch (IOException e) {
            throw new CannotStart("Cannot start Kill Bill: " + e.getMessage(), e);
        }
    }

    /** Lines of what goes well would be measured, too. */
    private static Path logging(Path program) {
        try {
            return Files.writeString(
                    program.resolve("logback.xml"),
                    "<configuration><appender name=\"out\" class=\"ch.qos.logback.core.ConsoleAppender\"><encoder><pattern>"
                            + "%d %p %c %m%n</pattern></encoder></appender><root level=\"WARN\"><appender-ref ref=\"out\"/></root></configuration>");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void createDatabase(Databases databases) {
        try (Connection connection = databases.connect("postgres");
                Statement statement = connection.createStatement()) {
            statement.execute("drop database if exists killbill");
            statement.execute("create database killbill");
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        try (Connection connection = databases.connect("killbill");
                Statement statement = connection.createStatement()) {
            for (String script : scripts()) {
                statement.execute(script);
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The schema lies in its modules' jars; first what makes PostgreSQL understand the rest. */
    private List<String> scripts() {
        List<String> scripts = new ArrayList<>();
        try (ZipInputStream modules = new ZipInputStream(Files.newInputStream(war))) {
            for (ZipEntry module; (module = modules.getNextEntry()) != null; ) {
                if (module.getName().matches("WEB-INF/lib/killbill-[^/]*\\.jar")) {
                    addScripts(modules, scripts);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return scripts;
    }

    private static void addScripts(InputStream module, List<String> scripts) throws IOException {
        ZipInputStream files = new ZipInputStream(module); // the module is not ours to close
        for (ZipEntry file; (file = files.getNextEntry()) != null; ) {
            String text = file.getName().matches("org/killbill/.*/ddl(-postgresql)?\\.sql")
                    ? new String(files.readAllBytes(), StandardCharsets.UTF_8)
                    : "";
            if (file.getName().endsWith("/ddl-postgresql.sql")) {
                scripts.add(0, text);
            } else if (!text.isEmpty()) {
                scripts.add(text);
            }
        }
    }

    @Override
    public void close() {
        load.close();
        process.destroy();
        try {
            if (!process.waitFor(20, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
