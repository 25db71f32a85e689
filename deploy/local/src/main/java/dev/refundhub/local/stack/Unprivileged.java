package dev.refundhub.local.stack;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * PostgreSQL refuses to run as root, or as a user without a name. Whoever is neither needs nothing; the others get a user
 * namespace in which they are nobody, and root, where such namespaces are closed, becomes nobody for real.
 */
record Unprivileged(List<String> prefix, boolean owns) {
    private static final int NOBODY = 65534;
    /** What Java calls them. */
    private static final Set<String> REFUSED = Set.of("root", "?");

    private static final List<String> NAMESPACE = List.of("unshare", "-U");
    private static final List<String> BECOME_NOBODY = List.of(
            "setpriv",
            "--reuid=" + NOBODY,
            "--regid=" + NOBODY,
            "--clear-groups",
            "--inh-caps=+dac_override",
            "--ambient-caps=+dac_override");

    static Unprivileged here() {
        if (!REFUSED.contains(System.getProperty("user.name"))) {
            return new Unprivileged(List.of(), false);
        }
        if (works(NAMESPACE)) {
            return new Unprivileged(NAMESPACE, false);
        }
        if (works(BECOME_NOBODY)) {
            return new Unprivileged(BECOME_NOBODY, true);
        }
        throw new CannotStart(
                "PostgreSQL does not run as this user, and neither unshare nor setpriv works here: "
                        + "run this as an ordinary user with a name, or run your own PostgreSQL and name it in HUB_POSTGRES_HOST.");
    }

    List<String> command(String... command) {
        List<String> whole = new ArrayList<>(prefix);
        whole.addAll(List.of(command));
        return whole;
    }

    /** PostgreSQL wants to own its data. */
    void give(Path directory) {
        if (owns) {
            try (Stream<Path> all = Files.walk(directory)) {
                for (Path path : all.toList()) {
                    Files.setAttribute(path, "unix:uid", NOBODY);
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private static boolean works(List<String> prefix) {
        List<String> command = new ArrayList<>(prefix);
        command.add("true");
        try {
            return new ProcessBuilder(command)
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
