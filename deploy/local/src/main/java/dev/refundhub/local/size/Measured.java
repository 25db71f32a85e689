package dev.refundhub.local.size;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What PostgreSQL says of a question. It takes no time of each row, which would cost more than finding it.
 *
 * @param millis for planning and execution together, the median of five warm runs
 * @param index by which it found the ids; {@code -} where it knew without looking that there are none
 */
record Measured(Question question, double millis, String index, String plan) {
    private static final int RUNS = 5;

    private static final Pattern TIME = Pattern.compile("(?:Planning|Execution) Time: ([0-9.]+) ms");

    /** Each run is planned for its values, as the service wants it of a list. */
    static List<Measured> all(Connection database, ListStatement statement, List<Question> questions)
            throws SQLException {
        List<Measured> all = new ArrayList<>();
        try (Statement session = database.createStatement()) {
            session.execute("set plan_cache_mode = force_custom_plan");
            session.execute("prepare list as " + statement.sql());
            for (Question question : questions) {
                all.add(measure(session, question));
            }
            session.execute("deallocate list");
        }
        return all;
    }

    private static Measured measure(Statement session, Question question) throws SQLException {
        String explain = "explain (analyze, buffers, timing off) " + question.call("list");
        String plan = explain(session, explain);
        List<Double> times = new ArrayList<>();
        for (int run = 0; run < RUNS; run++) {
            plan = explain(session, explain);
            times.add(millis(plan));
        }
        String index = question.statement().index(plan).orElse("-");
        return new Measured(question, times.stream().sorted().toList().get(RUNS / 2), index, plan);
    }

    private static String explain(Statement session, String explain) throws SQLException {
        StringBuilder plan = new StringBuilder();
        try (ResultSet lines = session.executeQuery(explain)) {
            while (lines.next()) {
                plan.append(lines.getString(1)).append('\n');
            }
        }
        return plan.toString();
    }

    static double millis(String plan) {
        Matcher times = TIME.matcher(plan);
        double sum = 0;
        while (times.find()) {
            sum += Double.parseDouble(times.group(1));
        }
        return sum;
    }
}
