package dev.refundhub.local.story;

import com.fasterxml.jackson.databind.JsonNode;
import dev.refundhub.local.http.Http;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.stream.StreamSupport;

/** What a partner writes into its ledger of one kind, from the beginning and from now on. */
final class LedgerTail implements AutoCloseable {
    private static final long PAUSE_NANOS = Duration.ofMillis(20).toNanos();

    private final String address;
    private final Consumer<JsonNode> listener;
    private final Thread reader;
    private volatile boolean closed;

    LedgerTail(String simulator, String kind, Consumer<JsonNode> listener) {
        this.address = simulator + "/_simulator/ledger?kind=" + kind;
        this.listener = listener;
        reader = new Thread(this::read, "tail of " + address);
        reader.setDaemon(true);
        reader.start();
    }

    /** All that stands there now. */
    List<JsonNode> entries() {
        JsonNode entries = Http.get(address, Map.of()).json();
        return StreamSupport.stream(entries.spliterator(), false)
                .map(entry -> entry.path("what"))
                .toList();
    }

    private void read() {
        int told = 0;
        while (!closed) {
            List<JsonNode> entries = entries();
            entries.subList(told, entries.size()).forEach(listener);
            told = entries.size();
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }

    @Override
    public void close() {
        closed = true;
        try {
            reader.join(Duration.ofSeconds(5).toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
