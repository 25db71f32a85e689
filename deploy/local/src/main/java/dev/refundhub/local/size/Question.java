package dev.refundhub.local.size;

import dev.refundhub.local.size.ListStatement.Parameter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A statement with everything that it takes.
 *
 * @param values in the order of the parameters
 */
record Question(ListStatement statement, Asker asker, List<String> values) {

    /** Where a page begins, and how many are looked for: one more than its size. The deepest is the last that the API serves. */
    private static final List<Map<String, String>> PAGES =
            List.of(Map.of("offset", "0", "first", "21"), Map.of("offset", "10000", "first", "101"));

    /** Every combination of values, for the first and for the deepest page. */
    static List<Question> of(ListStatement statement, Asker asker, long newest) {
        List<Question> all = new ArrayList<>();
        for (Map<String, String> page : PAGES) {
            List<List<String>> combinations = List.of(List.of());
            for (Parameter parameter : statement.parameters()) {
                String fixed = page.get(parameter.toString());
                List<String> values = fixed == null ? asker.values(parameter, newest) : List.of(fixed);
                combinations = times(combinations, values);
            }
            combinations.forEach(values -> all.add(new Question(statement, asker, values)));
        }
        return all;
    }

    private static List<List<String>> times(List<List<String>> combinations, List<String> values) {
        List<List<String>> longer = new ArrayList<>();
        for (List<String> combination : combinations) {
            for (String value : values) {
                List<String> more = new ArrayList<>(combination);
                more.add(value);
                longer.add(more);
            }
        }
        return longer;
    }

    /** As a call of the prepared statement of this name. */
    String call(String prepared) {
        return "execute " + prepared
                + values.stream()
                        .map(value -> "'" + value.replace("'", "''") + "'")
                        .collect(Collectors.joining(", ", "(", ")"));
    }

    /** For people. */
    @Override
    public String toString() {
        Map<String, String> said = new LinkedHashMap<>();
        List<Parameter> parameters = statement.parameters();
        for (int i = 0; i < parameters.size(); i++) {
            said.put(parameters.get(i).toString(), values.get(i));
        }
        said.keySet().removeAll(List.of("seller =", "customer_subject =", "first"));
        return asker.name() + ": "
                + said.entrySet().stream()
                        .map(e -> e.getKey() + " " + e.getValue())
                        .collect(Collectors.joining(", "));
    }
}
