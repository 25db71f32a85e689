package dev.refundhub.local.prove.check;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PaidTest {
    private static final String REFERENCE = "hub-k3v9q2x7m4t8r6wz";

    @TempDir
    Path directory;

    @Test
    void aPaymentIsKnownByTheReferenceThatItsReasonBeginsWith() throws IOException {
        Ledger ledger = ledger(refund(1, "COMPLETED", REFERENCE + " Claim for a lost parcel", 2_500));

        assertEquals(
                List.of(new Paid.Payment(REFERENCE, 62_001, 2_500, 1)),
                Paid.of(ledger).byReference().get(REFERENCE));
    }

    @Test
    void whatFailedOrCameToNothingLaterWasNotPaid() throws IOException {
        Ledger ledger = ledger(
                refund(1, "FAILED", REFERENCE, 2_500),
                refund(2, "PROCESSING", REFERENCE, 2_500),
                "{\"kind\":\"STATUS\",\"what\":{\"refund_id\":2,\"status\":\"FAILED\"}}");

        assertEquals(0, Paid.of(ledger).outOf(List.of(62_001L)));
    }

    @Test
    void whatIsKnownGoesOnWithTheLedger() throws IOException {
        Ledger ledger = ledger(refund(1, "PROCESSING", REFERENCE, 2_500), refund(2, "COMPLETED", REFERENCE, 100));
        Paid paid = Paid.of(ledger);

        Files.writeString(
                directory.resolve("violet.jsonl"),
                "{\"kind\":\"STATUS\",\"what\":{\"refund_id\":1,\"status\":\"FAILED\"}}\n",
                StandardOpenOption.APPEND);

        assertEquals(List.of(REFERENCE), List.copyOf(Checker.twice(paid)));
        assertEquals(List.of(), List.copyOf(Checker.twice(paid.catchUp())));
        assertEquals(100, paid.outOf(List.of(62_001L)));
    }

    @Test
    void theSameReferenceTwiceIsPaidTwice() throws IOException {
        Ledger ledger = ledger(refund(1, "COMPLETED", REFERENCE, 100), refund(2, "COMPLETED", REFERENCE, 100));

        assertEquals(List.of(REFERENCE), List.copyOf(Checker.twice(Paid.of(ledger))));
        assertEquals(200, Paid.of(ledger).outOf(List.of(62_001L)));
    }

    @Test
    void aLedgerIsReadOnFromWhereItsLastWholeLineEnded() throws IOException {
        Ledger ledger = ledger(refund(1, "COMPLETED", REFERENCE, 100));
        assertEquals(1, ledger.entries().size());

        Path file = directory.resolve("violet.jsonl");
        String second = refund(2, "COMPLETED", REFERENCE, 100);
        Files.writeString(file, second.substring(0, 20), StandardOpenOption.APPEND);
        assertEquals(1, ledger.entries().size());
        Files.writeString(file, second.substring(20) + "\n", StandardOpenOption.APPEND);

        assertEquals(2, ledger.entries().size());
        assertEquals(2, ledger.count("REFUND"));
    }

    private Ledger ledger(String... lines) throws IOException {
        Path file = directory.resolve("violet.jsonl");
        Files.writeString(file, String.join("\n", lines) + "\n");
        return new Ledger(file);
    }

    private static String refund(int id, String status, String reason, long amount) {
        return "{\"kind\":\"REFUND\",\"what\":{\"refund\":{\"id\":%d,\"bag_id\":62001,\"amount\":%d,\"status\":\"%s\"},\"asked\":{\"reason\":\"%s\"}}}"
                .formatted(id, amount, status, reason);
    }
}
