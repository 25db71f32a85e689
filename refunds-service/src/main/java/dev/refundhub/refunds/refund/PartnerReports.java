package dev.refundhub.refunds.refund;

import dev.refundhub.messages.PartnerReport;
import dev.refundhub.messages.ShippedSuiteConfirmation;
import dev.refundhub.refunds.Refused;
import dev.refundhub.refunds.Text;
import dev.refundhub.refunds.inbox.DeadLetters;
import dev.refundhub.refunds.inbox.Inbox;
import dev.refundhub.refunds.inbox.Messages;
import dev.refundhub.refunds.inbox.Received;
import dev.refundhub.refunds.order.OrderKey;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.eclipse.microprofile.reactive.messaging.Incoming;

/** What became of our instructions. */
@ApplicationScoped
class PartnerReports {

    private final Inbox inbox;
    private final Messages messages;
    private final DeadLetters deadLetters;
    private final Refunds refunds;
    private final Sellers sellers;

    PartnerReports(Inbox inbox, Messages messages, DeadLetters deadLetters, Refunds refunds, Sellers sellers) {
        this.inbox = inbox;
        this.messages = messages;
        this.deadLetters = deadLetters;
        this.refunds = refunds;
        this.sellers = sellers;
    }

    @Incoming(PartnerReport.TOPIC)
    Uni<Void> take(ConsumerRecords<String, byte[]> records) {
        return inbox.take(records, this::read, this::take);
    }

    private PartnerReport read(String type, byte[] value) {
        PartnerReport report = messages.read(type, PartnerReport.TYPE, value, PartnerReport.class);
        if (!Text.isId(report.instructionId()) || !Text.isSeller(report.seller()) || !Text.isId(report.orderId())) {
            throw new Refused("INCOMPLETE");
        }
        return report;
    }

    private Uni<Void> take(List<Received<PartnerReport>> received) {
        List<OrderKey> orders =
                received.stream().map(r -> orderKey(r.message())).distinct().toList();
        List<Long> ids =
                received.stream().map(r -> r.message().refundId()).distinct().toList();
        return refunds.change(
                orders, books -> refunds.byIds(books.session(), ids).chain(found -> {
                    Map<Long, Refund> byId = found.stream().collect(Collectors.toMap(Refund::id, Function.identity()));
                    Uni<Void> done = Uni.createFrom().voidItem();
                    for (Received<PartnerReport> each : received) {
                        if (!hear(books, byId.get(each.message().refundId()), each.message())) {
                            done = done.chain(() -> deadLetters.putAside(books.session(), each, "UNKNOWN_PAYOUT"));
                        }
                    }
                    return done;
                }));
    }

    /** Whether it was about something we know. */
    private boolean hear(Books books, Refund refund, PartnerReport report) {
        if (refund == null || !refund.order().key().equals(orderKey(report))) {
            return false;
        }
        By by = new By("partner-connectors", why(report), books.now());
        if (refund.payout(report.instructionId()).isPresent()) {
            books.keep(refund, refund.hear(report, sellers.accounts(report.seller()), by));
            return true;
        }
        if (ShippedSuiteConfirmation.KIND.equals(report.kind())
                && refund.confirmationReference().equals(report.instructionId())) {
            books.keep(refund, refund.hearOfConfirmation(report, by));
            return true;
        }
        return false;
    }

    /** The connectors' word for it, and the refunds in the bag that nobody here knew of. */
    private static String why(PartnerReport report) {
        if (report.found() == null || report.found().isEmpty()) {
            return report.detail();
        }
        return report.detail() + " "
                + report.found().stream()
                        .map(PartnerReport.BagRefund::partnerRefundId)
                        .toList();
    }

    private static OrderKey orderKey(PartnerReport report) {
        return new OrderKey(report.seller(), report.orderId());
    }
}
