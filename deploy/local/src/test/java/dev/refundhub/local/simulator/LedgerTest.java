package dev.refundhub.local.simulator;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LedgerTest {

    @TempDir
    Path directory;

    @Test
    void whatWasWrittenIsThereAfterARestart() {
        Path file = directory.resolve("new/ledger.jsonl");
        List<Ledger.Entry> written;
        try (Ledger ledger = new Ledger(file)) {
            ledger.write("REFUND", Map.of("amount", 1));
            ledger.write("STATUS", Map.of("amount", 2));
            written = List.copyOf(ledger.entries());
        }

        try (Ledger again = new Ledger(file)) {
            assertEquals(2, written.size());
            assertEquals(written, again.entries());
        }
    }

    @Test
    void aLineThatACrashCutOffNeverHappened() throws IOException {
        Path file = directory.resolve("ledger.jsonl");
        try (Ledger ledger = new Ledger(file)) {
            ledger.write("REFUND", Map.of("amount", 1));
        }
        Files.writeString(file, "{\"no\":2,\"kind\":\"REF", StandardOpenOption.APPEND);

        try (Ledger ledger = new Ledger(file)) {
            ledger.write("REFUND", Map.of("amount", 3));
        }

        try (Ledger ledger = new Ledger(file)) {
            assertEquals(
                    List.of(1, 3),
                    ledger.entries().stream()
                            .map(entry -> entry.what().path("amount").asInt())
                            .toList());
        }
    }
}
