package dev.refundhub.local.prove.check;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.refundhub.local.prove.check.Tables.Row;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SamplerTest {
    private static final List<Row> DECLINED = List.of(new Row(List.of("hub-k3v9q2x7m4t8r6wz", "DECLINED")));

    @TempDir
    Path directory;

    private final Findings findings = new Findings();
    private Path file;

    @BeforeEach
    void aPaymentIsUnderWay() {
        file = directory.resolve("violet.jsonl");
        write(
                """
                {"kind":"REFUND","what":{"refund":{"id":1,"bag_id":62001,"amount":100,"status":"PROCESSING"},"asked":{"reason":"hub-k3v9q2x7m4t8r6wz"}}}
                """);
    }

    @Test
    void aPaymentThatComesToNothingWhileOneLooksIsRightlySaidNotToBePaid() throws SQLException {
        Sampler.whatIsSaidNotToBePaidIsNot(
                () -> {
                    write("{\"kind\":\"STATUS\",\"what\":{\"refund_id\":1,\"status\":\"FAILED\"}}\n");
                    return DECLINED;
                },
                Paid.of(new Ledger(file)),
                findings);

        assertEquals(List.of(), findings.faults());
    }

    @Test
    void aPaymentThatIsMadeMustNotBeSaidNotToBe() throws SQLException {
        Sampler.whatIsSaidNotToBePaidIsNot(() -> DECLINED, Paid.of(new Ledger(file)), findings);

        assertEquals(1, findings.faults().size());
    }

    private void write(String lines) {
        try {
            Files.writeString(file, lines, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
