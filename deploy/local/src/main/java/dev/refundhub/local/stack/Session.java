package dev.refundhub.local.stack;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Children get a session of their own, so that Ctrl-C reaches the stack alone and the stack ends them in order. */
final class Session {
    static final List<String> OWN = hasSetsid() ? List.of("setsid") : List.of();

    private Session() {}

    private static boolean hasSetsid() {
        String path = System.getenv().getOrDefault("PATH", "");
        return Stream.of(path.split(File.pathSeparator))
                .anyMatch(directory -> Files.isExecutable(Path.of(directory, "setsid")));
    }
}
