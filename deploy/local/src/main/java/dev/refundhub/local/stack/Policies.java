package dev.refundhub.local.stack;

import dev.refundhub.local.http.Http;
import dev.refundhub.local.http.Reply;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The policies of the sellers out of the box, a file for each. */
final class Policies {
    private Policies() {}

    static void set(Directories directories, Settings settings, String operator) {
        for (Path file : files(directories.policies())) {
            String seller = file.getFileName().toString().replace(".json", "");
            String address = settings.refunds() + "/sellers/" + seller + "/policy";
            Reply reply = Http.send("PUT", address, Http.bearer(operator), read(file));
            if (reply.status() / 100 != 2) {
                throw new CannotStart(
                        "The policy of " + seller + " is refused: " + reply.status() + " " + reply.body());
            }
        }
    }

    private static List<Path> files(Path directory) {
        try (Stream<Path> files = Files.list(directory)) {
            return files.sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] read(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
