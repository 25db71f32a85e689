package dev.refundhub.connectors;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.smallrye.reactive.messaging.kafka.companion.test.EmbeddedKafkaBroker;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;

/** A real PostgreSQL, a real Kafka broker, and partners played by WireMock: started once, they end with the JVM. */
public class Surroundings implements QuarkusTestResourceLifecycleManager {

    private static final int PARTITIONS = 12;
    private static Map<String, String> settings;

    @Override
    public synchronized Map<String, String> start() {
        if (settings == null) {
            settings = startAll();
        }
        return settings;
    }

    private static Map<String, String> startAll() {
        WireMockServer partners =
                new WireMockServer(WireMockConfiguration.options().dynamicPort());
        partners.start();
        return Map.ofEntries(
                Map.entry("kafka.bootstrap.servers", kafka()),
                Map.entry("test.partners.port", String.valueOf(partners.port())),
                Map.entry("test.late.port", String.valueOf(freePort())),
                Map.entry("hub.account.violet.url", partners.baseUrl() + "/violet/v1"),
                Map.entry("hub.account.shipped.url", partners.baseUrl()),
                Map.entry("quarkus.datasource.username", "service"),
                Map.entry("quarkus.datasource.password", "service"),
                Map.entry("quarkus.flyway.username", "postgres"),
                Map.entry("quarkus.flyway.password", "postgres"),
                database());
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static Map.Entry<String, String> database() {
        try {
            EmbeddedPostgres server = EmbeddedPostgres.builder().start();
            createService(server);
            return Map.entry("test.postgres.port", String.valueOf(server.getPort()));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** The role that the service works as, which owns nothing. */
    private static void createService(EmbeddedPostgres server) {
        try (Connection owner = server.getPostgresDatabase().getConnection();
                Statement statement = owner.createStatement()) {
            statement.execute("create role service login password 'service'");
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        }
    }

    private static String kafka() {
        EmbeddedKafkaBroker broker =
                new EmbeddedKafkaBroker().withNodeId(1).withAdditionalProperties(Surroundings::quick);
        broker.start();
        String servers = broker.getAdvertisedListeners();
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", servers))) {
            admin.createTopics(topics()).all().get();
        } catch (Exception failure) {
            throw new IllegalStateException("no topics", failure);
        }
        return servers;
    }

    private static List<NewTopic> topics() {
        return Stream.of("violet-instructions", "shipped-suite-instructions", "partner-reports")
                .map(topic -> new NewTopic(topic, PARTITIONS, (short) 1))
                .toList();
    }

    private static void quick(Properties broker) {
        broker.put("group.initial.rebalance.delay.ms", "0");
        broker.put("auto.create.topics.enable", "false");
    }

    @Override
    public void stop() {
        // a change of profile would stop them; the JVM's end does it
    }
}
