package dev.refundhub.messages;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.util.List;

/**
 * What became of an instruction, told by the connectors on {@code partner-reports}: totals so far, never changes. A report
 * whose revision is not above the newest one heard is no news.
 *
 * @param kind of the instruction: {@code PAY} or {@code CONFIRM}
 * @param revision rises per instruction, from 1
 * @param outcome {@code ACCEPTED}, {@code COMPLETED}, {@code PARTLY}, {@code DECLINED}, {@code NOT_SENT} or {@code UNCLEAR};
 *     any other word is to be read as {@code UNCLEAR}
 * @param isFinal the connectors do nothing more by themselves
 * @param movedMinor what moved so far, as far as is known
 * @param currency may be null
 * @param partnerRefundId the partner's id of the refund; null while there is none
 * @param partnerSays the partner's own word for it; may be null
 * @param detail why, in our words; may be null
 * @param attempts how often the partner was asked to do it
 * @param found refunds of the bag that nobody here knew of
 * @param evidence the attempts, at most the newest hundred, where the report is final
 */
public record PartnerReport(
        String instructionId,
        String seller,
        String orderId,
        long refundId,
        String kind,
        int revision,
        String outcome,
        @JsonProperty("final") boolean isFinal,
        long movedMinor,
        String currency,
        String partnerRefundId,
        String partnerSays,
        String detail,
        int attempts,
        Instant at,
        List<BagRefund> found,
        List<Evidence> evidence) {

    public static final String TOPIC = "partner-reports";
    public static final String TYPE = "dev.refundhub.report.v1";

    /**
     * A refund as Violet lists it.
     *
     * @param amountMinor null where Violet does not say
     * @param currency may be null
     * @param reason may be null
     * @param shippingMinor null where Violet does not say
     * @param ours whether this journal paid it
     */
    public record BagRefund(
            String partnerRefundId,
            Long amountMinor,
            String currency,
            String status,
            String reason,
            List<RefundedSku> skus,
            Long shippingMinor,
            boolean ours) {}

    /**
     * Units that Violet says it refunded.
     *
     * @param quantity null where Violet does not say
     */
    public record RefundedSku(long orderSkuId, Integer quantity) {}

    /**
     * One try to have the partner do it.
     *
     * @param bodySha256 of the body we sent, in hex
     * @param httpStatus null where no answer came
     * @param said the partner's own word or error code, never its body; may be null
     */
    public record Evidence(Instant at, String bodySha256, Integer httpStatus, String said) {}
}
