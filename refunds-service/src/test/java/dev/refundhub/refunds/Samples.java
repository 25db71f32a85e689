package dev.refundhub.refunds;

import dev.refundhub.messages.MerchantOrder;
import dev.refundhub.messages.PartnerClaim;
import dev.refundhub.messages.PartnerReport;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** The order and the claim of the design's story, for any order id. */
public final class Samples {

    public static final String LINE = "34188136";

    private Samples() {}

    /** One item of 275.00 with 80.75 off the order and 16.52 tax: paid 210.77. */
    public static MerchantOrder order(String seller, String id, long version) {
        return order(seller, id, version, 1, new MerchantOrder.Violet(61001, 62001, 700101));
    }

    public static MerchantOrder order(
            String seller, String id, long version, int quantity, MerchantOrder.Violet violet) {
        return new MerchantOrder(
                seller,
                id,
                "O-" + id,
                version,
                Instant.parse("2020-12-23T18:38:46Z"),
                "USD",
                quantity * 27500L - 8075 + 1652,
                8075,
                new MerchantOrder.Customer("customer-1", "john@example.org"),
                List.of(new MerchantOrder.Line(LINE, "TMASADOSAMPLE", quantity, 27500, 0, 1652, violet, null)),
                List.of(new MerchantOrder.Shipping(
                        "shipping", 0, 0, violet == null ? null : new MerchantOrder.VioletBag(61001, 62001))),
                List.of(),
                null);
    }

    public static PartnerClaim claim(String seller, String orderId, String caseRef, String lineId, MerchantOrder told) {
        return claim(seller, orderId, caseRef, lineId, told, Instant.parse("2026-03-31T23:00:25.146Z"));
    }

    /** One that the gateway received then. */
    static PartnerClaim claim(
            String seller, String orderId, String caseRef, String lineId, MerchantOrder told, Instant receivedAt) {
        return new PartnerClaim(
                seller,
                seller + "-shipped",
                "SHIPPED_SUITE",
                UUID.randomUUID().toString(),
                receivedAt,
                caseRef,
                new PartnerClaim.OrderRef(orderId, null),
                "REFUND",
                "lost",
                List.of(new PartnerClaim.Item(lineId, 1)),
                told);
    }

    public static PartnerReport report(
            String instructionId,
            String orderId,
            long refundId,
            int revision,
            String outcome,
            boolean last,
            long moved) {
        return new PartnerReport(
                instructionId,
                "acme",
                orderId,
                refundId,
                "PAY",
                revision,
                outcome,
                last,
                moved,
                "USD",
                "88001",
                outcome,
                null,
                1,
                Instant.parse("2026-03-31T23:00:27.512Z"),
                List.of(),
                List.of());
    }
}
