package dev.refundhub.messages;

import dev.refundhub.messages.PartnerReport.BagRefund;
import java.time.Instant;
import java.util.List;

/**
 * Every refund of a bag as Violet lists them, told by the connectors on {@code partner-reports} after a look.
 *
 * @param instructionId of the look, a new one each time
 * @param why as the look said it: {@code HINT} or {@code RECONCILIATION}; null is as {@code HINT}
 * @param readAt when Violet answered
 * @param refunds all of them, ours and others
 */
public record BagRead(
        String instructionId,
        String seller,
        String orderId,
        String account,
        long violetOrderId,
        long bagId,
        String why,
        Instant readAt,
        List<BagRefund> refunds) {

    public static final String TOPIC = "partner-reports";
    public static final String TYPE = "dev.refundhub.bag-read.v1";
}
