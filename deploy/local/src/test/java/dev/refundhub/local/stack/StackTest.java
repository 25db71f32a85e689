package dev.refundhub.local.stack;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.TopicDescription;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What stands around the services: real parts, one owner, nothing left behind. */
class StackTest {
    @TempDir
    Path temporary;

    private final Settings settings = FreePorts.settings();
    private final List<String> said = Collections.synchronizedList(new ArrayList<>());

    @Test
    void theDatabaseServerIsDurableAndHasADatabaseForEachService() throws Exception {
        try (Stack stack = around(settings)) {
            assertEquals("on", one(stack, "gateway", "show fsync"));
            assertEquals("on", one(stack, "refunds", "show synchronous_commit"));
            assertEquals("connectors", one(stack, "connectors", "select current_database()"));
        }
    }

    @Test
    void everyTopicHasTwelvePartitions() throws Exception {
        try (Stack stack = around(settings);
                Admin admin = Admin.create(
                        Map.of("bootstrap.servers", stack.settings().kafka()))) {
            List<String> names = List.of(
                    "partner-events",
                    "orders",
                    "violet-instructions",
                    "shipped-suite-instructions",
                    "partner-reports",
                    "refund-events");

            Map<String, TopicDescription> topics =
                    admin.describeTopics(names).allTopicNames().get();

            topics.values().forEach(topic -> assertEquals(12, topic.partitions().size()));
        }
    }

    @Test
    void aSecondStackBesideARunningOneIsRefused() {
        try (Stack running = around(settings)) {
            CannotStart refused = assertThrows(CannotStart.class, () -> around(FreePorts.settings()));

            assertTrue(refused.getMessage().contains("Another stack is running"), refused.getMessage());
            assertTrue(Sockets.listens(running.settings().port(Port.POSTGRES)));
        }
    }

    @Test
    void aTakenPortIsNamedWithTheVariableThatMovesIt() throws Exception {
        try (var taken = new java.net.ServerSocket(settings.port(Port.VIOLET), 1, InetAddress.getLoopbackAddress())) {
            CannotStart refused = assertThrows(CannotStart.class, () -> around(settings));

            assertTrue(refused.getMessage().contains(taken.getLocalPort() + " is taken"), refused.getMessage());
            assertTrue(refused.getMessage().contains("HUB_PORT_VIOLET"), refused.getMessage());
        }
    }

    @Test
    void whatIsClosedLeavesNoPortOpen() {
        around(settings).close();

        settings.ports().forEach(port -> assertFalse(Sockets.listens(settings.port(port)), port.name()));
    }

    private Stack around(Settings settings) {
        Path checkout = Path.of("").toAbsolutePath().resolve("../..").normalize();
        Directories directories = new Directories(
                checkout, temporary.resolve("state"), temporary.resolve("state/data"), temporary.resolve("logs"));
        Stack stack = new Stack(directories, settings, said::add);
        try {
            stack.startAround();
            return stack;
        } catch (RuntimeException e) {
            stack.close();
            throw e;
        }
    }

    private static String one(Stack stack, String database, String query) throws Exception {
        try (Connection connection = stack.settings().databases().connect(database);
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(query)) {
            result.next();
            return result.getString(1);
        }
    }
}
