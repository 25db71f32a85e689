package dev.refundhub.gateway;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.smallrye.reactive.messaging.kafka.companion.test.EmbeddedKafkaBroker;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;

/**
 * A real PostgreSQL and a real Kafka, once per JVM, and the sources that the tests send to. With {@code kafka=later} nobody
 * listens yet where Kafka is looked for; with {@code postgres=own} it is one that the test may break; with {@code issuer=away}
 * nobody answers who could check a token.
 */
public final class Surroundings implements QuarkusTestResourceLifecycleManager {

    public static final String SECRET = "acme's secret";
    public static final String OLD_SECRET = "acme's old secret";
    public static final String OTHER_SECRET = "globex's secret";

    public static final String PASSWORD = "optoro's password";
    public static final String TOKEN = "refundid's token";
    public static final String VIOLET_SECRET = "violet's secret";

    private boolean kafkaComesLater;
    private boolean ownPostgres;
    private boolean issuerIsAway;

    @Override
    public void init(Map<String, String> wanted) {
        kafkaComesLater = "later".equals(wanted.get("kafka"));
        ownPostgres = "own".equals(wanted.get("postgres"));
        issuerIsAway = "away".equals(wanted.get("issuer"));
    }

    @Override
    public Map<String, String> start() {
        String postgres = ownPostgres ? postgres() : once("surroundings.postgres", Surroundings::postgres);
        Map<String, String> settings = new HashMap<>(Map.of(
                "hub.source.acme-shipped.partner", "shipped-suite",
                "hub.source.acme-shipped.seller", "acme",
                "hub.source.acme-shipped.check.hmac.secrets", SECRET + "," + OLD_SECRET,
                "hub.source.globex-shipped.partner", "shipped-suite",
                "hub.source.globex-shipped.seller", "globex",
                "hub.source.globex-shipped.check.hmac.secrets", OTHER_SECRET));
        settings.putAll(Map.of(
                "hub.source.acme-optoro.partner", "optoro",
                "hub.source.acme-optoro.seller", "acme",
                "hub.source.acme-optoro.check.basic.user", "optoro",
                "hub.source.acme-optoro.check.basic.secrets", PASSWORD));
        settings.putAll(Map.of(
                "hub.source.acme-refundid.partner", "refundid",
                "hub.source.acme-refundid.seller", "acme",
                "hub.source.acme-refundid.check.bearer.secrets", TOKEN));
        settings.putAll(Map.of(
                "hub.source.violet.partner", "violet",
                "hub.source.violet.account", "violet",
                "hub.source.violet.check.hmac.secrets", VIOLET_SECRET));
        settings.putAll(Map.of(
                "hub.trusted-proxies", "127.0.0.1",
                "hub.source.strict-refundid.partner", "refundid",
                "hub.source.strict-refundid.seller", "acme",
                "hub.source.strict-refundid.check.bearer.secrets", TOKEN,
                "hub.source.strict-refundid.check.certificate.name", "rapi.refundid.com",
                "hub.source.strict-refundid.check.address.allowed", "203.0.113.0/24"));
        settings.put(
                "kafka.bootstrap.servers",
                kafkaComesLater ? freeAddress() : once("surroundings.kafka", Surroundings::kafka));
        if (issuerIsAway) {
            settings.put("quarkus.oidc.auth-server-url", "http://" + freeAddress());
            settings.put("hub.refunds.client-secret", "the gateway's secret");
        } else {
            settings.put("quarkus.oidc.public-key", Tokens.publicKey());
        }
        settings.put("quarkus.datasource.username", "service");
        settings.put("quarkus.datasource.password", "service");
        settings.put("quarkus.flyway.username", "postgres");
        settings.put("quarkus.flyway.password", "postgres");
        settings.put("quarkus.datasource.jdbc.url", "jdbc:" + postgres);
        settings.put("quarkus.datasource.reactive.url", postgres);
        return settings;
    }

    @Override
    public void stop() {
        // the next test class needs them too; they end with the JVM
    }

    /** Kept where every class loader finds it. */
    private static String once(String name, Supplier<String> start) {
        return System.getProperties().computeIfAbsent(name, none -> start.get()).toString();
    }

    private static String postgres() {
        try {
            EmbeddedPostgres server = EmbeddedPostgres.start();
            createService(server);
            return "postgresql://localhost:" + server.getPort() + "/postgres";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The role that the service works as, which owns nothing. */
    private static void createService(EmbeddedPostgres server) {
        try (Connection owner = server.getPostgresDatabase().getConnection();
                Statement statement = owner.createStatement()) {
            statement.execute("create role service login password 'service'");
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @SuppressWarnings("resource") // ends with the JVM
    private static String kafka() {
        EmbeddedKafkaBroker broker =
                new EmbeddedKafkaBroker().withDeleteLogDirsOnClose(true).start();
        Runtime.getRuntime().addShutdownHook(new Thread(broker::close));
        PartnerEventsTopic.create(broker.getAdvertisedListeners());
        return broker.getAdvertisedListeners();
    }

    private static String freeAddress() {
        try (ServerSocket socket = new ServerSocket(0)) {
            return "localhost:" + socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
