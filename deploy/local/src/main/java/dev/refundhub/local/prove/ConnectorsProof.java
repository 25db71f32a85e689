package dev.refundhub.local.prove;

import dev.refundhub.local.stack.Databases;
import dev.refundhub.local.stack.Fleet;
import dev.refundhub.local.stack.Service;
import dev.refundhub.messages.VioletPayment;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;

/**
 * Many payments while Violet has every fault there is and the connectors are killed and frozen: each ends as paid, not
 * paid, or with a person, and Violet has none twice.
 */
public final class ConnectorsProof {
    /** What a dead or frozen process held is given up soon, so that nobody waits for it. */
    public static final Map<String, String> IMPATIENT = Map.ofEntries(
            Map.entry("HUB_JOURNAL_LEASE", "3s"),
            Map.entry("HUB_JOURNAL_SEND_WITHIN", "1s"),
            Map.entry("HUB_JOURNAL_LOOK_UP", "500ms,1500ms,3s,5s"),
            Map.entry("HUB_JOURNAL_ASK_AGAIN", "300ms,1s"),
            Map.entry("HUB_JOURNAL_ASK_AGAIN_EVERY", "1s"),
            Map.entry("HUB_JOURNAL_OVERTIME_EVERY", "500ms"),
            Map.entry("HUB_JOURNAL_BACK_OFF", "100ms"),
            Map.entry("HUB_JOURNAL_BACK_OFF_MOST", "1s"),
            Map.entry("HUB_ACCOUNT_VIOLET_DEADLINE", "1s"),
            Map.entry("HUB_ACCOUNT_VIOLET_CALLS_AT_ONCE", "32"),
            Map.entry("HUB_ACCOUNT_VIOLET_BREAK_FOR", "300ms"),
            // shorter than any broker is away, as its minute is in production now and then
            Map.entry("KAFKA_DEFAULT_API_TIMEOUT_MS", "5000"),
            Map.entry("KAFKA_SESSION_TIMEOUT_MS", "6000"),
            Map.entry("KAFKA_HEARTBEAT_INTERVAL_MS", "1000"));

    private static final int WORKERS = 2;
    private static final int ELSEWHERE = 100;
    private static final int PERCENT = 5;

    private final Fleet fleet;
    private final int count;
    private final int seed;
    private final Duration between;
    private final Consumer<String> say;

    /**
     * @param between two mishaps; each takes a worker for a while
     */
    public ConnectorsProof(Fleet fleet, int count, int seed, Duration between, Consumer<String> say) {
        this.fleet = fleet;
        this.count = count;
        this.seed = seed;
        this.between = between;
        this.say = say;
    }

    /**
     * Plays it to the end.
     *
     * @return what did not hold; empty where everything did
     */
    public List<String> run(Duration limit) {
        String violet = fleet.settings().violetSimulator();
        Databases databases = fleet.settings().databases();
        Payments payments = new Payments(count, violet);
        payments.tellViolet();
        for (int worker = 0; worker < WORKERS; worker++) {
            fleet.hire(Service.CONNECTORS);
        }
        Faults.set(violet, PERCENT, seed);
        payments.order(fleet.settings().kafka());
        try (Mishaps mishaps = new Mishaps(fleet, WORKERS, between, seed).begin()) {
            Random random = new Random(seed);
            long end = System.nanoTime() + limit.toNanos();
            int done = 0;
            while (done < count && System.nanoTime() < end) {
                for (int i = 0; i <= count / 50 / ELSEWHERE; i++) {
                    VioletPayment any = payments.all().get(random.nextInt(count));
                    payments.refundElsewhere(any);
                }
                pause();
                done = done(databases);
                say.accept(done + " of " + count + " have ended; " + mishaps);
            }
        }
        Verdict verdict = Verdict.of(databases, violet);
        say.accept("ended: " + verdict.ends() + "; paid at Violet: " + verdict.paid());
        int ended = verdict.ends().values().stream().mapToInt(Integer::intValue).sum();
        if (ended != count) {
            verdict.faults().add("only " + ended + " of " + count + " are in the journal");
        }
        return verdict.faults();
    }

    private static void pause() {
        try {
            Thread.sleep(1_000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    static int done(Databases databases) {
        try (Connection connection = databases.connect("connectors");
                Statement statement = connection.createStatement();
                ResultSet there = statement.executeQuery("select to_regclass('call') is not null")) {
            there.next();
            if (!there.getBoolean(1)) {
                return 0;
            }
            try (ResultSet rows =
                    statement.executeQuery("select count(*) from call where state = 'DONE' and told_no = tell_no")) {
                rows.next();
                return rows.getInt(1);
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
