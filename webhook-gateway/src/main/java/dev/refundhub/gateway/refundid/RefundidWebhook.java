package dev.refundhub.gateway.refundid;

import static dev.refundhub.gateway.PartnerJson.text;

import com.fasterxml.jackson.databind.JsonNode;
import dev.refundhub.gateway.Delivery;
import dev.refundhub.gateway.PartnerJson;
import dev.refundhub.gateway.Reading;
import dev.refundhub.gateway.Reading.Quarantined;
import dev.refundhub.gateway.Reading.Reason;
import dev.refundhub.gateway.Reading.Told;
import dev.refundhub.messages.InstantRefund;
import dev.refundhub.messages.PartnerClaim;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Refundid tells how far it is with paying a shopper (partner facts: refundid.md, 4, 5 and 8). */
public final class RefundidWebhook {

    /** The word that Refundid's notifications have after the merchant's address. */
    public static final String DOOR = "refundid";

    /** Nothing was paid, so it may say an amount of nothing. */
    private static final String FAILED = "failed";

    /** The only ones that are documented. */
    private static final Map<String, String> STAGES =
            Map.of("refunding", "REFUNDING", "refundid", "REFUNDED", FAILED, "FAILED");

    private RefundidWebhook() {}

    /** What it says, depending on nothing but what is given. */
    public static Reading read(Delivery delivery, String seller) {
        Optional<JsonNode> refund = PartnerJson.read(delivery.body().getBytes());
        if (refund.isEmpty()) {
            return new Quarantined(Reason.NOT_JSON);
        }
        return fault(refund.get()).<Reading>map(Quarantined::new).orElseGet(() -> told(refund.get(), delivery, seller));
    }

    private static Reading told(JsonNode refund, Delivery delivery, String seller) {
        String caseRef = text(RefundidNames.REFUNDID_ID.in(refund)).orElseThrow();
        Optional<RefundidAmount> amount =
                RefundidAmount.read(RefundidNames.AMOUNT.in(refund)).filter(read -> read.minor() > 0);
        return new Told(
                String.join("/", seller, delivery.source(), caseRef),
                InstantRefund.TYPE,
                new InstantRefund(
                        seller,
                        delivery.source(),
                        "REFUNDID",
                        delivery.id().toString(),
                        delivery.receivedAt(),
                        caseRef,
                        new PartnerClaim.OrderRef(
                                text(RefundidNames.MERCHANT_ORDER_REF.in(refund))
                                        .orElse(null),
                                text(RefundidNames.ORDER_NUMBER.in(refund)).orElse(null)),
                        STAGES.get(RefundidNames.STATUS.in(refund).asText()),
                        amount.map(RefundidAmount::minor).orElse(null),
                        amount.map(RefundidAmount::currency)
                                .map(Currency::getCurrencyCode)
                                .orElse(null),
                        lines(refund).stream()
                                .flatMap(line -> text(RefundidNames.RETURN_REASON.in(line)).stream())
                                .findFirst()
                                .orElse(null),
                        lines(refund).stream().map(RefundidWebhook::item).toList()));
    }

    private static Optional<Reason> fault(JsonNode refund) {
        if (text(RefundidNames.REFUNDID_ID.in(refund)).isEmpty()) {
            return Optional.of(Reason.NO_REQUEST_ID);
        }
        if (!STAGES.containsKey(RefundidNames.STATUS.in(refund).asText())) {
            return Optional.of(Reason.UNKNOWN_STATUS);
        }
        if (text(RefundidNames.MERCHANT_ORDER_REF.in(refund)).isEmpty()
                && text(RefundidNames.ORDER_NUMBER.in(refund)).isEmpty()) {
            return Optional.of(Reason.NO_ORDER_ID);
        }
        JsonNode amount = RefundidNames.AMOUNT.in(refund);
        long least = FAILED.equals(RefundidNames.STATUS.in(refund).asText()) ? 0 : 1;
        if (isSaid(amount)
                && RefundidAmount.read(amount)
                        .filter(read -> read.minor() >= least)
                        .isEmpty()) {
            return Optional.of(Reason.BAD_AMOUNT);
        }
        return faultOfLines(refund);
    }

    /** None may be named; what is named must be readable. */
    private static Optional<Reason> faultOfLines(JsonNode refund) {
        JsonNode named = RefundidNames.LINE_ITEMS.in(refund);
        if (isSaid(named) && !named.isArray()) {
            return Optional.of(Reason.NO_ITEMS);
        }
        if (lines(refund).stream()
                .anyMatch(line -> text(RefundidNames.LINE_ITEM_REF.in(line)).isEmpty())) {
            return Optional.of(Reason.NO_LINE_ID);
        }
        return lines(refund).stream().allMatch(line -> PartnerJson.count(RefundidNames.QUANTITY.in(line))
                        .isPresent())
                ? Optional.empty()
                : Optional.of(Reason.BAD_QUANTITY);
    }

    private static boolean isSaid(JsonNode node) {
        return !node.isMissingNode() && !node.isNull();
    }

    private static List<JsonNode> lines(JsonNode refund) {
        return RefundidNames.LINE_ITEMS.in(refund).valueStream().toList();
    }

    private static PartnerClaim.Item item(JsonNode line) {
        return new PartnerClaim.Item(
                text(RefundidNames.LINE_ITEM_REF.in(line)).orElseThrow(),
                PartnerJson.count(RefundidNames.QUANTITY.in(line)).orElseThrow());
    }
}
