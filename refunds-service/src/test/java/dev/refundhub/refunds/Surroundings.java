package dev.refundhub.refunds;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.smallrye.jwt.util.KeyUtils;
import io.smallrye.reactive.messaging.kafka.companion.test.EmbeddedKafkaBroker;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;

/** A real PostgreSQL, a real Kafka broker and a key for tokens: started once for all tests of this JVM. */
public final class Surroundings implements QuarkusTestResourceLifecycleManager {

    private static final int PARTITIONS = 12;

    private static final List<String> TOPICS = List.of(
            "orders",
            "partner-events",
            "partner-reports",
            "violet-instructions",
            "shipped-suite-instructions",
            "refund-events");

    private static EmbeddedPostgres postgres;
    private static EmbeddedKafkaBroker kafka;
    private static KeyPair keys;

    @Override
    public Map<String, String> start() {
        startOnce();
        String database = "localhost:" + postgres.getPort() + "/postgres";
        return Map.of(
                "quarkus.datasource.reactive.url",
                "postgresql://" + database,
                "quarkus.datasource.jdbc.url",
                "jdbc:postgresql://" + database,
                "quarkus.datasource.username",
                "service",
                "quarkus.datasource.password",
                "service",
                "quarkus.flyway.username",
                "postgres",
                "quarkus.flyway.password",
                "postgres",
                "kafka.bootstrap.servers",
                kafka.getAdvertisedListeners(),
                "quarkus.oidc.public-key",
                Base64.getEncoder().encodeToString(keys.getPublic().getEncoded()));
    }

    private static synchronized void startOnce() {
        if (postgres != null) {
            return;
        }
        try {
            keys = KeyUtils.generateKeyPair(2048);
            kafka = new EmbeddedKafkaBroker()
                    .withNodeId(0)
                    .withDeleteLogDirsOnClose(true)
                    .withAdditionalProperties(settings -> settings.put("auto.create.topics.enable", "false"));
            kafka.start();
            try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.getAdvertisedListeners()))) {
                admin.createTopics(TOPICS.stream()
                                .map(topic -> new NewTopic(topic, PARTITIONS, (short) 1))
                                .toList())
                        .all()
                        .get();
            }
            postgres = EmbeddedPostgres.builder().start();
            createService();
        } catch (IOException | GeneralSecurityException | ExecutionException | SQLException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** The role that the service works as, which owns nothing. */
    private static void createService() throws SQLException {
        try (Connection owner = postgres.getPostgresDatabase().getConnection();
                Statement statement = owner.createStatement()) {
            statement.execute("create role service login password 'service'");
        }
    }

    static KeyPair keys() {
        return keys;
    }

    static String kafka() {
        return kafka.getAdvertisedListeners();
    }

    static EmbeddedPostgres postgres() {
        return postgres;
    }

    /** Both end with the JVM: a change of profile must not cost a new start. */
    @Override
    public void stop() {}
}
