package dev.refundhub.local.story;

import com.fasterxml.jackson.databind.JsonNode;
import dev.refundhub.local.http.Http;
import dev.refundhub.local.http.Reply;
import dev.refundhub.local.stack.Settings;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;

/** What really happened at the partners, after their own ledgers. */
final class Partners {
    private final String violet;
    private final String shipped;

    Partners(Settings settings) {
        violet = settings.violetSimulator();
        shipped = settings.shippedSimulator();
    }

    /** Every refund of a bag that Violet carried out: {@code refund} and, as it came, {@code asked}. */
    List<JsonNode> refunds(long bag) {
        return ledger(violet, "REFUND").stream()
                .filter(entry -> entry.at("/refund/bag_id").asLong() == bag)
                .toList();
    }

    /** Every confirmation of a request that Shipped Suite took. */
    List<JsonNode> confirmations(long request) {
        return ledger(shipped, "CONFIRMATION").stream()
                .filter(entry -> entry.path("id").asLong() == request)
                .map(entry -> entry.path("confirmation"))
                .toList();
    }

    /** Violet carries out the next refund it is asked for, and never answers. */
    void violetFallsSilentAfterTheNextRefund() {
        String knob = "[{\"behaviour\":\"ANSWER_LATE\",\"method\":\"POST\",\"path\":\".*/refunds\"}]";
        send("POST", violet + "/_simulator/knobs", knob);
    }

    private static void send(String method, String address, String body) {
        Reply reply = Http.send(method, address, Map.of(), body.getBytes(StandardCharsets.UTF_8));
        if (reply.status() != 200) {
            throw new IllegalStateException(address + " answers " + reply.status() + ": " + reply.body());
        }
    }

    private static List<JsonNode> ledger(String simulator, String kind) {
        JsonNode entries = Http.get(simulator + "/_simulator/ledger?kind=" + kind, Map.of())
                .json();
        return StreamSupport.stream(entries.spliterator(), false)
                .map(entry -> entry.path("what"))
                .toList();
    }
}
