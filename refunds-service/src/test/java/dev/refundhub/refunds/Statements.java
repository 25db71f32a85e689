package dev.refundhub.refunds;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** Listens to what Hibernate sends to the database, or to what else is said in the log. */
final class Statements implements AutoCloseable {

    private final Logger log;
    private final Level before;
    private final List<String> sent = new CopyOnWriteArrayList<>();
    private final Handler listener = new Handler() {
        @Override
        public void publish(LogRecord statement) {
            sent.add(statement.getMessage());
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    };

    Statements() {
        this("org.hibernate.SQL");
    }

    private Statements(String logger) {
        log = Logger.getLogger(logger);
        before = log.getLevel();
        log.setLevel(Level.FINE);
        log.addHandler(listener);
    }

    /** What this class logs, as the formats of its messages. */
    static Statements saidBy(Class<?> type) {
        return new Statements(type.getName());
    }

    /** What was sent since the last call, without the look for what is due, which comes by the clock. */
    List<String> taken() {
        List<String> taken = sent.stream().filter(s -> !s.contains("due_at<=")).toList();
        sent.clear();
        return taken;
    }

    @Override
    public void close() {
        log.removeHandler(listener);
        log.setLevel(before);
    }
}
