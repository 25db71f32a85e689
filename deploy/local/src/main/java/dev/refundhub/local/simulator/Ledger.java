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

/** What a partner really did: a line of JSON per fact, on the disk before anybody is answered, never changed. */
public final class Ledger implements AutoCloseable {

    /** A fact: its number from 1, when it happened, its kind, and what happened. */
    public record Entry(long no, String at, String kind, JsonNode what) {}

    private final List<Entry> entries = new ArrayList<>();
    private final FileChannel file;

    /** Opens the ledger of this file and reads back what it holds. */
    public Ledger(Path path) {
        try {
            Files.createDirectories(path.toAbsolutePath().getParent());
            file = FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
            file.position(readBack(Files.readAllBytes(path)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Keeps a fact; it is on the disk when this returns. */
    public Entry write(String kind, Object what) {
        Entry entry = new Entry(entries.size() + 1L, Instant.now().toString(), kind, Json.tree(what));
        ByteBuffer line = ByteBuffer.wrap((Json.text(entry) + "\n").getBytes(StandardCharsets.UTF_8));
        try {
            while (line.hasRemaining()) {
                file.write(line);
            }
            file.force(false);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        entries.add(entry);
        return entry;
    }

    /** Every fact, oldest first. */
    public List<Entry> entries() {
        return Collections.unmodifiableList(entries);
    }

    @Override
    public void close() {
        try {
            file.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A last line without its end was never answered for: it is written over. */
    private int readBack(byte[] bytes) throws IOException {
        int start = 0;
        for (int at = 0; at < bytes.length; at++) {
            if (bytes[at] == '\n') {
                String line = new String(bytes, start, at - start, StandardCharsets.UTF_8);
                entries.add(Json.as(Entry.class, Json.parse(line)));
                start = at + 1;
            }
        }
        file.truncate(start);
        return start;
    }
}
