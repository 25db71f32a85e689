package dev.refundhub.connectors.partner;

import dev.refundhub.messages.PartnerReport.BagRefund;
import java.util.List;
import java.util.Optional;

/** What a partner already has on the subject of an instruction. */
public sealed interface Reading {

    /** It could not be read, or the partner will not hear of it: then nothing is sent. */
    record Failed(Answer why) implements Reading {}

    /**
     * It was read.
     *
     * @param ours what became of this very instruction, where its reference is there
     * @param others money that moved, or may have, for other reasons; what was declined is not among them
     */
    record Found(Optional<Answer> ours, List<Other> others) implements Reading {}

    /**
     * Another refund.
     *
     * @param reference the instruction it carries; null where it carries none
     */
    record Other(String reference, BagRefund refund) {

        /** The same, said whose it is. */
        public BagRefund refund(boolean ours) {
            return new BagRefund(
                    refund.partnerRefundId(),
                    refund.amountMinor(),
                    refund.currency(),
                    refund.status(),
                    refund.reason(),
                    refund.skus(),
                    refund.shippingMinor(),
                    ours);
        }
    }

    /** There is nothing. */
    static Reading nothing() {
        return new Found(Optional.empty(), List.of());
    }
}
