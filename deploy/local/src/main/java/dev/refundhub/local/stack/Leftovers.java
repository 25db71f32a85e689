package dev.refundhub.local.stack;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Processes that a killed stack left behind. Only to be asked for by whoever holds the locks of the directories. */
final class Leftovers {
    private final Directories directories;
    private final Consumer<String> say;

    Leftovers(Directories directories, Consumer<String> say) {
        this.directories = directories;
        this.say = say;
    }

    void end() {
        pidFiles().parallelStream().forEach(file -> end(file, PidFile.read(file)));
        Path postmaster = directories.data().resolve("postgres/postmaster.pid");
        if (Files.exists(postmaster)) {
            end(postmaster, PidFile.readPostmaster(postmaster));
        }
    }

    private void end(Path file, Optional<PidFile> written) {
        written.flatMap(PidFile::process).ifPresent(process -> {
            say.accept("Ending process " + process.pid() + " (" + file.getFileName()
                    + "): a stack that was killed left it behind.");
            Ending.of(process, written.get().stopSignal());
        });
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private List<Path> pidFiles() {
        try (Stream<Path> files = Files.list(directories.state())) {
            return files.filter(file -> file.toString().endsWith(".pid")).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
