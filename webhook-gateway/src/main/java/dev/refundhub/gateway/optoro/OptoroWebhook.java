package dev.refundhub.gateway.optoro;

import static dev.refundhub.gateway.PartnerJson.moment;
import static dev.refundhub.gateway.PartnerJson.text;

import com.fasterxml.jackson.databind.JsonNode;
import dev.refundhub.gateway.Delivery;
import dev.refundhub.gateway.PartnerJson;
import dev.refundhub.gateway.Reading;
import dev.refundhub.gateway.Reading.Quarantined;
import dev.refundhub.gateway.Reading.Reason;
import dev.refundhub.gateway.Reading.Told;
import dev.refundhub.messages.PartnerReturn;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * Optoro tells the whole state of an RMA, versions 2 to 5 of its body alike: the version header does not tell them apart, so
 * nothing branches on it (partner facts: optoro.md, 4, 5 and 8).
 */
public final class OptoroWebhook {

    /** A time from the future would make everything that comes after it old. */
    private static final Duration CLOCKS_DIFFER_BY = Duration.ofDays(1);

    private OptoroWebhook() {}

    /** What it says, depending on nothing but what is given. */
    public static Reading read(Delivery delivery, String seller) {
        byte[] body = delivery.body().getBytes();
        Optional<JsonNode> rma = PartnerJson.read(body);
        if (rma.isEmpty()) {
            return new Quarantined(Reason.NOT_JSON);
        }
        return fault(rma.get(), delivery)
                .<Reading>map(Quarantined::new)
                .orElseGet(() -> told(rma.get(), delivery, seller, sha256(body)));
    }

    private static Reading told(JsonNode rma, Delivery delivery, String seller, String bodySha256) {
        String caseRef = text(rma.path("rma_identifier")).orElseThrow();
        JsonNode complete = rma.path("receiving_complete");
        return new Told(
                String.join("/", seller, delivery.source(), caseRef),
                PartnerReturn.TYPE,
                new PartnerReturn(
                        seller,
                        delivery.source(),
                        "OPTORO",
                        delivery.id().toString(),
                        delivery.receivedAt(),
                        caseRef,
                        text(rma.path("status")).orElseThrow(),
                        changed(rma).orElseThrow(),
                        bodySha256,
                        text(rma.path("return_method")).orElse(null),
                        rma.path("gift_refund_only").asBoolean(false),
                        complete.isBoolean() ? complete.booleanValue() : null,
                        items(rma).stream().map(OptoroItem::read).toList()));
    }

    private static Optional<Reason> fault(JsonNode rma, Delivery delivery) {
        if (text(rma.path("rma_identifier")).isEmpty()) {
            return Optional.of(Reason.NO_REQUEST_ID);
        }
        if (text(rma.path("status")).isEmpty()) {
            return Optional.of(Reason.NO_STATUS);
        }
        Instant latest = delivery.receivedAt().plus(CLOCKS_DIFFER_BY);
        if (changed(rma).filter(moment -> moment.isBefore(latest)).isEmpty()) {
            return Optional.of(Reason.NO_TIME);
        }
        if (items(rma).isEmpty()) {
            return Optional.of(Reason.NO_ITEMS);
        }
        return items(rma).stream()
                .flatMap(item -> OptoroItem.fault(item).stream())
                .findFirst();
    }

    /** A time that is there but cannot be read is not replaced by another one. */
    private static Optional<Instant> changed(JsonNode rma) {
        return moment(rma.hasNonNull("updated_at") ? rma.path("updated_at") : rma.path("created_at"));
    }

    /** An array, or one object that stands alone. */
    private static List<JsonNode> items(JsonNode rma) {
        JsonNode items = rma.path("items");
        return items.isObject() ? List.of(items) : items.valueStream().toList();
    }

    private static String sha256(byte[] body) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(body));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
