package dev.refundhub.local.prove.check;

import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;

/** Work that is under way: where there is none, the hub is quiet. */
final class Unfinished {
    private static final Map<String, String> GATEWAY =
            Map.of("deliveries not told", "select count(*) from delivery where state = 'NEW'");
    private static final Map<String, String> REFUNDS = Map.of(
            "rows of the outbox",
            "select count(*) from outbox",
            "payouts without an end",
            "select count(*) from payout where channel = 'VIOLET' and not final and not replaced",
            "confirmations owed",
            "select count(*) from refund where confirmation_state = 'OWED'");
    private static final Map<String, String> CONNECTORS = Map.of(
            "calls under way",
            "select count(*) from call where state <> 'DONE'",
            "reports not told",
            "select count(*) from call where told_no < tell_no",
            "looks owed",
            "select count(*) from look");

    private Unfinished() {}

    /** How much of what; empty where there is nothing. */
    static Map<String, Long> in(Tables tables) throws SQLException {
        Map<String, Long> unfinished = new LinkedHashMap<>();
        count(tables, "gateway", GATEWAY, unfinished);
        count(tables, "refunds", REFUNDS, unfinished);
        count(tables, "connectors", CONNECTORS, unfinished);
        return unfinished;
    }

    private static void count(Tables tables, String database, Map<String, String> what, Map<String, Long> into)
            throws SQLException {
        for (Map.Entry<String, String> each : what.entrySet()) {
            long count = tables.count(database, each.getValue());
            if (count > 0) {
                into.put(each.getKey(), count);
            }
        }
    }
}
