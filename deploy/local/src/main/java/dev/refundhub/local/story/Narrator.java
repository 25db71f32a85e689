package dev.refundhub.local.story;

import java.time.Duration;
import java.util.Locale;
import java.util.function.Consumer;

/** Tells what happens, where, and how long after the beginning; a line for each thing. */
public final class Narrator {
    private final long start = System.nanoTime();
    private final Consumer<String> lines;

    public Narrator(Consumer<String> lines) {
        this.lines = lines;
    }

    void chapter(String title) {
        lines.accept("");
        lines.accept(title);
    }

    void tell(String where, String what) {
        long millis = Duration.ofNanos(System.nanoTime() - start).toMillis();
        lines.accept(String.format(Locale.ROOT, "%8d ms  %-24s %s", millis, where, what));
    }
}
