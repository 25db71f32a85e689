package dev.refundhub.local.story;

import com.fasterxml.jackson.databind.JsonNode;
import dev.refundhub.local.http.Http;
import dev.refundhub.local.http.Reply;
import dev.refundhub.local.issuer.Role;
import dev.refundhub.local.stack.Stack;
import java.nio.charset.StandardCharsets;

/** A shopper and the seller's clerk at the REST API. */
final class Shopper {

    /** What is bought, and by whom; the order of a file of that name. */
    static final String ORDER = "order-5005.json";

    static final long BAG = 62003;

    private static final String ONE_SHIRT =
            "{\"orderId\":5005,\"reason\":\"Too small\",\"amount\":89.95,\"refundOnly\":false,"
                    + "\"lines\":[{\"lineId\":\"601\",\"quantity\":1}]}";
    private static final String TOO_MUCH =
            "{\"orderId\":5005,\"reason\":\"Everything, please\",\"amount\":150,\"refundOnly\":true}";

    private final Stack stack;
    private final Narrator narrator;

    Shopper(Stack stack, Narrator narrator) {
        this.stack = stack;
        this.narrator = narrator;
    }

    /** Asks for one of two shirts. */
    JsonNode asksForOne() {
        return tell("POST /api/v2/refunds by the shopper", call("POST", "", ONE_SHIRT, Role.CUSTOMER), 201);
    }

    JsonNode isApproved(long id) {
        return does("APPROVE by the seller", id, "{\"action\":\"APPROVE\"}", Role.SELLER);
    }

    JsonNode sendsItBack(long id) {
        return does(
                "SHIP_INIT by the shopper",
                id,
                "{\"action\":\"SHIP_INIT\",\"trackingId\":\"SF1000000001\",\"carrierName\":\"SF-Express\"}",
                Role.CUSTOMER);
    }

    JsonNode isReceived(long id) {
        return does("RECEIVE by the seller", id, "{\"action\":\"RECEIVE\"}", Role.SELLER);
    }

    JsonNode sees(long id) {
        return call("GET", "/" + id, "", Role.CUSTOMER).json().path("data");
    }

    /** What is left, as the refusal says. */
    String asksForTooMuch() {
        Reply reply = call("POST", "", TOO_MUCH, Role.CUSTOMER);
        String detail = reply.json().path("detail").asText();
        narrator.tell("refunds-service", "POST /api/v2/refunds by the shopper: " + reply.status() + ", " + detail);
        if (reply.status() != 422) {
            throw new Broken("More than is left is answered " + reply.status() + ": " + reply.body());
        }
        return reply.json().path("left").asText();
    }

    private JsonNode does(String what, long id, String body, Role role) {
        return tell(what, call("PATCH", "/" + id, body, role), 200);
    }

    private JsonNode tell(String what, Reply reply, int expected) {
        JsonNode refund = reply.json().path("data");
        narrator.tell(
                "refunds-service",
                what + ": " + reply.status() + ", " + refund.path("status").asText());
        if (reply.status() != expected) {
            throw new Broken(what + " is answered " + reply.status() + ": " + reply.body());
        }
        return refund;
    }

    private Reply call(String method, String path, String body, Role role) {
        String subject = role == Role.CUSTOMER ? "customer-3" : "clerk";
        String token = stack.issuer().token(role, "acme", subject);
        String address = stack.settings().refunds() + "/refunds" + path;
        return body.isEmpty()
                ? Http.get(address, Http.bearer(token))
                : Http.send(method, address, Http.bearer(token), body.getBytes(StandardCharsets.UTF_8));
    }
}
