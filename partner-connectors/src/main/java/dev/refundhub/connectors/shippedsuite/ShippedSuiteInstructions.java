package dev.refundhub.connectors.shippedsuite;

import dev.refundhub.connectors.instruction.Inbox;
import dev.refundhub.connectors.instruction.Vocabulary;
import dev.refundhub.messages.ShippedSuiteConfirmation;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Currency;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.eclipse.microprofile.reactive.messaging.Incoming;

/** Confirmations as refunds-service orders them. */
@ApplicationScoped
class ShippedSuiteInstructions {

    static final Vocabulary<ShippedSuiteConfirmation> VOCABULARY = new Vocabulary<>(
            ShippedSuiteConfirmation.TOPIC,
            ShippedSuiteConfirmation.TYPE,
            ShippedSuiteConfirmation.KIND,
            ShippedSuiteConfirmation.class,
            ShippedSuiteInstructions::objection,
            confirmation -> null);

    @Inject
    Inbox inbox;

    @Incoming(ShippedSuiteConfirmation.TOPIC)
    Uni<Void> hear(ConsumerRecords<String, byte[]> records) {
        return inbox.receive(records, VOCABULARY);
    }

    private static String objection(ShippedSuiteConfirmation confirmation) {
        boolean understood = confirmation.requestId() > 0
                && !confirmation.externalId().isBlank()
                && confirmation.amountMinor() >= 0
                && confirmation.displayAmountMinor() >= 0
                && Currency.getAvailableCurrencies().stream()
                        .anyMatch(known -> known.getCurrencyCode().equals(confirmation.currency())
                                && known.getDefaultFractionDigits() >= 0);
        return understood ? null : "NOT_UNDERSTOOD";
    }
}
