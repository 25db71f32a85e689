package dev.refundhub.local.stack;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** A PostgreSQL server on a free port for a measurement: quick to fill, not durable, and gone with its data when closed. */
public final class ThrowawayPostgres implements AutoCloseable {
    private static final String NAME = "postgres";

    /** What a query plan depends on stays as PostgreSQL brings it, but for a cache that is not tiny. */
    private static final List<String> SETTINGS = List.of(
            "listen_addresses=127.0.0.1",
            "unix_socket_directories=",
            "timezone=UTC",
            "fsync=off",
            "synchronous_commit=off",
            "full_page_writes=off",
            "autovacuum=off",
            "wal_level=minimal",
            "max_wal_senders=0",
            "max_wal_size=8GB",
            "shared_buffers=1GB");

    private final Directories directories;
    private final OnlyOne lock;
    private final Databases databases;
    private Child server;

    private ThrowawayPostgres(Directories directories, OnlyOne lock) {
        this.directories = directories;
        this.lock = lock;
        this.databases = new Databases("127.0.0.1", freePort(), "postgres", "");
    }

    /** Starts it in directories of its own; what an earlier one has left there is ended and deleted. */
    public static ThrowawayPostgres start(Directories directories, Consumer<String> say) {
        directories.create();
        ThrowawayPostgres postgres = new ThrowawayPostgres(directories, OnlyOne.in(directories.state()));
        Runtime.getRuntime().addShutdownHook(new Thread(postgres::close, "stop"));
        try {
            new Leftovers(directories, say).end();
            postgres.start();
            return postgres;
        } catch (RuntimeException e) {
            postgres.close();
            throw e;
        }
    }

    private void start() {
        Directories.delete(directories.data());
        Child initdb = LocalPostgres.initdb(directories, databases);
        initdb.start();
        LocalPostgres.take(initdb, directories);
        server = server();
        server.start();
        LocalPostgres.await(server, databases);
    }

    private Child server() {
        Path data = directories.data().resolve(NAME);
        Unprivileged unprivileged = Unprivileged.here();
        unprivileged.give(data);
        Path program = PostgresBinaries.unpack(directories.binaries()).resolve("bin/postgres");
        List<String> command = unprivileged.command(
                program.toString(), "-D", data.toString(), "-p", Integer.toString(databases.port()));
        SETTINGS.forEach(setting -> command.addAll(List.of("-c", setting)));
        return new Child(NAME, command, Map.of(), data.toString(), LocalPostgres.STOP_SIGNAL, directories);
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** To its only database. */
    public Connection connect() throws SQLException {
        return databases.connect(NAME);
    }

    @Override
    public synchronized void close() {
        if (server != null) {
            server.stop();
            server = null;
        }
        Directories.delete(directories.data());
        lock.close();
    }
}
