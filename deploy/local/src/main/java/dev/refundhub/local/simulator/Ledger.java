package dev.refundhub.local.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What a partner really did: a line of JSON per fact, only ever added to, read back at the start. */
public final class Ledger implements AutoCloseable {

    /** A fact: its number from 1, when it happened, its kind, and what happened. */
    public record Entry(long no, String at, String kind, JsonNode what) {}

    private final Path path;
    private final FileChannel file;
    private final Map<String, Long> counts = new TreeMap<>();
    private long last;
    private boolean dirty;

    /** Opens the ledger of this file; one is made if there is none. */
    public Ledger(Path path) {
        this.path = path;
        try {
            Files.createDirectories(path.toAbsolutePath().getParent());
            file = FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            cutOff();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        entries().forEach(this::count);
    }

    /** Adds a fact. Nobody may be told of it before {@link Disk} has it. */
    public Entry write(String kind, Object what) {
        Entry entry = new Entry(last + 1, Instant.now().toString(), kind, Json.tree(what));
        ByteBuffer line = ByteBuffer.wrap((Json.text(entry) + "\n").getBytes(StandardCharsets.UTF_8));
        try {
            while (line.hasRemaining()) {
                file.write(line);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        dirty = true;
        count(entry);
        return entry;
    }

    /** Every fact, oldest first, as the file has it. */
    public List<Entry> entries() {
        try {
            List<Entry> entries = new ArrayList<>();
            for (String line : Files.readAllLines(path)) {
                entries.add(Json.as(Entry.class, Json.parse(line)));
            }
            return entries;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** How many facts there are of each kind. */
    Map<String, Long> counts() {
        return Collections.unmodifiableMap(counts);
    }

    /** Whether anything was written since this was last asked. */
    boolean wasWritten() {
        boolean written = dirty;
        dirty = false;
        return written;
    }

    /** Brings everything written so far to the disk. */
    void force() {
        try {
            file.force(false);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        force();
        try {
            file.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void count(Entry entry) {
        last = entry.no();
        counts.merge(entry.kind(), 1L, Long::sum);
    }

    /** A last line without its end was never answered for. */
    private void cutOff() throws IOException {
        byte[] bytes = Files.readAllBytes(path);
        int end = bytes.length;
        while (end > 0 && bytes[end - 1] != '\n') {
            end--;
        }
        file.truncate(end).position(end);
    }
}
