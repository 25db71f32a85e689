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

    static boolean isCreated(Directories directories) {
        return Files.exists(data(directories));
    }

    /** Creates an empty database in a directory beside, to be taken over by {@link #take} when it is whole. */
    static Child initdb(Directories directories, Databases databases) {
        Path unfinished = unfinished(directories);
        Directories.delete(unfinished);
        Directories.create(unfinished);
        Unprivileged unprivileged = Unprivileged.here();
        unprivileged.give(unfinished);
        return new Child(
                "initdb",
                unprivileged.command(
                        program(directories, "initdb"),
                        "-D",
                        unfinished.toString(),
                        "-U",
                        databases.user(),
                        "--auth=trust",
                        "--encoding=UTF8",
                        "--locale=C",
                        "--locale-provider=builtin",
                        "--builtin-locale=C.UTF-8",
                        "--no-instructions"),
                Map.of(),
                unfinished.toString(),
                "TERM",
                directories);
    }

    static void take(Child initdb, Directories directories) {
        if (!Bounded.until(PATIENCE, () -> !initdb.isAlive()) || !initdb.succeeded()) {
            throw initdb.hasNotCome();
        }
        try {
            Files.move(unfinished(directories), data(directories), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new CannotStart("Cannot keep the new database: " + e.getMessage(), e);
        }
    }

    static Child server(Directories directories, Databases databases) {
        Unprivileged unprivileged = Unprivileged.here();
        unprivileged.give(data(directories));
        return new Child(
                "postgres",
                unprivileged.command(
                        program(directories, "postgres"),
                        "-D",
                        data(directories).toString(),
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
                        // two of each service have pools of 106 together
                        "-c",
                        "max_connections=200",
                        "-c",
                        "random_page_cost=1.1",
                        "-c",
                        "timezone=UTC"),
                Map.of(),
                data(directories).toString(),
                STOP_SIGNAL,
                directories);
    }

    static void await(Child server, Databases databases) {
        if (!Bounded.until(PATIENCE, () -> !server.isAlive() || answers(databases)) || !server.isAlive()) {
            throw server.hasNotCome();
        }
    }

    private static String program(Directories directories, String name) {
        return PostgresBinaries.unpack(directories.binaries())
                .resolve("bin")
                .resolve(name)
                .toString();
    }

    private static Path data(Directories directories) {
        return directories.data().resolve("postgres");
    }

    private static Path unfinished(Directories directories) {
        return directories.data().resolve("postgres.unfinished");
    }

    private static boolean answers(Databases databases) {
        try (Connection connection = databases.connect("postgres")) {
            return connection.isValid(1);
        } catch (SQLException e) {
            return false;
        }
    }
}
