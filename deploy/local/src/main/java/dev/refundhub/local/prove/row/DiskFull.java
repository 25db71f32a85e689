package dev.refundhub.local.prove.row;

import dev.refundhub.local.prove.row.Hurt.Skipped;
import dev.refundhub.local.stack.Databases;
import dev.refundhub.local.stack.Directories;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The disk on which the services' tables are is full for a while: a small file system of their own, filled to the last byte. */
final class DiskFull {
    private static final int MEGABYTES = 256;
    private static final Duration FULL = Duration.ofSeconds(8);
    private static final List<String> NAMES = List.of("gateway", "refunds", "connectors");

    private DiskFull() {}

    static String forAWhile(Scene scene) throws Exception {
        Databases databases = scene.fleet().settings().databases();
        Directories directories = scene.fleet().directories();
        Path place = Files.createDirectories(directories.data().resolve("tight"));
        if (run("mount", "-t", "tmpfs", "-o", "size=" + MEGABYTES + "m,mode=0777", "tmpfs", place.toString()) != 0) {
            throw new Skipped("this machine does not let me mount a file system");
        }
        try {
            Path tables = Files.createDirectory(
                    place.resolve("tables"),
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxrwxrwx")));
            own(directories.data().resolve("postgres"), tables);
            Postgres.execute(databases, "create tablespace tight location '" + tables + "'");
            int moved = move(databases, "tight");
            Path filler = place.resolve("filler");
            fill(filler);
            Scene.pause(FULL);
            Files.delete(filler);
            move(databases, "pg_default");
            Postgres.execute(databases, "drop tablespace tight");
            return "the disk of " + moved + " tables was full for " + FULL.toSeconds() + " s";
        } finally {
            run("umount", "-l", place.toString());
        }
    }

    /** Whoever runs PostgreSQL. */
    private static void own(Path data, Path tables) throws IOException {
        Files.setOwner(tables, Files.getOwner(data));
    }

    /** Every table, with its indexes: growing any of them takes room. */
    private static int move(Databases databases, String tablespace) throws SQLException {
        int moved = 0;
        for (String name : NAMES) {
            try (Connection connection = databases.connect(name);
                    Statement statement = connection.createStatement()) {
                List<String> moves = new ArrayList<>();
                try (ResultSet all = statement.executeQuery("select relkind, oid::regclass::text from pg_class where"
                        + " relnamespace = 'public'::regnamespace and relkind in ('r', 'i')")) {
                    while (all.next()) {
                        moves.add("alter " + (all.getString(1).equals("r") ? "table " : "index ") + all.getString(2)
                                + " set tablespace " + tablespace);
                    }
                }
                for (String move : moves) {
                    statement.execute(move);
                    moved++;
                }
            }
        }
        return moved;
    }

    private static void fill(Path filler) throws IOException {
        byte[] block = new byte[4_096];
        try (OutputStream out = Files.newOutputStream(filler)) {
            while (true) {
                out.write(block);
            }
        } catch (IOException full) {
            if (!Files.exists(filler)) {
                throw full;
            }
        }
    }

    private static int run(String... command) throws IOException, InterruptedException {
        try {
            return new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .waitFor();
        } catch (IOException thereIsNoSuchProgram) {
            return -1;
        }
    }
}
