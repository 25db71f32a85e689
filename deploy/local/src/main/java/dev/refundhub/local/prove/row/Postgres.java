package dev.refundhub.local.prove.row;

import dev.refundhub.local.stack.Databases;
import dev.refundhub.local.stack.Fleet;
import dev.refundhub.local.stack.Service;
import dev.refundhub.local.stack.Stack;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.stream.Stream;

/** What happens to PostgreSQL. */
final class Postgres {
    private static final String CONNECTORS = "connectors";
    private static final List<String> OTHERS = List.of("gateway", "refunds");
    private static final long AWAY = 6;

    private Postgres() {}

    /** At once, without waiting for anybody, as after a loss of power of its process; it recovers from its log. */
    static String stopped(Scene scene) throws InterruptedException {
        Stack around = scene.fleet().around();
        around.postgres().signal("QUIT");
        around.postgres().awaitEnd();
        Scene.pause(AWAY);
        around.postgres().start();
        around.awaitPostgres();
        return "stopped PostgreSQL at once, for " + AWAY + " s";
    }

    /**
     * The connectors' database first, while instructions still come. One of each service is killed meanwhile: what it had read from
     * Kafka and could not keep must come again.
     */
    static String refusing(Scene scene) throws Exception {
        Databases databases = scene.fleet().settings().databases();
        refuse(databases, CONNECTORS);
        Scene.pause(AWAY / 2);
        for (String name : OTHERS) {
            refuse(databases, name);
        }
        Scene.pause(AWAY / 2);
        List<Fleet.Member> killed = Stream.of(Service.values()).map(scene::any).toList();
        killed.forEach(Fleet.Member::kill);
        Scene.pause(AWAY / 2);
        allow(databases, CONNECTORS);
        for (String name : OTHERS) {
            allow(databases, name);
        }
        killed.forEach(Processes::makeWhole);
        return "refused connections for " + AWAY + " s, those of the connectors since " + AWAY / 2
                + " s before, killed " + killed + " meanwhile";
    }

    private static void refuse(Databases databases, String name) throws SQLException {
        execute(databases, "alter database " + name + " allow_connections false");
        execute(databases, "select pg_terminate_backend(pid) from pg_stat_activity where datname = '" + name + "'");
    }

    private static void allow(Databases databases, String name) throws SQLException {
        execute(databases, "alter database " + name + " allow_connections true");
    }

    /** Longer than anybody waits for a lock. */
    static String lockHeld(Scene scene) throws Exception {
        try (Connection connection = scene.fleet().settings().databases().connect("refunds");
                PreparedStatement lock =
                        connection.prepareStatement("select * from customer_order where order_id = ? for update")) {
            connection.setAutoCommit(false);
            lock.setString(1, scene.load().hotOrder());
            if (!lock.executeQuery().next()) {
                throw new IllegalStateException("the hot order is not there");
            }
            Scene.pause(2 * AWAY);
            connection.rollback();
        }
        return "held the lock of the hot order for " + 2 * AWAY + " s";
    }

    static void execute(Databases databases, String sql) throws SQLException {
        try (Connection connection = databases.connect("postgres");
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
