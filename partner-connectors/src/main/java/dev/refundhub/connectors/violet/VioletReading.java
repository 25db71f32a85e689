package dev.refundhub.connectors.violet;

import static dev.refundhub.connectors.partner.Outcome.DECLINED;
import static dev.refundhub.connectors.partner.Outcome.NOT_SENT;
import static dev.refundhub.connectors.partner.Outcome.UNCLEAR;

import com.fasterxml.jackson.databind.JsonNode;
import dev.refundhub.connectors.exchange.Ended;
import dev.refundhub.connectors.exchange.Ended.Answered;
import dev.refundhub.connectors.exchange.Ended.NeverSent;
import dev.refundhub.connectors.exchange.Ended.NoAnswer;
import dev.refundhub.connectors.partner.Answer;
import dev.refundhub.connectors.partner.Reading;
import dev.refundhub.connectors.violet.VioletApi.Refund;
import dev.refundhub.messages.PartnerReport.BagRefund;
import dev.refundhub.messages.PartnerReport.RefundedSku;
import dev.refundhub.messages.VioletPayment;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** What the list of a bag's refunds means for a payment. A list that is not read whole is not read at all. */
final class VioletReading {

    private VioletReading() {}

    /** For a payment: ours, and what of the others may stand in its way. */
    static Reading of(VioletPayment asked, String knownAs, Ended ended) {
        return of(ended, refunds -> of(asked, knownAs, refunds));
    }

    /** For a look: everything. A list that names another bag is none. */
    static Reading of(long orderId, long bagId, Ended ended) {
        return of(ended, refunds -> all(orderId, bagId, refunds));
    }

    private static Reading of(Ended ended, Function<List<Refund>, Reading> meaning) {
        if (ended instanceof NeverSent never) {
            return unread(never.why());
        }
        if (ended instanceof NoAnswer none) {
            return unread(none.why());
        }
        Answered answered = (Answered) ended;
        if (answered.status() == VioletOutcome.OK) {
            return of(answered.body(), meaning);
        }
        return refused(VioletRefusal.of(answered), answered);
    }

    /** Whoever may not look does not know whether anything moved; what is certain is that we sent nothing. */
    private static Reading refused(Answer refusal, Answered answered) {
        return new Reading.Failed(Answer.of(NOT_SENT, refusal.detail())
                .said(refusal.says())
                .by(answered.status(), answered.retryAfter()));
    }

    private static Reading of(String body, Function<List<Refund>, Reading> meaning) {
        try {
            JsonNode list = VioletApi.JSON.readTree(body);
            JsonNode items = list.isArray() ? list : list.path("content");
            boolean whole = list.isArray() || (items.isArray() && isWhole(list, items));
            return whole ? meaning.apply(refunds(items)) : unread("UNREADABLE");
        } catch (IOException | IllegalArgumentException notItsShape) {
            return unread("UNREADABLE");
        }
    }

    /** A page that does not say that it is the only one may be one of many. */
    private static boolean isWhole(JsonNode page, JsonNode items) {
        JsonNode total = page.path("total_elements");
        return total.isMissingNode()
                ? page.path("last").booleanValue()
                : total.isIntegralNumber() && total.longValue() == items.size();
    }

    private static List<Refund> refunds(JsonNode items) throws IOException {
        List<Refund> refunds = new ArrayList<>();
        for (JsonNode item : items) {
            Refund refund = VioletApi.JSON.treeToValue(item, Refund.class);
            if (refund == null || refund.id() == null || refund.status() == null) {
                throw new IOException("a refund without id or status");
            }
            refunds.add(refund);
        }
        return refunds;
    }

    private static Reading of(VioletPayment asked, String knownAs, List<Refund> refunds) {
        List<Answer> ours = new ArrayList<>();
        List<Reading.Other> others = new ArrayList<>();
        for (Refund refund : refunds) {
            String reference = VioletReference.in(refund.reason());
            boolean isNamed = reference == null && refund.id().toString().equals(knownAs);
            if (isNamed || asked.instructionId().equals(reference)) {
                ours.add(VioletOutcome.of(asked, refund));
            } else if (!asked.known().contains(refund.id().toString()) && mayHaveMoved(refund)) {
                others.add(new Reading.Other(reference, told(refund)));
            }
        }
        return new Reading.Found(one(ours), others);
    }

    private static Reading all(long orderId, long bagId, List<Refund> refunds) {
        boolean ofAnother = refunds.stream()
                .anyMatch(refund -> (refund.orderId() != null && refund.orderId() != orderId)
                        || (refund.bagId() != null && refund.bagId() != bagId));
        return ofAnother
                ? unread("ANOTHER_BAG")
                : new Reading.Found(
                        Optional.empty(),
                        refunds.stream()
                                .map(refund -> new Reading.Other(VioletReference.in(refund.reason()), told(refund)))
                                .toList());
    }

    /** Were the same reference there twice, with money in more than one, no single answer would be the truth. */
    private static Optional<Answer> one(List<Answer> ours) {
        List<Answer> moved =
                ours.stream().filter(answer -> answer.outcome() != DECLINED).toList();
        return moved.size() > 1
                ? Optional.of(Answer.of(UNCLEAR, "FOUND_TWICE"))
                : moved.stream().findFirst().or(() -> ours.stream().findFirst());
    }

    private static boolean mayHaveMoved(Refund refund) {
        return !refund.status().equals("FAILED") && !refund.status().equals("CANCELED");
    }

    private static BagRefund told(Refund refund) {
        List<VioletApi.RefundedSku> skus = refund.skus() == null ? List.of() : refund.skus();
        return new BagRefund(
                refund.id().toString(),
                refund.amount(),
                refund.refundCurrency(),
                refund.status(),
                refund.reason(),
                skus.stream()
                        .filter(sku -> sku != null && sku.orderSkuId() != null)
                        .map(sku -> new RefundedSku(sku.orderSkuId(), sku.quantityRefunded()))
                        .toList(),
                Optional.ofNullable(refund.shipping())
                        .map(VioletApi.RefundedShipping::amount)
                        .orElse(null),
                false);
    }

    private static Reading unread(String why) {
        return new Reading.Failed(Answer.of(NOT_SENT, why));
    }
}
