package dev.refundhub.local.prove.check;

import com.fasterxml.jackson.databind.JsonNode;
import dev.refundhub.local.http.Json;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What a partner wrote down of what it really did; each reading goes on where the last one ended. */
public final class Ledger {
    private final Path file;
    private final List<JsonNode> entries = new ArrayList<>();
    private final Map<String, Long> counts = new HashMap<>();
    private long read;

    /** Nothing is read yet. */
    public Ledger(Path file) {
        this.file = file;
    }

    /** Every fact so far, oldest first: its {@code kind} and {@code what}. */
    public synchronized List<JsonNode> entries() {
        catchUp();
        return List.copyOf(entries);
    }

    /** The same without so many of the oldest. */
    synchronized List<JsonNode> entriesFrom(int first) {
        catchUp();
        return List.copyOf(entries.subList(first, entries.size()));
    }

    private void catchUp() {
        try {
            if (Files.exists(file) && Files.size(file) > read) {
                readOn();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** How many facts of a kind there are so far. */
    public synchronized long count(String kind) {
        catchUp();
        return counts.getOrDefault(kind, 0L);
    }

    /** A line without its end is being written. */
    private void readOn() throws IOException {
        byte[] news;
        try (RandomAccessFile open = new RandomAccessFile(file.toFile(), "r")) {
            news = new byte[(int) (open.length() - read)];
            open.seek(read);
            open.readFully(news);
        }
        int begin = 0;
        for (int i = 0; i < news.length; i++) {
            if (news[i] == '\n') {
                JsonNode entry = Json.MAPPER.readTree(new String(news, begin, i - begin, StandardCharsets.UTF_8));
                entries.add(entry);
                counts.merge(entry.path("kind").asText(), 1L, Long::sum);
                begin = i + 1;
            }
        }
        read += begin;
    }
}
