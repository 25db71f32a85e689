package dev.refundhub.local.size;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The tables of refunds-service as its own scripts make them, and refunds in them, always the same ones. */
public final class Sample {
    private static final Pattern MIGRATION = Pattern.compile("V(\\d+)__.*\\.sql");
    private static final Pattern SAID = Pattern.compile("-- (.*?)\\.(\\s|$)", Pattern.DOTALL);

    private final Connection database;
    private final Consumer<String> say;

    public Sample(Connection database, Consumer<String> say) {
        this.database = database;
        this.say = say;
    }

    void migrate(Path scripts) throws SQLException {
        for (Path script : inOrder(scripts)) {
            say.accept("Migrating: " + script.getFileName());
            execute(read(script));
        }
    }

    private static List<Path> inOrder(Path scripts) {
        try (Stream<Path> files = Files.list(scripts)) {
            return files.filter(file -> MIGRATION.matcher(name(file)).matches())
                    .sorted(Comparator.comparingInt(Sample::version))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static int version(Path script) {
        Matcher matcher = MIGRATION.matcher(name(script));
        return matcher.matches() ? Integer.parseInt(matcher.group(1)) : 0;
    }

    private static String name(Path file) {
        return file.getFileName().toString();
    }

    /** Step by step; a step of the script ends with an empty line, and its comment says what it does. */
    public void load(long refunds) throws SQLException {
        for (String step : read().replace("${refunds}", Long.toString(refunds)).split("\n\n", -1)) {
            Matcher said = SAID.matcher(step);
            if (said.lookingAt()) {
                say.accept(said.group(1).replaceAll("\n-- ", " "));
            }
            execute(step);
        }
    }

    private void execute(String script) throws SQLException {
        try (Statement statement = database.createStatement()) {
            statement.execute(script);
        }
    }

    private static String read(Path script) {
        try {
            return Files.readString(script);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String read() {
        try (InputStream script = Sample.class.getResourceAsStream("/size/load.sql")) {
            return new String(script.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
