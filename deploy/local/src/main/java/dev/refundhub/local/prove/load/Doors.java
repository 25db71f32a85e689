package dev.refundhub.local.prove.load;

import dev.refundhub.local.delivery.Sources;
import dev.refundhub.local.http.Http;
import dev.refundhub.local.http.Reply;
import dev.refundhub.local.issuer.Role;
import dev.refundhub.local.prove.load.Diary.Delivered;
import dev.refundhub.local.prove.load.Diary.Known;
import dev.refundhub.local.stack.Fleet;
import dev.refundhub.local.stack.Service;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/** The doors of the hub, whichever replica opens; what was answered goes into the diary. */
final class Doors {
    private final Fleet fleet;
    private final Diary diary;
    private final Sources sources;

    Doors(Fleet fleet, Diary diary) {
        this.fleet = fleet;
        this.diary = diary;
        this.sources = new Sources(
                fleet.directories().config("webhook-gateway"), fleet.settings().environment());
    }

    /** Whether it was taken, or refused for good: nobody delivers it again then. */
    boolean deliver(String source, byte[] body, String topic) {
        return deliver(source, body, Optional.empty(), topic);
    }

    /** With a signature that nobody gave. */
    boolean deliverForged(String source, byte[] body) {
        return deliver(source, body, Optional.of("another secret"), "");
    }

    private boolean deliver(String source, byte[] body, Optional<String> secret, String topic) {
        String address = any(Service.GATEWAY) + "/webhooks";
        try {
            Reply reply = secret.isPresent()
                    ? sources.deliver(address, source, body, topic, secret.get())
                    : sources.deliver(address, source, body, topic);
            Known known = reply.status() == 200
                    ? Known.ACKNOWLEDGED
                    : reply.status() / 100 == 4 ? Known.REFUSED : Known.UNKNOWN;
            diary.note(new Delivered(
                    source, sha256(body), known, reply.header("Delivery-Id").orElse(null)));
            return known != Known.UNKNOWN;
        } catch (UncheckedIOException e) {
            if (!(e.getCause() instanceof ConnectException)) {
                diary.note(new Delivered(source, sha256(body), Known.UNKNOWN, null));
            }
            return false;
        }
    }

    /** Empty where nobody answered, or with a 5xx. */
    Optional<Reply> ask(
            String method,
            String path,
            Sold order,
            Role role,
            String subject,
            Map<String, String> headers,
            String body) {
        Map<String, String> all = new HashMap<>(Http.bearer(fleet.token(role, order.seller(), subject)));
        all.putAll(headers);
        try {
            Reply reply = Http.send(
                    method, any(Service.REFUNDS) + "/api/v2" + path, all, body.getBytes(StandardCharsets.UTF_8));
            return reply.status() >= 500 ? Optional.empty() : Optional.of(reply);
        } catch (UncheckedIOException e) {
            return Optional.empty();
        }
    }

    private String any(Service service) {
        List<Fleet.Member> members = fleet.of(service);
        return members.get(ThreadLocalRandom.current().nextInt(members.size())).address();
    }

    static String sha256(byte[] body) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(body));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
