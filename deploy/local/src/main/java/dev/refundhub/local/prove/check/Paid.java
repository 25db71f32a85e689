package dev.refundhub.local.prove.check;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What Violet paid because the hub asked it to, by its own ledger. */
final class Paid {
    private static final int REFERENCE = 20;
    private static final Set<String> FAILED = Set.of("FAILED", "CANCELED");

    /** A payment that Violet made, and the id that Violet gave it. */
    record Payment(String reference, long bag, long amount, long id) {}

    private final Ledger violet;
    private final Map<String, List<Payment>> byReference = new HashMap<>();
    private final Map<Long, Payment> byId = new HashMap<>();
    private final Map<Long, Long> byBag = new HashMap<>();
    private final Set<Long> cameToNothing = new HashSet<>();
    private int read;

    private Paid(Ledger violet) {
        this.violet = violet;
    }

    /** What was paid until now; what comes later is not known before {@link #catchUp()}. */
    static Paid of(Ledger violet) {
        return new Paid(violet).catchUp();
    }

    Paid catchUp() {
        List<JsonNode> news = violet.entriesFrom(read);
        read += news.size();
        news.forEach(entry -> {
            JsonNode what = entry.path("what");
            switch (entry.path("kind").asText()) {
                case "STATUS" -> status(what);
                case "REFUND" -> add(what);
                default -> {}
            }
        });
        return this;
    }

    private void status(JsonNode what) {
        if (FAILED.contains(what.path("status").asText())) {
            long id = what.path("refund_id").asLong();
            cameToNothing.add(id);
            Payment payment = byId.remove(id);
            if (payment != null) {
                byBag.merge(payment.bag(), -payment.amount(), Long::sum);
                byReference.computeIfPresent(payment.reference(), (reference, all) -> without(all, payment));
            }
        }
    }

    private static List<Payment> without(List<Payment> all, Payment one) {
        List<Payment> others = new ArrayList<>(all);
        others.remove(one);
        return others.isEmpty() ? null : others;
    }

    private void add(JsonNode what) {
        JsonNode refund = what.path("refund");
        long id = refund.path("id").asLong();
        if (FAILED.contains(refund.path("status").asText()) || cameToNothing.contains(id)) {
            return;
        }
        String reason = what.path("asked").path("reason").asText();
        String reference = reason.length() < REFERENCE ? reason : reason.substring(0, REFERENCE);
        Payment payment = new Payment(
                reference, refund.path("bag_id").asLong(), refund.path("amount").asLong(), id);
        byId.put(id, payment);
        byReference.computeIfAbsent(reference, any -> new ArrayList<>()).add(payment);
        byBag.merge(payment.bag(), payment.amount(), Long::sum);
    }

    Map<String, List<Payment>> byReference() {
        return byReference;
    }

    /** How much went out of a bag, in minor units. */
    long outOf(List<Long> bags) {
        return bags.stream().mapToLong(bag -> byBag.getOrDefault(bag, 0L)).sum();
    }
}
