package dev.refundhub.local.stack;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A stack that was killed, and the next one in its place. */
class LeftoversTest {
    @TempDir
    Path directory;

    private final Settings settings = FreePorts.settings();
    private final List<String> said = Collections.synchronizedList(new ArrayList<>());

    @Test
    void whatAKilledStackLeftBehindIsEndedByTheNextAndNothingIsLeftInTheEnd() throws Exception {
        aStackInAProcessOfItsOwn().destroyForcibly().onExit().join();
        assertTrue(Sockets.listens(settings.port(Port.POSTGRES)));
        assertTrue(Sockets.listens(settings.port(Port.KAFKA)));

        try (Stack next = new Stack(AroundMain.directories(directory), settings, said::add)) {
            next.startAround();
        }

        assertTrue(said.stream().anyMatch(line -> line.contains("postgres.pid")), said.toString());
        assertTrue(said.stream().anyMatch(line -> line.contains("kafka.pid")), said.toString());
        settings.ports().forEach(port -> assertFalse(Sockets.listens(settings.port(port)), port.name()));
    }

    private Process aStackInAProcessOfItsOwn() throws IOException {
        ProcessBuilder builder = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx96m",
                AroundMain.class.getName(),
                directory.toString());
        builder.environment().putAll(settings.environment());
        builder.environment().put("CLASSPATH", System.getProperty("java.class.path"));
        Process process = builder.redirectError(ProcessBuilder.Redirect.INHERIT).start();
        assertEquals("up", process.inputReader().readLine());
        return process;
    }
}
