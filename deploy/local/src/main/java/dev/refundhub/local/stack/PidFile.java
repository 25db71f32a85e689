package dev.refundhub.local.stack;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What is written down about a process, so that a later start can end it, and never a stranger that got the same pid.
 *
 * @param mark text that stands in its command line
 */
record PidFile(long pid, Instant started, String stopSignal, String mark) {
    private static final Duration ROUNDING = Duration.ofSeconds(3);

    static PidFile of(ProcessHandle process, String stopSignal, String mark) {
        Instant started = process.info().startInstant().orElseGet(Instant::now);
        return new PidFile(process.pid(), started, stopSignal, mark);
    }

    /** Empty where the file was not written whole. */
    static Optional<PidFile> read(Path file) {
        return lines(file, 4)
                .map(line ->
                        new PidFile(Long.parseLong(line.get(0)), Instant.parse(line.get(1)), line.get(2), line.get(3)));
    }

    /** PostgreSQL writes a file of its own: pid, data directory, seconds since 1970. */
    static Optional<PidFile> readPostmaster(Path file) {
        return lines(file, 3)
                .map(line -> new PidFile(
                        Long.parseLong(line.get(0)),
                        Instant.ofEpochSecond(Long.parseLong(line.get(2))),
                        LocalPostgres.STOP_SIGNAL,
                        line.get(1)));
    }

    private static Optional<List<String>> lines(Path file, int atLeast) {
        try {
            return Optional.of(Files.readAllLines(file)).filter(lines -> lines.size() >= atLeast);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void write(Path file) {
        try {
            String text = String.join("\n", Long.toString(pid), started.toString(), stopSignal, mark, "");
            Files.write(file, text.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The process, if it still lives and is the one that was meant. */
    Optional<ProcessHandle> process() {
        return ProcessHandle.of(pid)
                .filter(ProcessHandle::isAlive)
                .filter(process -> process.info().commandLine().orElse("").contains(mark))
                .filter(process ->
                        process.info().startInstant().filter(this::isItsStart).isPresent());
    }

    private boolean isItsStart(Instant start) {
        return Duration.between(started, start).abs().compareTo(ROUNDING) < 0;
    }
}
