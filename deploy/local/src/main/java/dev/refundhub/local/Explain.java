package dev.refundhub.local;

import dev.refundhub.local.size.ListSize;
import dev.refundhub.local.stack.CannotStart;
import dev.refundhub.local.stack.Directories;
import dev.refundhub.local.stack.ThrowawayPostgres;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Set;
import java.util.function.Consumer;

/** Asks PostgreSQL what the list of refunds costs on millions of them; it fails if anything costs too much. */
final class Explain {
    private static final String REFUNDS = "--refunds";
    private static final long FEWEST = 10_000;

    private Explain() {}

    static void run(Path module, String[] words) {
        Arguments arguments = Arguments.parse(words, Set.of(REFUNDS), Set.of());
        long refunds = arguments.option(REFUNDS).map(Explain::number).orElse(5_000_000L);
        Path own = module.resolve("target/explain");
        Path checkout = module.resolve("../..").normalize();
        Directories directories = new Directories(checkout, own, own.resolve("data"), module.resolve("target/logs"));
        Clock clock = new Clock();
        Consumer<String> say = line -> System.out.println(clock + "  " + line);
        try (ThrowawayPostgres postgres = ThrowawayPostgres.start(directories, say);
                Connection database = postgres.connect()) {
            ListSize list = new ListSize(database, checkout.resolve("refunds-service"), say);
            list.load(refunds);
            if (!list.isFast()) {
                throw new CannotStart("The list is too slow.");
            }
        } catch (SQLException e) {
            throw new CannotStart("PostgreSQL: " + e.getMessage(), e);
        }
    }

    private static long number(String text) {
        try {
            long number = Long.parseLong(text);
            if (number >= FEWEST) {
                return number;
            }
        } catch (NumberFormatException e) {
            // said below
        }
        throw new CannotStart(REFUNDS + " takes a number from " + FEWEST + " on, not " + text + ".");
    }
}
