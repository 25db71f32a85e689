package dev.refundhub.connectors.instruction;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.refundhub.connectors.instruction.Heard.Look;
import dev.refundhub.connectors.instruction.Heard.Resolution;
import dev.refundhub.connectors.partner.Partners;
import dev.refundhub.messages.PaymentResolution;
import dev.refundhub.messages.VioletLook;
import java.util.Optional;
import java.util.Set;

/** What comes beside the payments: looks into a bag, and what people found out. Neither pays anything. */
final class Asides {

    private static final Set<String> REASONS = Set.of("HINT", "RECONCILIATION");

    private final Partners partners;

    Asides(Partners partners) {
        this.partners = partners;
    }

    boolean know(Received from) {
        return from.raw().topic().equals(VioletLook.TOPIC)
                && (from.type().equals(VioletLook.TYPE) || from.type().equals(PaymentResolution.TYPE));
    }

    /** Empty where it is not understood whole. */
    Optional<Heard> hear(Received from, ObjectNode body) {
        try {
            return from.type().equals(VioletLook.TYPE) ? look(from, body) : resolution(from, body);
        } catch (JsonProcessingException notAnOrder) {
            return Optional.empty();
        }
    }

    private Optional<Heard> look(Received from, ObjectNode body) throws JsonProcessingException {
        VioletLook look = StrictJson.JSON.treeToValue(body, VioletLook.class);
        boolean understood = look.kind().equals(VioletLook.KIND)
                && Received.isName(look.instructionId())
                && Received.isName(look.seller())
                && Received.isName(look.orderId())
                && look.violetOrderId() > 0
                && look.bagId() > 0
                && REASONS.contains(look.why())
                && partners.take(look.account(), VioletLook.TOPIC);
        return understood ? Optional.of(new Look(from, look)) : Optional.empty();
    }

    /** The partner's id is the one thing that nobody may know. */
    private static Optional<Heard> resolution(Received from, ObjectNode body) throws JsonProcessingException {
        if (!body.hasNonNull("partnerRefundId")) {
            body.put("partnerRefundId", "");
        }
        PaymentResolution told = StrictJson.JSON.treeToValue(body, PaymentResolution.class);
        boolean happened = told.verdict().equals("HAPPENED");
        boolean understood = told.kind().equals(PaymentResolution.KIND)
                && Received.isName(told.instructionId())
                && Received.isName(told.by())
                && (happened
                        ? told.movedMinor() > 0
                        : told.verdict().equals("DID_NOT_HAPPEN") && told.movedMinor() == 0);
        return understood ? Optional.of(new Resolution(from, told)) : Optional.empty();
    }
}
