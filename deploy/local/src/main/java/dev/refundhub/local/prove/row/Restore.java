package dev.refundhub.local.prove.row;

import dev.refundhub.local.stack.Bounded;
import dev.refundhub.local.stack.Databases;
import dev.refundhub.local.stack.Fleet;
import dev.refundhub.local.stack.Groups;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** The refunds and the journal come back from a backup, as the runbook in {@code deploy/README.md} has it. */
final class Restore {
    private static final List<String> RESTORED = List.of("refunds", "connectors");
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final long BETWEEN = 6;

    private Restore() {}

    static String fromBackup(Scene scene) throws Exception {
        Fleet fleet = scene.fleet();
        Databases databases = fleet.settings().databases();
        Scene.pause(3);
        Instant shortlyBefore = Instant.now().minusSeconds(5);
        fleet.members().forEach(Fleet.Member::kill);
        RESTORED.forEach(name -> insist(
                databases,
                "drop database if exists " + name + "_backup",
                "create database " + name + "_backup template " + name));
        comeBack(fleet);

        Scene.pause(BETWEEN);
        fleet.members().forEach(Fleet.Member::kill);
        RESTORED.forEach(name -> insist(
                databases,
                "drop database if exists " + name,
                "create database " + name + " template " + name + "_backup"));
        scene.sampler().restored();
        leaveRoomForIds(databases);
        Groups.rewind(fleet.settings().kafka(), "refunds-service", shortlyBefore);
        Groups.rewind(fleet.settings().kafka(), "partner-connectors", shortlyBefore);
        comeBack(fleet);
        int retold = Brokers.retell(fleet, shortlyBefore);
        return "restored " + RESTORED + " from " + BETWEEN + " s before; retold " + retold + " deliveries";
    }

    private static void comeBack(Fleet fleet) {
        fleet.members().forEach(Fleet.Member::start);
        fleet.members().forEach(Processes::makeWhole);
    }

    private static void leaveRoomForIds(Databases databases) throws SQLException {
        try (Connection refunds = databases.connect("refunds");
                Statement statement = refunds.createStatement()) {
            statement.execute("select setval('refund_id', nextval('refund_id') + 1000000)");
        }
    }

    /** Connections of who was killed a moment ago may still be there. */
    private static void insist(Databases databases, String... statements) {
        for (String sql : statements) {
            boolean done = Bounded.until(PATIENCE, () -> {
                try {
                    Postgres.execute(databases, sql);
                    return true;
                } catch (SQLException e) {
                    return false;
                }
            });
            if (!done) {
                throw new IllegalStateException("cannot " + sql);
            }
        }
    }
}
