package dev.refundhub.local.size;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.refundhub.local.stack.Directories;
import dev.refundhub.local.stack.ThrowawayPostgres;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The sample is what refunds-service could have written, and every statement of its list runs on it. */
class SampleTest {
    private static final Path CHECKOUT = Path.of("../..").toAbsolutePath().normalize();
    private static final Path SERVICE = CHECKOUT.resolve("refunds-service");
    private static final int REFUNDS = 10_000;

    @TempDir
    static Path directory;

    private static ThrowawayPostgres postgres;
    private static Connection database;

    @BeforeAll
    static void load() throws Exception {
        postgres = ThrowawayPostgres.start(directories(), line -> {});
        database = postgres.connect();
        new ListSize(database, SERVICE, line -> {}).load(REFUNDS);
    }

    @AfterAll
    static void stop() throws Exception {
        database.close();
        postgres.close();
        assertTrue(Files.notExists(directories().data()), "nothing is left");
    }

    private static Directories directories() {
        return new Directories(CHECKOUT, directory, directory.resolve("data"), directory.resolve("logs"));
    }

    @Test
    void thereAreAsManyRefundsAsWereAskedForAndEachHasItsOrder() throws Exception {
        assertEquals(REFUNDS, count("refund join customer_order using (seller, order_id)"));
    }

    @Test
    void triggersWouldHaveWrittenTheSame() throws Exception {
        assertEquals(
                0,
                count("refund r join customer_order o using (seller, order_id)"
                        + " where r.customer_subject is distinct from o.customer_subject"
                        + " or r.hold_codes is distinct from hold_codes(r.holds)"));
    }

    @Test
    void sellersDifferInSizeAndEveryoneHasOneRefundOfItsKind() throws Exception {
        assertEquals(0.6, count("refund where seller = 'biggest'") / (double) REFUNDS, 0.02);
        assertEquals(0.02, count("refund where seller = 'middle'") / (double) REFUNDS, 0.005);
        assertTrue(count("refund where seller = 'smallest'") <= 15);
        assertEquals(
                count("(select distinct seller from refund)"),
                count("(select distinct seller from refund where status = 'WAITING')"));
    }

    @Test
    void everyIndexIsThereAgain() throws Exception {
        assertEquals(0, count("size_index where to_regclass(name) is null"));
        assertTrue(count("size_index where name like 'refund%'") > 5);
    }

    @Test
    void everyStatementOfTheListRunsForEverybodyWhoMayAskIt() throws Exception {
        List<Asker> askers = Asker.all(database);
        for (ListStatement statement : ListStatement.read(SERVICE.resolve("src/test/resources/list.sql"))) {
            List<Question> firsts = askers.stream()
                    .filter(asker -> asker.role().equals(statement.who()))
                    .map(asker -> Question.of(statement, asker, REFUNDS).get(0))
                    .toList();

            List<Measured> measured = Measured.all(database, statement, firsts);

            assertTrue(measured.size() >= 1, statement.who());
            assertTrue(measured.stream().allMatch(m -> m.millis() > 0), statement.filters());
        }
    }

    private static long count(String what) throws SQLException {
        try (Statement statement = database.createStatement();
                ResultSet found = statement.executeQuery("select count(*) from " + what)) {
            found.next();
            return found.getLong(1);
        }
    }
}
