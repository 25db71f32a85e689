package dev.refundhub.local.story;

import com.fasterxml.jackson.databind.JsonNode;
import dev.refundhub.local.http.Http;
import dev.refundhub.local.http.Reply;
import dev.refundhub.local.stack.Settings;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** What really happened at the partners, after their own ledgers, told as it happens. */
final class Partners implements AutoCloseable {
    private final String violetKnobs;
    private final LedgerTail refunds;
    private final LedgerTail confirmations;

    Partners(Settings settings, Narrator narrator) {
        violetKnobs = settings.violetSimulator() + "/_simulator/knobs";
        refunds = new LedgerTail(
                settings.violetSimulator(),
                "REFUND",
                what -> narrator.tell("Violet", "is asked " + what.path("asked")));
        confirmations = new LedgerTail(
                settings.shippedSimulator(),
                "CONFIRMATION",
                what -> narrator.tell("Shipped Suite", "is told " + what.path("confirmation")));
    }

    /** Every refund of a bag that Violet carried out: {@code refund} and, as it came, {@code asked}. */
    List<JsonNode> refunds(long bag) {
        return refunds.entries().stream()
                .filter(entry -> entry.at("/refund/bag_id").asLong() == bag)
                .toList();
    }

    /** Every confirmation of a request that Shipped Suite took. */
    List<JsonNode> confirmations(long request) {
        return confirmations.entries().stream()
                .filter(entry -> entry.path("id").asLong() == request)
                .map(entry -> entry.path("confirmation"))
                .toList();
    }

    /** Violet carries out the next refund it is asked for, and never answers. */
    void violetFallsSilentAfterTheNextRefund() {
        String knob = "[{\"behaviour\":\"ANSWER_LATE\",\"method\":\"POST\",\"path\":\".*/refunds\"}]";
        Reply reply = Http.send("POST", violetKnobs, Map.of(), knob.getBytes(StandardCharsets.UTF_8));
        if (reply.status() != 200) {
            throw new IllegalStateException("Violet's simulator answers " + reply.status() + ": " + reply.body());
        }
    }

    @Override
    public void close() {
        refunds.close();
        confirmations.close();
    }
}
