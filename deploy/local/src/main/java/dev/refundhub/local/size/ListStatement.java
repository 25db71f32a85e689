package dev.refundhub.local.size;

import dev.refundhub.local.stack.CannotStart;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A statement that the list of refunds sends, as a test of refunds-service has written it down.
 *
 * @param who the role, and {@code seller} where an operator names one
 * @param filters the query of the request
 */
record ListStatement(String who, String filters, String sql) {
    private static final Pattern TITLE = Pattern.compile("-- ([A-Z]+(?: seller)?):(.*)");
    private static final Pattern PARAMETER = Pattern.compile("(\\w+) ?(=|<|<>|like|) ?\\$(\\d+)");

    /** A place in the statement that takes a value, such as {@code status <>}, and {@code offset} without an operator. */
    record Parameter(String column, String operator) {
        @Override
        public String toString() {
            return (column + " " + operator).strip();
        }
    }

    static List<ListStatement> read(Path file) {
        List<ListStatement> found = new ArrayList<>();
        Matcher title = null;
        for (String line : lines(file)) {
            Matcher next = TITLE.matcher(line);
            if (next.matches()) {
                title = next;
            } else if (title != null) {
                found.add(new ListStatement(title.group(1), title.group(2).strip(), line));
                title = null;
            } else {
                throw new CannotStart(
                        file + ": a request sends one statement, below its title; this is another: " + line);
            }
        }
        return found;
    }

    private static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** In the order of their numbers. */
    List<Parameter> parameters() {
        List<MatchResult> matches = PARAMETER.matcher(sql).results().toList();
        return matches.stream()
                .sorted((a, b) -> Integer.compare(number(a), number(b)))
                .map(match -> new Parameter(match.group(1), match.group(2)))
                .toList();
    }

    private static int number(MatchResult match) {
        return Integer.parseInt(match.group(3));
    }

    /** What the planner took to find the ids, from the first lines of a plan down; empty where it knew that there are none. */
    Optional<String> index(String plan) {
        String inner = inner();
        Pattern access = Pattern.compile("(?:using (\\w+) on refund " + inner + "|Bitmap Index Scan on (\\w+)"
                + "|((?:Parallel )?Seq Scan) on refund " + inner + ")\\b");
        return access.matcher(plan)
                .results()
                .map(found -> found.group(1) != null
                        ? found.group(1)
                        : found.group(2) != null ? found.group(2) : found.group(3))
                .findFirst();
    }

    private String inner() {
        Matcher alias = Pattern.compile("select (\\w+)\\.id from refund ").matcher(sql);
        if (!alias.find()) {
            throw new CannotStart("The ids of a list are found by a subquery, but here is none: " + sql);
        }
        return alias.group(1);
    }
}
