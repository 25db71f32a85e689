package dev.refundhub.refunds.claim;

import com.fasterxml.jackson.core.type.TypeReference;
import dev.refundhub.messages.InstantRefund;
import dev.refundhub.messages.PartnerClaim;
import dev.refundhub.refunds.JsonColumn;

/** What is parked, as text and back: as the gateway told it. */
final class ParkedText {

    private static final Claim CLAIM = new Claim();
    private static final Instant INSTANT = new Instant();

    private static final class Claim extends JsonColumn<PartnerClaim> {
        Claim() {
            super(new TypeReference<>() {});
        }
    }

    private static final class Instant extends JsonColumn<InstantRefund> {
        Instant() {
            super(new TypeReference<>() {});
        }
    }

    private ParkedText() {}

    static String type(Object message) {
        return message instanceof InstantRefund ? InstantRefund.TYPE : PartnerClaim.TYPE;
    }

    static String of(Object message) {
        return message instanceof InstantRefund instant
                ? INSTANT.convertToDatabaseColumn(instant)
                : CLAIM.convertToDatabaseColumn((PartnerClaim) message);
    }

    static Object read(String type, String text) {
        return InstantRefund.TYPE.equals(type)
                ? INSTANT.convertToEntityAttribute(text)
                : CLAIM.convertToEntityAttribute(text);
    }
}
