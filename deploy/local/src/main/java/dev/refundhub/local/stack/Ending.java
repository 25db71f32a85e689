package dev.refundhub.local.stack;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** How a process is ended: asked first, then made to. */
final class Ending {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private Ending() {}

    static void of(ProcessHandle process, String signal) {
        if (!process.isAlive()) {
            return;
        }
        ask(process, signal);
        if (!gone(process)) {
            process.destroyForcibly();
            gone(process);
        }
    }

    /** Through the shell, because Java knows only one polite signal and PostgreSQL waits for its clients at that one. */
    private static void ask(ProcessHandle process, String signal) {
        try {
            new ProcessBuilder("sh", "-c", "kill -" + signal + " " + process.pid())
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .waitFor();
        } catch (IOException e) {
            process.destroy();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static boolean gone(ProcessHandle process) {
        try {
            process.onExit().get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException | ExecutionException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
