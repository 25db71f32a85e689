package dev.refundhub.local.story;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;

/** An order of some shirts at 89.95, with a bag of its own at Violet, and what partners say about it. */
record Shirts(int no, int units) {
    private static final int FIRST_ORDER = 96_000;
    private static final int FIRST_VIOLET_ORDER = 630_000;
    private static final long FIRST_BAG = 640_000;
    private static final int FIRST_SKU = 7_200_000;

    String orderId() {
        return Integer.toString(FIRST_ORDER + no);
    }

    long bag() {
        return FIRST_BAG + no;
    }

    long violetOrder() {
        return FIRST_VIOLET_ORDER + (long) no;
    }

    byte[] order() {
        return read("order-5005.json")
                .replace("61003", Long.toString(violetOrder()))
                .replace("62003", Long.toString(bag()))
                .replace("700103", Integer.toString(FIRST_SKU + no))
                .replace("\"quantity\": 2", "\"quantity\": " + units)
                .replace("18985", Integer.toString(units * 8995 + 995))
                .getBytes(StandardCharsets.UTF_8);
    }

    /** The whole return as Optoro tells it, so many hours after it was made. */
    String rma(String status, int hours, String... items) {
        String sample = read("return-70001.json").replace("RMA-70001", "RMA-" + orderId());
        return sample.substring(0, sample.indexOf("\"items\""))
                        .replace("\"status\": \"CREATED\"", "\"status\": \"" + status + "\"")
                        .replace(
                                "\"updated_at\": \"2025-03-02T10:15:00.000Z\"",
                                "\"updated_at\": \"2025-03-02T%02d:15:00.000Z\"".formatted(10 + hours))
                + "\"items\":[" + String.join(",", items) + "],"
                + sample.substring(sample.indexOf("\"return_method\""));
    }

    /** One unit of it. */
    String unit(String type, String receiving) {
        String sample = read("return-70001.json");
        int begin = sample.indexOf('{', 1);
        return sample.substring(begin, sample.indexOf(']', begin))
                .replace("\"refund_type\": \"REFUND\"", "\"refund_type\": \"" + type + "\"")
                .replace("\"receiving_status\": \"PENDING\"", "\"receiving_status\": \"" + receiving + "\"");
    }

    String exchange() {
        return unit("STANDARD_EXCHANGE", "PENDING").replace("\"is_exchange\": false", "\"is_exchange\": true");
    }

    /** What Refundid tells of one of them. */
    String refundid(String id, String status) {
        return read("instant-900.json").replace("rfd_900", id).replace("refunding", status);
    }

    /** The order as Violet's webhooks tell it. */
    String violetsOrder() {
        return read("sale-61001.json")
                .replace("61001", Long.toString(violetOrder()))
                .replace("62001", Long.toString(bag()));
    }

    private String read(String sample) {
        try {
            return Files.readString(SharedStack.SAMPLES.resolve(sample)).replace("5005", orderId());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
