package dev.refundhub.local.story;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** One of many sales: an order with a bag of its own at Violet, of which Shipped Suite may claim 54.00. */
record Sale(int no) {
    private static final long FIRST_REQUEST = 4_000;
    private static final int FIRST_ORDER = 95_000;
    private static final int FIRST_VIOLET_ORDER = 610_000;
    private static final long FIRST_BAG = 620_000;
    private static final int FIRST_SKU = 7_100_000;

    long request() {
        return FIRST_REQUEST + no;
    }

    String ref() {
        return Long.toString(request());
    }

    String orderId() {
        return Integer.toString(FIRST_ORDER + no);
    }

    long bag() {
        return FIRST_BAG + no;
    }

    byte[] order(Path samples) {
        return read(samples.resolve("order-91001.json"), "91001", orderId())
                .replace("61002", Integer.toString(FIRST_VIOLET_ORDER + no))
                .replace("62002", Long.toString(bag()))
                .replace("700102", Integer.toString(FIRST_SKU + no))
                .getBytes(StandardCharsets.UTF_8);
    }

    byte[] claim(Path samples) {
        return read(samples.resolve("claim-91001.json"), "91001", orderId())
                .replace("\"id\": 41,", "\"id\": " + request() + ",")
                .getBytes(StandardCharsets.UTF_8);
    }

    private static String read(Path sample, String id, String own) {
        try {
            return Files.readString(sample).replace(id, own);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
