package dev.refundhub.local.stack;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who is ended as a leftover, and who is not. */
class PidFileTest {
    @TempDir
    Path directory;

    private Process process;
    private PidFile written;

    @BeforeEach
    void aProcessIsWrittenDown() throws IOException {
        process = new ProcessBuilder("sleep", "4711").start();
        written = PidFile.of(process.toHandle(), "TERM", "4711");
    }

    @AfterEach
    void end() {
        process.destroyForcibly();
    }

    @Test
    void theProcessThatWasMeantIsFound() {
        written.write(directory.resolve("it.pid"));

        PidFile read = PidFile.read(directory.resolve("it.pid")).orElseThrow();

        assertEquals(process.pid(), read.process().orElseThrow().pid());
    }

    @Test
    void aStrangerWithTheSamePidIsLeftAlone() {
        PidFile otherCommand = new PidFile(process.pid(), written.started(), "TERM", "something else");
        PidFile otherStart = new PidFile(process.pid(), written.started().minus(Duration.ofMinutes(1)), "TERM", "4711");

        assertFalse(otherCommand.process().isPresent());
        assertFalse(otherStart.process().isPresent());
    }

    @Test
    void whatHasEndedIsNotFound() {
        process.destroyForcibly().onExit().join();

        assertFalse(written.process().isPresent());
    }

    @Test
    void aFileThatWasNotWrittenWholeIsNobody() throws IOException {
        Path file = Files.writeString(directory.resolve("it.pid"), process.pid() + "\n");

        assertTrue(PidFile.read(file).isEmpty());
    }
}
