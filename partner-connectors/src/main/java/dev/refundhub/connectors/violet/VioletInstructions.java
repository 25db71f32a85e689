package dev.refundhub.connectors.violet;

import dev.refundhub.connectors.instruction.Inbox;
import dev.refundhub.connectors.instruction.Vocabulary;
import dev.refundhub.messages.VioletPayment;
import dev.refundhub.messages.VioletPayment.Sku;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.eclipse.microprofile.reactive.messaging.Incoming;

/** Payments as refunds-service orders them. */
@ApplicationScoped
class VioletInstructions {

    /** Violet's amounts are int32. */
    static final long MOST_MINOR = Integer.MAX_VALUE;

    static final Vocabulary<VioletPayment> VOCABULARY = new Vocabulary<>(
            VioletPayment.TOPIC,
            VioletPayment.TYPE,
            VioletPayment.KIND,
            VioletPayment.class,
            VioletInstructions::objection,
            VioletPayment::bagId);

    @Inject
    Inbox inbox;

    @Incoming(VioletPayment.TOPIC)
    Uni<Void> hear(ConsumerRecords<String, byte[]> records) {
        return inbox.receive(records, VOCABULARY);
    }

    /** Why this cannot be carried out; null where it can. */
    private static String objection(VioletPayment payment) {
        if (payment.amountMinor() > MOST_MINOR) {
            return "TOO_LARGE";
        }
        boolean understood = VioletReference.isOne(payment.instructionId())
                && payment.violetOrderId() > 0
                && payment.bagId() > 0
                && payment.currency().matches("[A-Z]{3}")
                && payment.amountMinor() > 0
                && payment.shippingMinor() >= 0
                && payment.shippingMinor() <= payment.amountMinor()
                && (payment.skus().isEmpty() || addsUp(payment));
        return understood ? null : "NOT_UNDERSTOOD";
    }

    private static boolean addsUp(VioletPayment payment) {
        List<Sku> skus = payment.skus();
        return skus.stream().allMatch(VioletInstructions::isSound)
                && skus.stream().mapToLong(Sku::orderSkuId).distinct().count() == skus.size()
                && skus.stream().mapToLong(Sku::amountMinor).reduce(payment.shippingMinor(), Long::sum)
                        == payment.amountMinor();
    }

    private static boolean isSound(Sku sku) {
        return sku.orderSkuId() > 0 && sku.quantity() > 0 && sku.amountMinor() >= 0 && sku.amountMinor() <= MOST_MINOR;
    }
}
