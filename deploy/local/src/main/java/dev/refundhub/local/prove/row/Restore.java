package dev.refundhub.local.prove.row;

import dev.refundhub.local.http.Http;
import dev.refundhub.local.http.Reply;
import dev.refundhub.local.issuer.Role;
import dev.refundhub.local.stack.Bounded;
import dev.refundhub.local.stack.Databases;
import dev.refundhub.local.stack.Fleet;
import dev.refundhub.local.stack.Groups;
import dev.refundhub.local.stack.Service;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** The refunds and the journal come back from a backup, as the runbook in {@code deploy/README.md} has it. */
final class Restore {
    private static final List<String> RESTORED = List.of("refunds", "connectors");
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final long BETWEEN = 6;
    private static final int ACCEPTED = 202;

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

    /** The last step of the runbook: what was paid since the backup and nobody asks for any more is named. */
    static String reconcile(Scene scene) {
        String all = scene.fleet().of(Service.REFUNDS).get(0).address() + "/api/v2/reconciliations";
        Map<String, String> operator = Http.bearer(scene.fleet().token(Role.OPERATOR, null, "prove"));
        Reply begun = Http.send(
                "POST",
                all,
                operator,
                "{\"since\":\"%s\"}".formatted(scene.began().minusSeconds(60)).getBytes(StandardCharsets.UTF_8));
        if (begun.status() != ACCEPTED) {
            throw new IllegalStateException("cannot reconcile: " + begun.body());
        }
        String one = all + "/" + begun.json().at("/data/id").asText();
        boolean read = Bounded.until(
                PATIENCE,
                () -> Http.get(one, operator).json().at("/data/unread").asInt(1) == 0);
        if (!read) {
            throw new IllegalStateException("the reconciliation does not end");
        }
        int differing = Http.get(one, operator).json().at("/data/differing").asInt();
        return "; reconciled, " + differing + " bags differ";
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
