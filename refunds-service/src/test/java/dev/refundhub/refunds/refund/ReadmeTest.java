package dev.refundhub.refunds.refund;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What the README tells of the life of a refund is what the code does. */
class ReadmeTest {

    private static final Pattern WORD = Pattern.compile("`([A-Z_]+)`");

    @Test
    void itsTableOfTheLifeIsTheCodes() throws IOException {
        Map<RefundStatus, Set<RefundStatus>> said = new EnumMap<>(RefundStatus.class);
        for (List<String> row : rows("### The life of a refund", "### Holds")) {
            Set<RefundStatus> next = EnumSet.noneOf(RefundStatus.class);
            words(row.get(1)).forEach(word -> next.add(RefundStatus.valueOf(word)));
            said.put(RefundStatus.valueOf(words(row.get(0)).get(0)), next);
        }

        Map<RefundStatus, Set<RefundStatus>> ours =
                Arrays.stream(RefundStatus.values()).collect(Collectors.toMap(s -> s, RefundStatus::next));
        assertEquals(ours, said);
    }

    @Test
    void itsPictureOfTheLifeIsTheCodes() throws IOException {
        Map<RefundStatus, Set<RefundStatus>> said = new EnumMap<>(RefundStatus.class);
        Arrays.stream(RefundStatus.values()).forEach(status -> said.put(status, EnumSet.noneOf(RefundStatus.class)));
        part("### The life of a refund", "### Holds")
                .lines()
                .filter(line -> line.contains("▶"))
                .forEach(line -> {
                    String[] arrow = line.trim().split(" ─*▶ ", -1);
                    Arrays.stream(arrow[1].split(" · ", -1))
                            .map(RefundStatus::valueOf)
                            .forEach(said.get(RefundStatus.valueOf(arrow[0]))::add);
                });

        Map<RefundStatus, Set<RefundStatus>> ours =
                Arrays.stream(RefundStatus.values()).collect(Collectors.toMap(s -> s, RefundStatus::next));
        assertEquals(ours, said);
    }

    @Test
    void itsTableOfHoldsHasEachWithHowItIsLifted() throws IOException {
        Set<String> said = new TreeSet<>();
        for (List<String> row : rows("### Holds", "### The API")) {
            said.addAll(words(row.get(0)));
            assertEquals(4, row.size(), row.toString());
            row.forEach(cell -> assertTrue(!cell.isBlank(), row.toString()));
        }

        assertEquals(Arrays.stream(Hold.values()).map(Enum::name).collect(Collectors.toCollection(TreeSet::new)), said);
    }

    private static List<List<String>> rows(String from, String to) throws IOException {
        return part(from, to)
                .lines()
                .filter(line -> line.startsWith("| `"))
                .map(line -> Arrays.stream(line.substring(1, line.length() - 1).split("\\|", -1))
                        .map(String::trim)
                        .toList())
                .toList();
    }

    private static String part(String from, String to) throws IOException {
        String readme = Files.readString(Path.of("../README.md"));
        return readme.substring(readme.indexOf(from), readme.indexOf(to));
    }

    private static List<String> words(String cell) {
        return WORD.matcher(cell).results().map((MatchResult r) -> r.group(1)).toList();
    }
}
