package dev.refundhub.local.story;

import com.fasterxml.jackson.databind.JsonNode;
import dev.refundhub.local.delivery.ShippedSuite;
import dev.refundhub.local.delivery.Sources;
import dev.refundhub.local.http.Http;
import dev.refundhub.local.http.Reply;
import dev.refundhub.local.issuer.Role;
import dev.refundhub.local.stack.Settings;
import dev.refundhub.local.stack.Stack;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.StreamSupport;

/** The hub through its doors, as partners and the seller acme meet it. */
final class Hub {
    private static final String SOURCE = "acme-shipped";

    private final Settings settings;
    private final Sources sources;
    private final Supplier<String> token;

    Hub(Stack stack) {
        settings = stack.settings();
        sources = new Sources(stack.directories().config("webhook-gateway"), settings.environment());
        token = () -> stack.issuer().token(Role.SELLER, "acme", "story");
    }

    Reply deliver(byte[] body) {
        return deliver(body, sources.secret(SOURCE));
    }

    Reply deliver(byte[] body, String secret) {
        return ShippedSuite.deliver(settings.webhooks() + "/" + SOURCE, body, secret);
    }

    /** The refunds of a partner's case, none or one. */
    List<JsonNode> refunds(String sourceRef) {
        Reply reply = get("/refunds?sourceRef=" + sourceRef);
        if (reply.status() != 200) {
            throw new Broken("GET /api/v2/refunds answers " + reply.status() + ": " + reply.body());
        }
        return StreamSupport.stream(reply.json().path("data").spliterator(), false)
                .toList();
    }

    /** How many deliveries the gateway has kept. */
    long keptDeliveries() {
        try (Connection connection = settings.databases().connect("gateway");
                Statement statement = connection.createStatement();
                ResultSet count = statement.executeQuery("select count(*) from delivery")) {
            count.next();
            return count.getLong(1);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private Reply get(String path) {
        return Http.get(settings.refunds() + path, Http.bearer(token.get()));
    }
}
