package dev.refundhub.local.stack;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;

/** The real database server, as durable as in production: what it has acknowledged survives. */
final class LocalPostgres {
    /** The fast shutdown: it does not wait for clients to go. */
    static final String STOP_SIGNAL = "INT";

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private LocalPostgres() {}

    static Child child(Directories directories, Databases databases) {
        Path bin = PostgresBinaries.unpack(directories.binaries()).resolve("bin");
        Path data = directories.data().resolve("postgres");
        Unprivileged unprivileged = Unprivileged.here();
        if (!Files.exists(data)) {
            create(bin, data, unprivileged, databases.user(), directories.log("initdb"));
        }
        unprivileged.give(data);
        return new Child(
                "postgres",
                unprivileged.command(
                        bin.resolve("postgres").toString(),
                        "-D",
                        data.toString(),
                        "-p",
                        Integer.toString(databases.port()),
                        "-c",
                        "listen_addresses=127.0.0.1",
                        "-c",
                        "unix_socket_directories=",
                        "-c",
                        "fsync=on",
                        "-c",
                        "synchronous_commit=on",
                        "-c",
                        "timezone=UTC"),
                Map.of(),
                data.toString(),
                STOP_SIGNAL,
                directories);
    }

    static void await(Child server, Databases databases) {
        if (!Bounded.until(PATIENCE, () -> !server.isAlive() || answers(databases)) || !server.isAlive()) {
            throw server.hasNotCome();
        }
    }

    /** Into a directory beside, renamed when it is whole. */
    private static void create(Path bin, Path data, Unprivileged unprivileged, String user, Path log) {
        Path unfinished = data.resolveSibling("postgres.unfinished");
        Directories.delete(unfinished);
        Directories.create(unfinished);
        unprivileged.give(unfinished);
        try {
            Process initdb = new ProcessBuilder(unprivileged.command(
                            bin.resolve("initdb").toString(),
                            "-D",
                            unfinished.toString(),
                            "-U",
                            user,
                            "--auth=trust",
                            "--encoding=UTF8",
                            "--locale=C",
                            "--locale-provider=builtin",
                            "--builtin-locale=C.UTF-8",
                            "--no-instructions"))
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .start();
            if (initdb.waitFor() != 0) {
                throw new CannotStart("PostgreSQL's initdb failed: see " + log);
            }
            Files.move(unfinished, data, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new CannotStart("Cannot create a database in " + data + ": " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CannotStart("Stopped while PostgreSQL was being created.", e);
        }
    }

    private static boolean answers(Databases databases) {
        try (Connection connection = databases.connect("postgres")) {
            return connection.isValid(1);
        } catch (SQLException e) {
            return false;
        }
    }
}
