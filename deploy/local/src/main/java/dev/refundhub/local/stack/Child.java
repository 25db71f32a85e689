package dev.refundhub.local.stack;

import java.io.File;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A process of the stack: it can be started, stopped, killed and started again; its output goes to a log. */
public final class Child {
    private static final long LAST_BYTES = 64 * 1024;
    private final String name;
    private final List<String> command;
    private final Map<String, String> environment;
    private final String mark;
    private final String stopSignal;
    private final Directories directories;
    private Process process;

    /** Something that stands in {@code command} and in no other process's command line must be given as {@code mark}. */
    Child(
            String name,
            List<String> command,
            Map<String, String> environment,
            String mark,
            String stopSignal,
            Directories directories) {
        this.name = name;
        this.command = command;
        this.environment = environment;
        this.mark = mark;
        this.stopSignal = stopSignal;
        this.directories = directories;
    }

    public synchronized void start() {
        File log = directories.log(name).toFile();
        List<String> detached = new ArrayList<>(Session.OWN);
        detached.addAll(command);
        ProcessBuilder builder = new ProcessBuilder(detached)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log));
        builder.environment().putAll(environment);
        try {
            process = builder.start();
        } catch (IOException e) {
            throw new CannotStart("Cannot start " + name + ": " + e.getMessage(), e);
        }
        PidFile.of(process.toHandle(), stopSignal, mark).write(pidFile());
    }

    public synchronized void stop() {
        if (process != null) {
            Ending.of(process.toHandle(), stopSignal);
            process = null;
            forget();
        }
    }

    /** As with {@code kill -9}: no warning, nothing tidied up. */
    public synchronized void kill() {
        process.destroyForcibly();
        process.onExit().join();
    }

    /** Any signal; STOP and CONT freeze and thaw it. */
    public synchronized void signal(String name) {
        if (process != null) {
            Signals.send(process.toHandle(), name);
        }
    }

    /** Waits until it has ended by itself, or whatever was done to it. */
    public void awaitEnd() {
        Process ending;
        synchronized (this) {
            ending = process;
        }
        if (ending != null) {
            ending.onExit().join();
        }
    }

    /** The time of processors that it took so far. */
    public synchronized Duration processorTime() {
        return process == null
                ? Duration.ZERO
                : process.toHandle().info().totalCpuDuration().orElse(Duration.ZERO);
    }

    public synchronized boolean isAlive() {
        return process != null && process.isAlive();
    }

    synchronized boolean succeeded() {
        return process != null && !process.isAlive() && process.exitValue() == 0;
    }

    CannotStart hasNotCome() {
        String what = isAlive() ? " did not become ready in time" : " has ended";
        return new CannotStart(name + what + ". The last it said (" + directories.log(name) + "):\n" + lastWords());
    }

    /** The end of a log that may be large. */
    private String lastWords() {
        try (RandomAccessFile log = new RandomAccessFile(directories.log(name).toFile(), "r")) {
            log.seek(Math.max(0, log.length() - LAST_BYTES));
            byte[] end = new byte[(int) (log.length() - log.getFilePointer())];
            log.readFully(end);
            List<String> lines = new String(end, StandardCharsets.UTF_8).lines().toList();
            return String.join("\n", lines.subList(Math.max(0, lines.size() - 15), lines.size()));
        } catch (IOException e) {
            return "(no log)";
        }
    }

    private void forget() {
        try {
            Files.deleteIfExists(pidFile());
        } catch (IOException e) {
            // a pid file of a process that is gone does no harm
        }
    }

    private Path pidFile() {
        return directories.state().resolve(name + ".pid");
    }
}
