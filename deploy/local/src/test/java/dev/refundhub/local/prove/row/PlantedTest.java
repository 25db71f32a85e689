package dev.refundhub.local.prove.row;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The faults that {@code plant} plants: whether {@code prove} finds each is shown there, here that they still can be planted. */
class PlantedTest {
    private static final Path CHECKOUT = Path.of("../..").toAbsolutePath().normalize();

    static Stream<Path> faults() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("planted"))) {
            return files.sorted().toList().stream();
        }
    }

    @Test
    void thereAreTenAtLeast() throws IOException {
        assertTrue(faults().count() >= 10);
    }

    @ParameterizedTest
    @MethodSource("faults")
    void aFaultFitsTheSourcesAsTheyAre(Path fault) throws IOException, InterruptedException {
        assumeTrue(Files.exists(CHECKOUT.resolve(".git")), "no checkout of git");
        Process apply = new ProcessBuilder(
                        "git", "apply", "--check", fault.toAbsolutePath().toString())
                .directory(CHECKOUT.toFile())
                .redirectErrorStream(true)
                .start();

        String said = new String(apply.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertEquals(0, apply.waitFor(), said);
    }

    @ParameterizedTest
    @MethodSource("faults")
    void aFaultNamesTheRowsThatMustFindIt(Path fault) throws IOException {
        List<Row> rows = Files.readAllLines(fault).stream()
                .filter(line -> line.startsWith("# rows: "))
                .map(line -> line.replaceAll("--points \\S+ ?", ""))
                .flatMap(line -> Stream.of(line.substring(8).split(" ", -1)))
                .map(Row::named)
                .toList();

        assertFalse(rows.isEmpty());
    }
}
