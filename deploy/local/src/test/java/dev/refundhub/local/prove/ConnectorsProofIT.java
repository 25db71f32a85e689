package dev.refundhub.local.prove;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.refundhub.local.stack.Directories;
import dev.refundhub.local.stack.Fleet;
import dev.refundhub.local.stack.FreePorts;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The proof at a small size. */
class ConnectorsProofIT {
    @TempDir
    Path directory;

    @Test
    void whateverHappensNothingIsPaidTwiceAndNothingIsLost() {
        Path checkout = Path.of("../..").toAbsolutePath().normalize();
        Directories directories = new Directories(
                checkout, directory.resolve("state"), directory.resolve("state/data"), Path.of("target/it-logs"));
        try (Fleet fleet = new Fleet(
                        directories, FreePorts.settings(Map.of()), ConnectorsProof.IMPATIENT, ConnectorsProofIT::say)
                .start()) {
            ConnectorsProof proof = new ConnectorsProof(fleet, 300, 1, Duration.ofSeconds(3), ConnectorsProofIT::say);

            assertEquals(List.of(), proof.run(Duration.ofMinutes(2)));
        }
    }

    private static void say(String line) {
        System.out.println(line);
    }
}
