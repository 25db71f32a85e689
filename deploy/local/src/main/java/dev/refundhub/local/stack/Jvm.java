package dev.refundhub.local.stack;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Command lines of child processes that run Java: small, quick to start, and to be recognised later. */
final class Jvm {
    private Jvm() {}

    static List<String> command(Directories directories, String heap, String... rest) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                mark(directories),
                "-Xmx" + heap,
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1"));
        command.addAll(List.of(rest));
        return command;
    }

    /** The same where it is measured: it may compile as it does in production. */
    static List<String> measured(Directories directories, String heap, String... rest) {
        List<String> command = command(directories, heap, rest);
        command.remove("-XX:TieredStopAtLevel=1");
        return command;
    }

    static String mark(Directories directories) {
        return "-Dhub.stack=" + directories.state();
    }
}
