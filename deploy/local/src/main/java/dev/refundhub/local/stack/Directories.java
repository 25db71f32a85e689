package dev.refundhub.local.stack;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * Where things lie.
 *
 * @param checkout the repository
 * @param state lock and pid files of the running stack
 * @param data what PostgreSQL, Kafka, the issuer and the simulators keep
 * @param logs a file per process
 */
public record Directories(Path checkout, Path state, Path data, Path logs) {

    /** The directories of a stack started from {@code deploy/local}, with kept data where {@code data} is not null. */
    public static Directories of(Path module, Path data) {
        Path target = module.resolve("target");
        Path state = target.resolve("stack");
        return new Directories(
                module.resolve("../..").normalize(),
                state,
                data == null ? state.resolve("data") : data,
                target.resolve("logs"));
    }

    /** The same stack, for a service that was packaged in another checkout, and its configuration there. */
    Directories packagedAt(Path another) {
        return new Directories(another, state, data, logs);
    }

    public Path sample(String name) {
        return checkout.resolve("deploy/local/samples").resolve(name);
    }

    /** The samples whose names begin like this. */
    public List<Path> samples(String prefix) {
        try (Stream<Path> files = Files.list(sample(""))) {
            return files.filter(file -> file.getFileName().toString().startsWith(prefix))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Path policies() {
        return checkout.resolve("deploy/local/config/policies");
    }

    public Path config(String service) {
        return checkout.resolve("deploy/local/config/" + service + ".properties");
    }

    Path binaries() {
        return checkout.resolve("deploy/local/target/postgres");
    }

    Path jar(String service) {
        return checkout.resolve(service).resolve("target/quarkus-app/quarkus-run.jar");
    }

    Path log(String name) {
        return logs.resolve(name + ".log");
    }

    boolean keepsData() {
        return !data.startsWith(state);
    }

    void create() {
        create(state);
        create(data);
        create(logs);
    }

    static void create(Path directory) {
        try {
            Files.createDirectories(directory);
            if (!Files.isWritable(directory)) {
                throw new AccessDeniedException(directory.toString());
            }
        } catch (AccessDeniedException e) {
            throw new CannotStart(belongsToAnother(directory), e);
        } catch (IOException e) {
            throw new CannotStart("Cannot create " + directory + ": " + e.getMessage(), e);
        }
    }

    static void delete(Path directory) {
        if (!Files.exists(directory)) {
            return;
        }
        try (Stream<Path> all = Files.walk(directory)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        } catch (AccessDeniedException e) {
            throw new CannotStart(belongsToAnother(directory), e);
        } catch (IOException | UncheckedIOException e) {
            throw new CannotStart("Cannot delete " + directory + ": " + e.getMessage(), e);
        }
    }

    private static String belongsToAnother(Path directory) {
        Path existing = directory;
        while (!Files.exists(existing)) {
            existing = existing.getParent();
        }
        try {
            return existing + " belongs to " + Files.getOwner(existing) + " and cannot be written by "
                    + System.getProperty("user.name") + ": run as that user, or delete it.";
        } catch (IOException e) {
            return existing + " cannot be written by " + System.getProperty("user.name") + ".";
        }
    }
}
