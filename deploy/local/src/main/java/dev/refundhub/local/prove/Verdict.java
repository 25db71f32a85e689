package dev.refundhub.local.prove;

import com.fasterxml.jackson.databind.JsonNode;
import dev.refundhub.local.http.Http;
import dev.refundhub.local.stack.Databases;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** What the journal says against what Violet's ledger says. */
final class Verdict {
    private static final int REFERENCE = 20;
    private static final Set<String> FAILED = Set.of("FAILED", "CANCELED");
    private static final Set<String> OPEN = Set.of("UNCLEAR", "ACCEPTED", "PARTLY");
    private static final Set<String> NOTHING = Set.of("DECLINED", "NOT_SENT");

    private final Map<String, String> outcomes = new HashMap<>();
    private final Map<String, Integer> inLedger = new HashMap<>();
    private final Set<String> undone = new HashSet<>();
    private final List<String> faults = new ArrayList<>();

    /**
     * Reads both.
     *
     * @param violet the address of the simulator
     */
    static Verdict of(Databases databases, String violet) {
        Verdict verdict = new Verdict();
        verdict.readJournal(databases);
        verdict.readLedger(Http.get(violet + "/_simulator/ledger", Map.of()).json());
        verdict.compare();
        return verdict;
    }

    /** Empty where everything held. */
    List<String> faults() {
        return faults;
    }

    /** How many payments ended how. */
    Map<String, Integer> ends() {
        Map<String, Integer> ends = new TreeMap<>();
        outcomes.values().forEach(outcome -> ends.merge(outcome, 1, Integer::sum));
        return ends;
    }

    int paid() {
        return inLedger.size();
    }

    private void readJournal(Databases databases) {
        try (Connection connection = databases.connect("connectors");
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(
                        "select instruction_id, state, report::json ->> 'outcome', told_no = tell_no, "
                                + "(report::json ->> 'final')::boolean from call where kind = 'PAY'")) {
            while (rows.next()) {
                String id = rows.getString(1);
                outcomes.put(id, String.valueOf(rows.getString(3)));
                check(rows.getString(2).equals("DONE") && rows.getBoolean(5), id + " has not ended");
                check(rows.getBoolean(4), id + " was not told");
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private void readLedger(JsonNode ledger) {
        Set<Long> cameToNothing = new HashSet<>();
        ledger.forEach(entry -> {
            if (entry.get("kind").asText().equals("STATUS")
                    && FAILED.contains(entry.at("/what/status").asText())) {
                cameToNothing.add(entry.at("/what/refund_id").asLong());
            }
        });
        ledger.forEach(entry -> {
            if (entry.get("kind").asText().equals("REFUND")) {
                JsonNode refund = entry.at("/what/refund");
                if (!FAILED.contains(refund.get("status").asText())) {
                    String reference = entry.at("/what/asked/reason").asText().substring(0, REFERENCE);
                    inLedger.merge(reference, 1, Integer::sum);
                    if (cameToNothing.contains(refund.get("id").asLong())) {
                        undone.add(reference);
                    }
                }
            }
        });
    }

    private void compare() {
        inLedger.forEach((reference, times) -> {
            String outcome = outcomes.get(reference);
            check(times == 1, reference + " was paid " + times + " times");
            check(outcome != null, reference + " was paid and is in no journal");
            boolean moved = !undone.contains(reference);
            check(
                    !moved || outcome == null || !NOTHING.contains(outcome),
                    reference + " was paid and is said to be " + outcome);
        });
        outcomes.forEach((reference, outcome) -> {
            boolean paid = inLedger.containsKey(reference) && !undone.contains(reference);
            check(!outcome.equals("COMPLETED") || paid, reference + " was never paid");
            boolean known = outcome.equals("COMPLETED") || NOTHING.contains(outcome) || OPEN.contains(outcome);
            check(known, reference + " ended as " + outcome);
        });
    }

    private void check(boolean holds, String otherwise) {
        if (!holds) {
            faults.add(otherwise);
        }
    }
}
