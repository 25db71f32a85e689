package dev.refundhub.local.bench;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.refundhub.local.http.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Locale;
import java.util.function.Consumer;

/** A table of what was measured, for people, and the same as a file. */
final class Report {
    private static final int ONE_COMMIT = 12;

    private final Consumer<String> say;
    private final ObjectNode all = Json.MAPPER.createObjectNode();

    Report(String title, Path checkout, Consumer<String> say) {
        this.say = say;
        all.put("bench", title).put("at", Instant.now().toString()).put("commit", commit(checkout));
        all.putObject("machine")
                .put("cores", Runtime.getRuntime().availableProcessors())
                .put("memoryMiB", memory())
                .put("system", System.getProperty("os.name") + " " + System.getProperty("os.version"))
                .put("java", System.getProperty("java.version"))
                .put("loadBefore", load());
        all.putObject("measured");
        say.accept("");
        say.accept(String.format(
                Locale.ROOT, "%-58s %-34s %s", title + ", " + all.path("commit").asText(), "measured", "must"));
    }

    /**
     * A line.
     *
     * @param must what it is to be, and whether it is; empty where nothing is demanded
     */
    void line(String what, String measured, String must) {
        say.accept(String.format(Locale.ROOT, "%-58s %-34s %s", what, measured, must));
        ((ObjectNode) all.path("measured")).put(what, measured + (must.isEmpty() ? "" : "; must be " + must));
    }

    void write(Path file) {
        try {
            Files.createDirectories(file.getParent());
            Files.writeString(file, Json.MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(all) + "\n");
            say.accept("");
            say.accept("Also in " + file.getFileName() + ". Load of the machine before: "
                    + all.at("/machine/loadBefore").asText() + ".");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String verdict(boolean holds, String must) {
        return must + (holds ? ": yes" : ": NO");
    }

    private static String load() {
        try {
            return Files.readString(Path.of("/proc/loadavg")).replaceAll(" .*\\R?", "");
        } catch (IOException elsewhere) {
            return "unknown";
        }
    }

    private static long memory() {
        try {
            return Files.readAllLines(Path.of("/proc/meminfo")).stream()
                    .filter(line -> line.startsWith("MemTotal"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) >> 10)
                    .findFirst()
                    .orElse(0);
        } catch (IOException elsewhere) {
            return 0;
        }
    }

    /** What is checked out, as far as its files say it. */
    private static String commit(Path checkout) {
        try {
            String head = Files.readString(checkout.resolve(".git/HEAD")).strip();
            String ref = head.replaceFirst("^ref: ", "");
            String id = head.equals(ref)
                    ? head
                    : Files.readString(checkout.resolve(".git").resolve(ref)).strip();
            return id.substring(0, Math.min(id.length(), ONE_COMMIT));
        } catch (IOException none) {
            return "unknown";
        }
    }
}
