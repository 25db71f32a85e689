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
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.apache.kafka.common.TopicPartition;

/** The refunds and the journal come back from a backup, as the runbook in {@code deploy/README.md} has it. */
final class Restore {
    private static final List<String> RESTORED = List.of("refunds", "connectors");
    private static final List<String> GROUPS = List.of("refunds-service", "partner-connectors");
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration WORKED_OFF = Duration.ofSeconds(60);
    /** The longer everything was away, the more is to be heard again. */
    private static final long RETOLD_PER_SECOND = 50;

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
        execute(databases, "refunds", "select setval('refund_id', nextval('refund_id') + 1000000)");
        execute(databases, "connectors", "insert into payments_held (why) values ('restored from a backup')");
        String kafka = fleet.settings().kafka();
        GROUPS.forEach(group -> Groups.rewind(kafka, group, shortlyBefore));
        Map<String, Map<TopicPartition, Long>> ends =
                GROUPS.stream().collect(Collectors.toMap(group -> group, group -> Groups.ends(kafka, group)));
        comeBack(fleet);
        int retold = Brokers.retell(fleet, shortlyBefore);
        insist("what was told since the backup is read again", WORKED_OFF, () -> ends.entrySet().stream()
                .allMatch(end -> Groups.hasRead(kafka, end.getKey(), end.getValue())));
        execute(databases, "connectors", "delete from payments_held");
        return "restored " + RESTORED + " from " + BETWEEN + " s before; retold " + retold + " deliveries";
    }

    /**
     * The last step of the runbook, once everything is worked off: what was paid since the backup and nobody asks for any more is
     * named.
     */
    static String reconcile(Scene scene) throws SQLException {
        Duration much = Duration.ofSeconds(deliveries(scene) / RETOLD_PER_SECOND);
        Duration limit = WORKED_OFF.plus(much);
        if (!Bounded.until(limit, () -> left(scene).isEmpty())) {
            throw new IllegalStateException("left to be worked off after " + limit.toSeconds() + " s: " + left(scene));
        }
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
        insist(
                "the reconciliation has ended",
                PATIENCE.plus(much),
                () -> Http.get(one, operator).json().at("/data/unread").asInt(1) == 0);
        int differing = Http.get(one, operator).json().at("/data/differing").asInt();
        return "; reconciled, " + differing + " bags differ";
    }

    private static long deliveries(Scene scene) throws SQLException {
        try (Connection gateway = scene.fleet().settings().databases().connect("gateway");
                PreparedStatement statement =
                        gateway.prepareStatement("select count(*) from delivery where received_at >= ?")) {
            statement.setObject(1, scene.began().atOffset(ZoneOffset.UTC));
            try (ResultSet count = statement.executeQuery()) {
                count.next();
                return count.getLong(1);
            }
        }
    }

    private static Map<String, Long> left(Scene scene) {
        Map<String, Long> left = new TreeMap<>(scene.checker().unfinished());
        GROUPS.forEach(group -> left.putAll(Groups.lag(scene.fleet().settings().kafka(), group)));
        return left;
    }

    private static void comeBack(Fleet fleet) {
        fleet.members().forEach(Fleet.Member::start);
        fleet.members().forEach(Processes::makeWhole);
    }

    private static void execute(Databases databases, String database, String sql) throws SQLException {
        try (Connection connection = databases.connect(database);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** Connections of who was killed a moment ago may still be there. */
    private static void insist(Databases databases, String... statements) {
        for (String sql : statements) {
            insist(sql + " is possible", PATIENCE, () -> {
                try {
                    Postgres.execute(databases, sql);
                    return true;
                } catch (SQLException e) {
                    return false;
                }
            });
        }
    }

    private static void insist(String what, Duration limit, Supplier<Boolean> is) {
        if (!Bounded.until(limit, is)) {
            throw new IllegalStateException("it is not so that " + what + ", after " + limit.toSeconds() + " s");
        }
    }
}
