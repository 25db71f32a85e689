package dev.refundhub.local.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import io.vertx.core.MultiMap;
import java.util.List;

/**
 * A request to a simulated partner, or to the simulator itself.
 *
 * @param query names and values after the question mark
 * @param headers names in any case
 * @param ids the numbers in the path, once its route is known
 * @param knob how this call is to be played
 */
public record Call(
        String method, String path, MultiMap query, MultiMap headers, String body, List<Long> ids, Knob knob) {

    /** The number at this place of the path, from 0. */
    public long id(int place) {
        return ids.get(place);
    }

    /**
     * The body as a tree.
     *
     * @throws IllegalArgumentException if it is not JSON
     */
    public JsonNode json() {
        return Json.parse(body);
    }

    Call with(List<Long> ids) {
        return new Call(method, path, query, headers, body, ids, knob);
    }

    Call with(Knob knob) {
        return new Call(method, path, query, headers, body, ids, knob);
    }
}
