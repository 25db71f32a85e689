package dev.refundhub.local.prove.agent;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.locks.LockSupport;

/** Waits for an order in a file, and carries it out: {@code POINT n} halts the process when it comes to the point the nth time. */
public final class Halt {
    /** As the shell says it of a process that was killed. */
    static final int KILLED = 137;

    private static final long PAUSE_NANOS = 20_000_000;

    private static Path order;
    private static volatile Point armed;
    private static int left;

    private Halt() {}

    /** Looks for orders in this file from now on; an order that was carried out is appended to the file {@code hits} beside it. */
    static void by(Path file) {
        order = file;
        Thread watch = new Thread(Halt::watch, "halt");
        watch.setDaemon(true);
        watch.start();
    }

    private static void watch() {
        while (true) {
            LockSupport.parkNanos(PAUSE_NANOS);
            boolean ordered = Files.exists(order);
            if (armed == null && ordered) {
                read();
            } else if (armed != null && !ordered) {
                armed = null;
            }
        }
    }

    private static synchronized void read() {
        try {
            String words = Files.readString(order).trim();
            int blank = words.indexOf(' ');
            if (blank > 0) {
                left = Integer.parseInt(words.substring(blank + 1));
                armed = Point.valueOf(words.substring(0, blank));
            }
        } catch (IOException e) {
            // read again
        }
    }

    /** What the instrumented methods call first. */
    public static void at(Point point) {
        if (armed == point) {
            count(point);
        }
    }

    private static synchronized void count(Point point) {
        if (--left == 0) {
            try {
                Files.writeString(
                        order.resolveSibling("hits"),
                        point + "\n",
                        StandardOpenOption.CREATE,
                        StandardOpenOption.APPEND);
                Files.deleteIfExists(order);
            } catch (IOException e) {
                // not counted then, which makes the row invalid
            }
            Runtime.getRuntime().halt(KILLED);
        }
    }
}
