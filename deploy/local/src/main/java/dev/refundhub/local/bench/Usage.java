package dev.refundhub.local.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;

/**
 * What the processes of one kind have taken so far.
 *
 * @param cpu of all processors together
 * @param mebibytes of memory that is resident now; 0 where nobody can say
 */
record Usage(Duration cpu, long mebibytes) {
    /** Of all descendants of this process whose command line holds this. */
    static Usage of(String mark) {
        return new Usage(
                processes(mark)
                        .map(process -> process.info().totalCpuDuration().orElse(Duration.ZERO))
                        .reduce(Duration.ZERO, Duration::plus),
                processes(mark).mapToLong(Usage::resident).sum());
    }

    /** Of this process. */
    static Usage own() {
        ProcessHandle own = ProcessHandle.current();
        return new Usage(own.info().totalCpuDuration().orElse(Duration.ZERO), resident(own));
    }

    /** Milliseconds of processors since another time, for each of so many things. */
    double millisSince(Usage before, long things) {
        return cpu.minus(before.cpu).toNanos() / 1e6 / Math.max(things, 1);
    }

    private static Stream<ProcessHandle> processes(String mark) {
        return ProcessHandle.current()
                .descendants()
                .filter(process -> process.info().commandLine().orElse("").contains(mark));
    }

    private static long resident(ProcessHandle process) {
        try {
            return Files.readAllLines(Path.of("/proc/" + process.pid() + "/status")).stream()
                    .filter(line -> line.startsWith("VmRSS"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) >> 10)
                    .findFirst()
                    .orElse(0);
        } catch (IOException elsewhere) {
            return 0;
        }
    }
}
