package dev.refundhub.monitoring;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Prometheus itself says that the rules are right; everybody who is woken finds what to do. */
class RulesTest {
    private static final Pattern PARAGRAPH = Pattern.compile("^### (\\w+)$([^#]*)", Pattern.MULTILINE);

    static List<JsonNode> alerts() {
        return Rules.alerts();
    }

    @Test
    void prometheusUnderstandsTheRules() throws Exception {
        promtool("check", "rules", "rules.yaml");
    }

    @Test
    void everyAlertIsHeardWhenItMustAndOnlyThen() throws Exception {
        promtool("test", "rules", "rules.test.yaml");
    }

    @ParameterizedTest
    @MethodSource("alerts")
    void everyAlertIsTestedBothWays(JsonNode alert) {
        List<Boolean> heard = Rules.testsOf(alert.path("alert").asText()).stream()
                .map(test -> !test.path("exp_alerts").isEmpty())
                .toList();

        assertEquals(Set.of(true, false), Set.copyOf(heard));
    }

    @ParameterizedTest
    @MethodSource("alerts")
    void everyAlertSaysHowMuchItHurries(JsonNode alert) {
        assertTrue(
                Set.of("page", "ticket").contains(alert.at("/labels/severity").asText()));
        assertFalse(alert.at("/annotations/summary").asText().isBlank());
    }

    @Test
    void everyAlertHasItsParagraphAndEveryParagraphItsAlert() throws IOException {
        Set<String> paragraphs = new TreeSet<>();
        PARAGRAPH
                .matcher(Files.readString(Rules.HERE.resolve("runbook.md")))
                .results()
                .forEach(paragraph -> {
                    paragraphs.add(paragraph.group(1));
                    Stream.of("**Means**", "**Look**", "do**")
                            .forEach(part -> assertTrue(
                                    paragraph.group(2).toLowerCase(Locale.ROOT).contains(part.toLowerCase(Locale.ROOT)),
                                    paragraph.group(1) + " lacks " + part));
                });

        assertEquals(new TreeSet<>(Rules.names()), paragraphs);
    }

    private static void promtool(String... words) throws IOException, InterruptedException {
        needsPromtool();
        List<String> command =
                Stream.concat(Stream.of("promtool"), Stream.of(words)).toList();
        Process process = new ProcessBuilder(command)
                .directory(Rules.HERE.toFile())
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertEquals(0, process.waitFor(), said);
    }

    private static void needsPromtool() {
        boolean there = Pattern.compile(File.pathSeparator)
                .splitAsStream(System.getenv().getOrDefault("PATH", ""))
                .anyMatch(directory -> Files.isExecutable(Path.of(directory, "promtool")));
        String why = "promtool is not on the path: THE ALERTS HAVE NOT BEEN TESTED.";
        if (System.getenv("CI") != null) {
            assertTrue(there, why);
        }
        if (!there) {
            System.err.println(why);
        }
        assumeTrue(there, why);
    }
}
