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

    private final Map<String, List<Payment>> byReference = new HashMap<>();
    private final Map<Long, Long> byBag = new HashMap<>();

    static Paid of(Ledger violet) {
        Paid paid = new Paid();
        Set<Long> cameToNothing = new HashSet<>();
        List<JsonNode> entries = violet.entries();
        entries.stream()
                .filter(entry -> entry.path("kind").asText().equals("STATUS"))
                .filter(entry -> FAILED.contains(entry.at("/what/status").asText()))
                .forEach(entry -> cameToNothing.add(entry.at("/what/refund_id").asLong()));
        entries.stream()
                .filter(entry -> entry.path("kind").asText().equals("REFUND"))
                .map(entry -> entry.path("what"))
                .filter(what -> !FAILED.contains(what.at("/refund/status").asText()))
                .filter(what -> !cameToNothing.contains(what.at("/refund/id").asLong()))
                .forEach(paid::add);
        return paid;
    }

    private void add(JsonNode what) {
        String reason = what.at("/asked/reason").asText();
        String reference = reason.length() < REFERENCE ? reason : reason.substring(0, REFERENCE);
        Payment payment = new Payment(
                reference,
                what.at("/refund/bag_id").asLong(),
                what.at("/refund/amount").asLong(),
                what.at("/refund/id").asLong());
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
