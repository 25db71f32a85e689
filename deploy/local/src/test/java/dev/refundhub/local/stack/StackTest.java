package dev.refundhub.local.stack;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.TopicDescription;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What stands around the services: real parts, and one owner. */
class StackTest {
    @TempDir
    static Path directory;

    private static Stack stack;

    @BeforeAll
    static void start() {
        stack = new Stack(AroundMain.directories(directory), FreePorts.settings(), line -> {});
        stack.startAround();
    }

    @AfterAll
    static void close() {
        stack.close();
    }

    @Test
    void theDatabaseServerIsDurableAndHasADatabaseForEachService() throws Exception {
        assertEquals("on", one("gateway", "show fsync"));
        assertEquals("on", one("refunds", "show synchronous_commit"));
        assertEquals("connectors", one("connectors", "select current_database()"));
    }

    @Test
    void everyTopicHasTwelvePartitions() throws Exception {
        List<String> names = List.of(
                "partner-events",
                "orders",
                "violet-instructions",
                "shipped-suite-instructions",
                "partner-reports",
                "refund-events");

        try (Admin admin =
                Admin.create(Map.of("bootstrap.servers", stack.settings().kafka()))) {
            Map<String, TopicDescription> topics =
                    admin.describeTopics(names).allTopicNames().get();

            topics.values().forEach(topic -> assertEquals(12, topic.partitions().size()));
        }
    }

    @Test
    void aSecondStackBesideARunningOneIsRefusedAndHarmsNothing() throws Exception {
        try (Stack second = new Stack(stack.directories(), FreePorts.settings(), line -> {})) {
            CannotStart refused = assertThrows(CannotStart.class, second::startAround);

            assertTrue(refused.getMessage().contains("Another stack is running"), refused.getMessage());
        }
        assertEquals("1", one("gateway", "select 1"));
    }

    @Test
    void aTakenPortIsNamedWithTheVariableThatMovesIt(@TempDir Path elsewhere) throws Exception {
        Settings settings = FreePorts.settings();
        try (ServerSocket taken = new ServerSocket(settings.port(Port.VIOLET), 1, InetAddress.getLoopbackAddress());
                Stack late = new Stack(AroundMain.directories(elsewhere), settings, line -> {})) {
            CannotStart refused = assertThrows(CannotStart.class, late::startAround);

            assertTrue(refused.getMessage().contains(taken.getLocalPort() + " is taken"), refused.getMessage());
            assertTrue(refused.getMessage().contains("HUB_PORT_VIOLET"), refused.getMessage());
        }
    }

    private static String one(String database, String query) throws Exception {
        try (Connection connection = stack.settings().databases().connect(database);
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(query)) {
            result.next();
            return result.getString(1);
        }
    }
}
