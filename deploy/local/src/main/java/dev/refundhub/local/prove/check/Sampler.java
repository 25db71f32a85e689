package dev.refundhub.local.prove.check;

import dev.refundhub.local.prove.check.Tables.Row;
import dev.refundhub.local.prove.load.Diary;
import dev.refundhub.local.prove.load.Sold;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Looks every 200 ms, whatever is going on: what must hold at any time holds then too. */
public final class Sampler implements AutoCloseable {
    private static final long EVERY_MILLIS = 200;

    /** Reads what the hub says of its payments: reference and outcome. */
    @FunctionalInterface
    interface Said {
        List<Row> read() throws SQLException;
    }

    private final Tables tables;
    private final Paid paid;
    private final Diary diary;
    private final Findings findings = new Findings();
    private final Map<Long, String> ended = new HashMap<>();
    private final Thread looking = new Thread(this::look, "sampler");
    private volatile boolean closed;
    private volatile boolean beginsAnew;
    private int looks;

    Sampler(Tables tables, Ledger violet, Diary diary) {
        this.tables = tables;
        this.paid = Paid.of(violet);
        this.diary = diary;
        looking.setDaemon(true);
        looking.start();
    }

    /** The database is older than what was seen. */
    public void restored() {
        beginsAnew = true;
    }

    private void look() {
        while (!closed) {
            try {
                once();
                looks++;
            } catch (SQLException e) {
                // PostgreSQL is what is hurt just now
            }
            try {
                Thread.sleep(EVERY_MILLIS);
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    private void once() throws SQLException {
        whatIsSaidNotToBePaidIsNot(
                () -> tables.read(
                        "refunds", "select reference, outcome from payout where outcome in ('DECLINED', 'NOT_SENT')"),
                paid,
                findings);
        Collection<String> twice = Checker.twice(paid);
        findings.check(twice.isEmpty(), "paid more than once: %s", twice);
        for (Sold sold : diary.orders().values()) {
            long out = paid.outOf(sold.bagIds());
            findings.check(out <= sold.paid(), "order %s: Violet paid %d of %d", sold.orderId(), out, sold.paid());
        }
        if (beginsAnew) {
            beginsAnew = false;
            ended.clear();
        }
        for (Row row : tables.read(
                "refunds", "select id, status from refund where status in ('ISSUED', 'DENIED', 'CANCELLED')")) {
            String before = ended.putIfAbsent(row.number(0), row.text(1));
            findings.check(
                    before == null || before.equals(row.text(1)),
                    "refund %d was %s and is %s",
                    row.number(0),
                    before,
                    row.text(1));
        }
        findings.check(
                tables.count(
                                "refunds",
                                "select count(*) from customer_order where excess <> greatest(reserved + issued - paid, 0)")
                        == 0,
                "an order has gone beyond what was paid");
    }

    /** The ledger is read last: what comes to nothing does so there first, and is said to have afterwards. */
    static void whatIsSaidNotToBePaidIsNot(Said said, Paid paid, Findings findings) throws SQLException {
        List<Row> notPaid = said.read();
        paid.catchUp();
        for (Row row : notPaid) {
            findings.check(
                    !paid.byReference().containsKey(row.text(0)),
                    "%s was paid and is said to be %s for now",
                    row.text(0),
                    row.text(1));
        }
    }

    public int looks() {
        return looks;
    }

    /** Ends looking. */
    public Findings end() {
        close();
        return findings;
    }

    @Override
    public void close() {
        closed = true;
        looking.interrupt();
        try {
            looking.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
