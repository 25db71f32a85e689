package dev.refundhub.local.size;

import dev.refundhub.local.stack.CannotStart;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/** Whether the list of refunds stays fast however many there are: every statement that it sends, on a sample. */
public final class ListSize {
    /** What a look at the list may take in the database. */
    private static final double MOST_MILLIS = 20;

    private final Connection database;
    private final Path service;
    private final Consumer<String> say;

    /** An empty database, and the directory of refunds-service. */
    public ListSize(Connection database, Path service, Consumer<String> say) {
        this.database = database;
        this.service = service;
        this.say = say;
    }

    /** Makes the sample. */
    public void load(long refunds) {
        try {
            Sample sample = new Sample(database, say);
            sample.migrate(service.resolve("src/main/resources/db/migration"));
            sample.load(refunds);
        } catch (SQLException e) {
            throw new CannotStart("The sample cannot be made: " + e.getMessage(), e);
        }
    }

    /** Prints the slowest of each statement's questions and then whatever is too slow; whether nothing is. */
    public boolean isFast() {
        try {
            return isFast(measure());
        } catch (SQLException e) {
            throw new CannotStart("A statement of the list fails: " + e.getMessage(), e);
        }
    }

    private boolean isFast(List<List<Measured>> measured) {
        List<Measured> slow = measured.stream()
                .flatMap(List::stream)
                .filter(m -> m.millis() > MOST_MILLIS)
                .toList();
        slow.forEach(m -> say.accept("Too slow: " + m.question() + "\n" + m.plan()));
        say.accept(measured.stream().mapToInt(List::size).sum() + " questions, of which " + slow.size()
                + " took more than " + MOST_MILLIS + " ms.");
        return slow.isEmpty();
    }

    private List<List<Measured>> measure() throws SQLException {
        List<Asker> askers = Asker.all(database);
        long newest = newest();
        List<List<Measured>> all = new ArrayList<>();
        say.accept("The slowest question of each request: milliseconds, the index that finds the ids, who asks what");
        for (ListStatement statement : ListStatement.read(service.resolve("src/test/resources/list.sql"))) {
            List<Question> questions = askers.stream()
                    .filter(asker -> asker.role().equals(statement.who()))
                    .flatMap(asker -> Question.of(statement, asker, newest).stream())
                    .toList();
            List<Measured> measured = Measured.all(database, statement, questions);
            all.add(measured);
            Measured slowest = measured.stream()
                    .max(Comparator.comparingDouble(Measured::millis))
                    .orElseThrow();
            say.accept(String.format(
                    Locale.ROOT, "%8.2f  %-42s  %s", slowest.millis(), slowest.index(), slowest.question()));
        }
        return all;
    }

    private long newest() throws SQLException {
        try (Statement statement = database.createStatement();
                ResultSet found = statement.executeQuery("select max(id) from refund")) {
            found.next();
            return found.getLong(1);
        }
    }
}
